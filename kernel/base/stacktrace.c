/* SPDX-License-Identifier: MIT */
/*
 * Backtraces by frame pointer. asm/stacktrace.h knows where a frame record keeps what; it differs
 * between the architectures, and on arm between the compilers.
 *
 * Linux counterpart: arch/arm64/kernel/stacktrace.c, arch/arm/kernel/stacktrace.c
 */
#include <asm/stacktrace.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/base/stacktrace.h>
#include <kernel/base/symbols.h>

#define MAX_FRAMES 32

/*
 * A frame holds the address behind the call. The call itself is printed: behind a call that does
 * not return, the next function may begin.
 */
#define CALL_SIZE 4

void dump_backtrace(unsigned long pc, unsigned long fp)
{
	struct stackframe frame = { .fp = fp, .pc = pc };
	int depth;

	pr_warn("Call trace:\n");
	if (pc)
		pr_warn(" %pS\n", (void *)pc);
	for (depth = 0; depth < MAX_FRAMES && unwind_frame(&frame); depth++) {
		if (!symbol_address_is_code(frame.pc))
			break;
		pr_warn(" %pS\n", (void *)(frame.pc - CALL_SIZE));
	}
}

void dump_stack(void)
{
	dump_backtrace(0, (unsigned long)__builtin_frame_address(0));
}
