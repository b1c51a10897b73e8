/* SPDX-License-Identifier: MIT */
/*
 * A frame record is found through r11, but the two compilers lay it out differently: GCC with
 * -mapcs-frame stores fp, sp, lr, pc and points r11 at the pc; Clang stores fp, lr and points r11
 * at the fp. Both are at most 16 bytes. Exception entry lays one out by itself (entry.S).
 */
#pragma once

#ifdef CONFIG_APCS_FRAME
#define FRAME_FP (-12)
#define FRAME_LR (-4)
#else
#define FRAME_FP 0
#define FRAME_LR 4
#endif

#ifndef __ASSEMBLER__

#include <asm/uaccess.h>
#include <kernel/lib/types.h>

struct stackframe {
	unsigned long fp;
	unsigned long pc;
};

/* Steps to the caller's frame. Returns false at the end of the chain, or when it is broken. */
static inline bool unwind_frame(struct stackframe *frame)
{
	u64 fp, pc;

	if (!frame->fp || frame->fp & 3 || __peek_nofault_32(&fp, (void *)(frame->fp + FRAME_FP)) ||
	    __peek_nofault_32(&pc, (void *)(frame->fp + FRAME_LR)))
		return false;
	frame->fp = fp;
	frame->pc = pc;
	return pc != 0;
}

#endif /* !__ASSEMBLER__ */
