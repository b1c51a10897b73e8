/* SPDX-License-Identifier: MIT */
/*
 * The basic types. A physical address is 64 bits wide on both architectures: 32-bit arm reaches
 * 40 bits of it through supersections, and one width means one format in every listing.
 *
 * Linux counterpart: include/linux/types.h (there phys_addr_t follows the configuration).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;

typedef unsigned long uintptr_t;
typedef long ssize_t;
typedef long long loff_t;
typedef int pid_t;
typedef unsigned short umode_t;
typedef unsigned int gfp_t;

typedef u64 phys_addr_t;
typedef phys_addr_t resource_size_t;
typedef phys_addr_t dma_addr_t;
