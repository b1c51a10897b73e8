/* SPDX-License-Identifier: MIT */
/*
 * Backtraces. asm/stacktrace.h knows how to step from a function to its caller: arm64 by records
 * on the stack that x29 points to, arm by tables that the compiler writes.
 *
 * Linux counterpart: arch/arm64/kernel/stacktrace.c, arch/arm/kernel/unwind.c
 */
#include <asm/stacktrace.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/base/stacktrace.h>
#include <kernel/base/symbols.h>

#define MAX_FRAMES 32

/*
 * Prints what is executed, and not what comes behind it: behind a call that does not return, the
 * next function may begin.
 */
static void print_frame(const struct stackframe *frame)
{
	pr_warn(" %pS\n", (void *)(frame->pc - BEHIND));
}

static void print_callers(struct stackframe *frame)
{
	int depth;

	for (depth = 0; depth < MAX_FRAMES && unwind_frame(frame); depth++) {
		if (!symbol_address_is_code(frame->pc))
			break;
		print_frame(frame);
	}
}

void dump_backtrace(const struct pt_regs *regs)
{
	struct stackframe frame;

	frame_of_regs(&frame, regs);
	pr_warn("Call trace:\n");
	print_frame(&frame);
	print_callers(&frame);
}

void dump_stack(void)
{
	struct stackframe frame;

	frame_of_this(&frame);
	pr_warn("Call trace:\n");
	print_callers(&frame);
}
