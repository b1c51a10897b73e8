/* SPDX-License-Identifier: MIT */
/*
 * From a number to a function.
 *
 * Linux counterpart: arch/arm64/kernel/{sys,syscall}.c
 */

#include <asm/unistd.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>

typedef long (*syscall_fn_t)(struct pt_regs *regs);

static const syscall_fn_t sys_call_table[__NR_syscalls] = {
#define SYSCALL(name)              [__NR_##name] = sys_##name,
#define SYSCALL_AS(name, function) [__NR_##name] = sys_##function,
#include <kernel/syscall/syscalls.def>
#undef SYSCALL
#undef SYSCALL_AS
};

static const char *const missing_calls[__NR_syscalls] = {
#define MISSING(name) [__NR_##name] = " (" #name ")",
#include <kernel/syscall/missing.def>
#undef MISSING
};

/*
 * A program made for Linux may need a call that is missing here, and end without a message, or with
 * one that does not explain it. One line a program names the first such call.
 */
static long unknown_syscall(unsigned long number)
{
	const char *name = number < __NR_syscalls ? missing_calls[number] : NULL;

	if (!current->unknown_call_told)
		pr_info("%s[%d]: system call %lu%s is not known here\n", current->comm,
			current->pid, number, name ? name : "");
	current->unknown_call_told = true;
	return -ENOSYS;
}

/* Whether a result is for do_signal() (kernel/sched/deliver.c) and never reaches the program. */
static bool is_internal(long result)
{
	return result <= -ERESTARTSYS && result >= -EKEEPREGS;
}

void do_syscall(struct pt_regs *regs)
{
	unsigned long number = syscall_nr(regs);
	syscall_fn_t call = number < __NR_syscalls ? sys_call_table[number] : NULL;
	long result;

	local_irq_enable();
	result = call ? call(regs) : unknown_syscall(number);
	if (is_internal(result))
		current->restart_code = -result; /* the way out decides: deliver.c */
	else
		syscall_set_return(regs, result);
	local_irq_disable();
}
