/* SPDX-License-Identifier: MIT */
/*
 * Busy waiting. Any context, also with interrupts off; works from the first line of C on, for it
 * reads the counter itself. At least as long as asked.
 *
 * Linux counterpart: include/linux/delay.h
 */
#pragma once

void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);
