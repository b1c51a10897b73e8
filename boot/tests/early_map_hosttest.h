/* SPDX-License-Identifier: MIT */
/*
 * What arch/<name>/tests/early_map_hosttest.c has for boot/tests/early_map_hosttest.c: two cases
 * about what each architecture maps in its own way.
 */
#pragma once

struct kunit;

/* Makes the maps; and makes all tables of the first level empty. */
void run_early_map(void);
void forget_early_maps(void);

/* Beside the image's own pages, swapper_pg_dir maps only what the architecture needs. */
void nothing_else_is_mapped(struct kunit *test);

/* The page of the program counter, and the UART's, at their physical addresses. */
void the_switch_stays_on_its_page(struct kunit *test);
