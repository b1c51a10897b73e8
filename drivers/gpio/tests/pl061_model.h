/* SPDX-License-Identifier: MIT */
/*
 * Host: what a PL061 does, and what happens at its pins. Written from the manual (ARM DDI 0190B),
 * not from the driver.
 */
#pragma once

#include <kernel/lib/types.h>

/*
 * The chip after reset. Its registers are what readb() and writeb() of [base, base + 0x1000) reach.
 * keeps_values: a value that is written to a pin which is not an output yet appears when it is one.
 * Arm's chip does that, QEMU's does not.
 */
void pl061_reset(unsigned long base, bool keeps_values);

/* Sets the registers IE and IBE, as a boot loader may leave them. */
void pl061_left_by_loader(u8 ie, u8 ibe);

/* From outside: drives an input; the level of a pin, whichever side drives it. */
void pl061_drive(unsigned int pin, bool level);
bool pl061_level(unsigned int pin);

/* The level that a pin had in the moment when it last became an output. */
bool pl061_first_level(unsigned int pin);

/* Whether the chip's interrupt is raised, and how often it was since the reset. */
bool pl061_raised(void);
extern unsigned int pl061_raises;

/* The registers at these offsets, from 0x400 on, as they are: looking changes nothing. */
u8 pl061_register(unsigned int offset);

/* Accesses that the manual does not know: offsets without a register, writes to read-only ones. */
extern unsigned int pl061_mistakes;
