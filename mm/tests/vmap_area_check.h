/* SPDX-License-Identifier: MIT */
/*
 * Looking at all vmap areas at once, for tests: does everything hold that must hold between two
 * calls? And did anything change?
 */
#pragma once

#include <kernel/base/kunit.h>
#include <mm/check.h>
#include <mm/vmalloc.h>

static inline void expect_sound(struct kunit *test)
{
	struct mm_check check = { NULL };

	check_areas(&check);
	if (check.error)
		KUNIT_FAIL(test, "%s: 0x%lx", check.error, check.addr);
}

/* A number that changes when any area does; 0 without areas. Records without size are not areas. */
static inline unsigned long fingerprint(void)
{
	const struct vmap_area *va;
	unsigned long sum = 0;

	spin_lock(&vmap_area_lock);
	list_for_each_entry(va, &vmap_area_list, list)
		if (va->va_end > va->va_start)
			sum = sum * 31 + va->va_start + va->va_end * 7;
	spin_unlock(&vmap_area_lock);
	return sum;
}
