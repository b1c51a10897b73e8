/* SPDX-License-Identifier: MIT */
/*
 * The borders of the image, as the linker scripts draw them. All are page aligned:
 *
 *   _text .. _etext                        code, read-only
 *   __start_rodata .. __end_rodata         read-only data
 *   __init_begin .. __init_end             freed after boot: __inittext_begin .. __inittext_end is
 *                                          code, __initdata_begin .. __initdata_end is data
 *   _sdata .. _edata, __bss_start .. _end  data
 *
 * Linux counterpart: include/asm-generic/sections.h
 */
#pragma once

#include <kernel/lib/types.h>

extern char _text[], _etext[];
extern char __start_rodata[], __end_rodata[];
extern char __init_begin[], __init_end[];
extern char __inittext_begin[], __inittext_end[];
extern char __initdata_begin[], __initdata_end[];
extern char _sdata[], _edata[];
extern char __bss_start[], __bss_stop[], _end[];

/* Does addr lie in code of the image? Init code counts, for backtraces during boot. */
static inline bool is_kernel_text(unsigned long addr)
{
	return (addr >= (unsigned long)_text && addr < (unsigned long)_etext) ||
	       (addr >= (unsigned long)__inittext_begin && addr < (unsigned long)__inittext_end);
}
