/* SPDX-License-Identifier: MIT */
/*
 * The private calls of 32-bit arm, whose numbers start at 0x0f0000: what a program cannot do itself
 * because the instructions for it are the kernel's.
 *
 * Linux counterpart: arm_syscall() of arch/arm/kernel/traps.c
 */
#include <asm/processor.h>
#include <asm/sysreg.h>
#include <asm/unistd.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>

/* The thread pointer, which user mode may only read. */
static long set_tls(struct pt_regs *regs)
{
	write_cp15(regs->regs[0], CP15_TPIDRURO);
	return 0;
}

/* From r0 to r1, for a program that has written instructions. */
static long cacheflush(struct pt_regs *regs)
{
	u32 start = regs->regs[0], end = regs->regs[1];

	if (end < start || end > TASK_SIZE)
		return -EINVAL;
	/* What was written is in the data cache only: a fetch would miss it. */
	flush_user_icache_range(current->mm, start, end - start);
	return 0;
}

void private_call(struct pt_regs *regs)
{
	long result = -ENOSYS;

	if (syscall_nr(regs) == __ARM_NR_set_tls)
		result = set_tls(regs);
	else if (syscall_nr(regs) == __ARM_NR_cacheflush)
		result = cacheflush(regs);
	syscall_set_return(regs, result);
}
