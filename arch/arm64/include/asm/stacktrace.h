/* SPDX-License-Identifier: MIT */
/*
 * A frame record is two words, the caller's x29 and the return address; x29 points at the newest.
 * Source: AAPCS64 (IHI 0055), "The frame pointer".
 */
#pragma once

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

	if (!frame->fp || frame->fp & 15 || __peek_nofault_64(&fp, (void *)frame->fp) ||
	    __peek_nofault_64(&pc, (void *)(frame->fp + 8)))
		return false;
	frame->fp = fp;
	frame->pc = pc;
	return pc != 0;
}
