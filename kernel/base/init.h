/* SPDX-License-Identifier: MIT */
/*
 * Code and data that only boot needs. They lie together in the image, and free_initmem() gives
 * their pages back right before the first process starts: nothing may point there afterwards.
 *
 * Linux counterpart: include/linux/init.h
 */
#pragma once

#include <kernel/lib/compiler.h>

#ifdef CONFIG_HOST
#define __init
#define __initdata
#define __initconst
#else
#define __init      __section(".init.text")
#define __initdata  __section(".init.data")
#define __initconst __section(".init.rodata")
#endif
