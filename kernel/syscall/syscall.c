/* SPDX-License-Identifier: MIT */
/*
 * From a number to a function.
 *
 * Linux counterpart: arch/arm64/kernel/{sys,syscall}.c
 */

#include <asm/unistd.h>
#include <kernel/base/irqflags.h>
#include <kernel/lib/errno.h>
#include <kernel/syscall/syscall.h>

typedef long (*syscall_fn_t)(struct pt_regs *regs);

static const syscall_fn_t sys_call_table[__NR_syscalls] = {
#define SYSCALL(name) [__NR_##name] = sys_##name,
#include <kernel/syscall/syscalls.def>
#undef SYSCALL
};

void do_syscall(struct pt_regs *regs)
{
	unsigned long number = syscall_nr(regs);
	syscall_fn_t call = number < __NR_syscalls ? sys_call_table[number] : NULL;

	local_irq_enable();
	syscall_set_return(regs, call ? call(regs) : -ENOSYS);
	local_irq_disable();
}
