/* SPDX-License-Identifier: MIT */
/* Exception vectors. In arch/<name>/trap_init.c; the handlers are in trap.c beside it. */
#pragma once

/*
 * Exceptions come to the real handlers from here on; before, early_vectors.S only tells of them.
 * From boot, once a CPU, after early_fixmap_init().
 */
void trap_init(void);
