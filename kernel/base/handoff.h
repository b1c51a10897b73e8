/* SPDX-License-Identifier: MIT */
/*
 * What the boot loader left us with, noted by the first instructions before anything is changed.
 * head.S fills it by offset; the compiler checks that both agree.
 */
#pragma once

#define HANDOFF_REGS      0
#define HANDOFF_MODE      32
#define HANDOFF_CONTROL   40
#define HANDOFF_LOADED_AT 48
#define HANDOFF_SIZE      56

#ifndef __ASSEMBLER__
#include <kernel/lib/types.h>

struct handoff {
	u64 regs[4];   /* x0 to x3, or r0 to r3, as they were at entry */
	u64 mode;      /* CurrentEL, or the mode bits of CPSR */
	u64 control;   /* the SCTLR of that level */
	u64 loaded_at; /* physical address of the image's first byte at entry */
};

_Static_assert(offsetof(struct handoff, mode) == HANDOFF_MODE, "HANDOFF_MODE");
_Static_assert(offsetof(struct handoff, control) == HANDOFF_CONTROL, "HANDOFF_CONTROL");
_Static_assert(offsetof(struct handoff, loaded_at) == HANDOFF_LOADED_AT, "HANDOFF_LOADED_AT");
_Static_assert(sizeof(struct handoff) == HANDOFF_SIZE, "HANDOFF_SIZE");

extern struct handoff handoff;
#endif
