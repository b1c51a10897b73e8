/* SPDX-License-Identifier: MIT */
/*
 * A limit for those who take memory at a user's wish and keep it: files in RAM, the bench. Below
 * it they are refused, so that there is always enough to start the program that gives memory back.
 *
 * Linux counterpart: the zone watermarks and tmpfs's size limit, which serve the same end.
 */
#pragma once

#include <kernel/lib/types.h>

/* Can nr pages be taken, and the reserve stay untouched? A moment's answer. Any context. */
bool pages_to_spare(unsigned long nr);
