/* SPDX-License-Identifier: MIT */
/*
 * Steps from a function to its caller by frame records: two words on the stack, the caller's x29
 * and the return address. x29 points at the newest record.
 *
 * Source: Procedure Call Standard for the Arm 64-bit Architecture (IHI 0055), "The Frame Pointer".
 * Linux counterpart: arch/arm64/kernel/stacktrace.c
 */
#include <asm/stacktrace.h>
#include <asm/uaccess.h>

bool unwind_frame(struct stackframe *frame)
{
	u64 fp, pc;

	if (!frame->fp || frame->fp & 15 || __peek_nofault_64(&fp, (void *)frame->fp) ||
	    __peek_nofault_64(&pc, (void *)(frame->fp + 8)))
		return false;
	frame->fp = fp;
	frame->pc = pc;
	return pc != 0;
}
