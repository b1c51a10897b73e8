/* SPDX-License-Identifier: MIT */
/* The size is rounded down to a power of two: a large leaf would not fit. */
unsigned long ioremap_align(unsigned long size)
{
	return 1UL << clamp(fls_long(size) - 1, PAGE_SHIFT, IOREMAP_MAX_ORDER);
}
