/* SPDX-License-Identifier: MIT */
/* Exception vectors. In arch/<name>/trap_init.c; the handlers are in trap.c beside it. */
#pragma once

/*
 * Sets the real vectors. Until then early_vectors.S only reports an exception.
 * From boot, once a CPU, after early_fixmap_init().
 */
void trap_init(void);
