/* SPDX-License-Identifier: MIT */
/* Exception vectors; implemented in arch/<name>/trap.c. */
#pragma once

/*
 * Exceptions come to the real handlers from here on. From boot, once a CPU, after
 * early_fixmap_init().
 */
void trap_init(void);
