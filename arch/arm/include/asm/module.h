/* SPDX-License-Identifier: MIT */
/* How far a module may lie from the kernel. Linux counterpart: arch/arm/include/asm/module.h */
#pragma once

#include <asm/memlayout.h>

/* A branch reaches this far, forwards and backwards. */
#define BRANCH_RANGE SZ_32M

/* What a branch counts from, in bytes behind its own address: two instructions. */
#define BRANCH_BIAS 8

/* Bytes of a jump to any address: an instruction, and the address. */
#define VENEER_SIZE 8

/* Where modules go when module space is full. Branches do not reach from there to the kernel. */
#define MODULES_FAR_START VMALLOC_START
#define MODULES_FAR_END   VMALLOC_END

#define SHT_UNWIND 0x70000001 /* SHT_ARM_EXIDX: unwind.c's index */
