/* SPDX-License-Identifier: MIT */
/* How far a module may lie from the kernel. Linux counterpart: arch/arm64/include/asm/module.h */
#pragma once

#include <asm/memlayout.h>

/* A branch reaches this far, forwards and backwards. */
#define BRANCH_RANGE SZ_128M

/* What a branch counts from, in bytes behind its own address. */
#define BRANCH_BIAS 0

/* Bytes of a jump to any address: two instructions, and the address. */
#define VENEER_SIZE 16

/* Where modules go when module space is full: 32-bit distances still reach, branches do not. */
#define MODULES_FAR_START VMALLOC_START
#define MODULES_FAR_END   (MODULES_VADDR + SZ_2G)

#define SHT_UNWIND ~0U /* no section is one */
