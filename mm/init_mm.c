/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own address space: swapper_pg_dir, and no user areas. It stands here alone so that
 * those who only need to name it depend on nothing else.
 *
 * Linux counterpart: mm/init-mm.c
 */

#include <mm/address_space.h>

struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.lock = __SPIN_LOCK_UNLOCKED,
	.areas = LIST_HEAD_INIT(init_mm.areas),
};
