/* SPDX-License-Identifier: MIT */
/*
 * Random numbers for programs: stack guards, names of temporary files, hash seeds. They differ from
 * boot to boot when the device tree holds a seed. They protect no secret: this kernel keeps none.
 *
 * Linux counterpart: include/linux/random.h, drivers/char/random.c (a cipher there)
 */
#pragma once

#include <kernel/lib/types.h>

/* Mixes seed, size bytes from the device tree or another source, into the state. Any context. */
void add_device_randomness(const void *seed, size_t size);

/* Fills buf. Any context. */
void get_random_bytes(void *buf, size_t size);
