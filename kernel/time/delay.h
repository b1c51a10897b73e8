/* SPDX-License-Identifier: MIT */
/*
 * Busy waiting, at least as long as asked. Any context, also with interrupts off. It works from the
 * first line of C on, because it reads the counter itself.
 *
 * Linux counterpart: include/linux/delay.h
 */
#pragma once

void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);
