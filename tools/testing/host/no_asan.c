/* SPDX-License-Identifier: MIT */
/*
 * For programs built without AddressSanitizer: what stubs.c tells it about memory and about jumps
 * has no effect.
 */
#include <kernel/lib/types.h>

void __asan_handle_no_return(void);
void __asan_poison_memory_region(const volatile void *start, size_t size);
void __asan_unpoison_memory_region(const volatile void *start, size_t size);

void __asan_handle_no_return(void)
{
}

void __asan_poison_memory_region(const volatile void *start, size_t size)
{
}

void __asan_unpoison_memory_region(const volatile void *start, size_t size)
{
}
