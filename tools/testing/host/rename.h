/* SPDX-License-Identifier: MIT */
/*
 * Included before the first line of every kernel file that is compiled for the host. kernel/lib has
 * functions with the names of the C library's: they get a prefix here, so that the tests exercise
 * ours while the sanitizers keep theirs. The host's linker has four borders of its own image, with
 * names that our linker scripts have, too.
 */
#pragma once

#define memset    kernel_memset
#define memcpy    kernel_memcpy
#define memmove   kernel_memmove
#define memcmp    kernel_memcmp
#define memchr    kernel_memchr
#define strlen    kernel_strlen
#define strnlen   kernel_strnlen
#define strcmp    kernel_strcmp
#define strncmp   kernel_strncmp
#define strchr    kernel_strchr
#define strrchr   kernel_strrchr
#define strstr    kernel_strstr
#define strcspn   kernel_strcspn
#define snprintf  kernel_snprintf
#define vsnprintf kernel_vsnprintf

#define _etext      kernel_etext
#define _edata      kernel_edata
#define __bss_start kernel_bss_start
#define _end        kernel_end
