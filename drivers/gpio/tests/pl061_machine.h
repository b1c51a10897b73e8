/* SPDX-License-Identifier: MIT */
/*
 * Host: a machine with one PL061 (pl061_model.h). Its node, its registers, the line of an interrupt
 * controller that it is wired to; and the driver, bound to it as the kernel binds it.
 */
#pragma once

#include <drivers/base/device.h>
#include <drivers/gpio/gpio.h>
#include <kernel/lib/types.h>

#define PL061_PHYS 0x09030000ULL
#define PL061_SIZE 0x1000ULL

/* What the machine lacks, for a probe that fails: at first nothing. */
extern struct machine_fault {
	bool no_registers; /* they cannot be mapped */
	bool no_interrupt; /* the node has none */
	bool line_taken;   /* another driver has it */
} machine_fault;

/* Registers the driver, and the device: it is probed. Returns machine_chip. */
struct gpio_chip *machine_bind(void);

/* Takes the device away: the driver goes. */
void machine_unbind(void);

/* The device, and the chip of the driver that is bound to it, or NULL. */
extern struct platform_device machine_device;
extern struct gpio_chip *machine_chip;

/* The number of the line, and how many handlers are asked when it fires. */
unsigned int machine_line(void);
unsigned int machine_line_handlers(void);

/* How often the line was called unhandled. */
unsigned int machine_unhandled(void);

/* Fires the line while the chip raises it; returns how often. 100: it never stops. */
unsigned int machine_deliver(void);

/* Fires the line once, raised or not. */
void machine_fire(void);

/* Where the registers are mapped, and how many mappings there are. */
extern char machine_registers[PL061_SIZE];
extern int machine_mappings;
