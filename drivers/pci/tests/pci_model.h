/* SPDX-License-Identifier: MIT */
/*
 * Host: a machine of PCI devices as their registers are wired, and what a processor reaches through
 * them. It knows nothing of the kernel's structures: it holds 256 bytes for each function, with a
 * mask of the bits that can be set, and answers to configuration accesses by bus number.
 */
#pragma once

#include <kernel/lib/types.h>

#define MODEL_DEVICES 40

/* A window of the host bridge, as the CPU sees it; on PCI it is at start - offset. */
struct model_window {
	u64 start, size, offset;
};

/* A BAR as it was built, and as it answers now. */
struct model_bar {
	unsigned int index;
	bool io, wide, prefetch;
	u64 size, address; /* on PCI, as the register has it */
};

struct model_device {
	int parent; /* the bridge that it is behind; -1: the host bridge */
	unsigned int devfn;
	bool bridge, has_io, has_wide; /* windows that a bridge has */
	u8 config[256], mask[256];
	unsigned int nr_bars;
	struct model_bar bars[6];
};

extern struct model_device model_devices[MODEL_DEVICES];
extern unsigned int model_nr_devices;

/* Nothing but the host bridge. */
void model_reset(void);

/*
 * Adds a function in the first free slot of the bus behind parent. NULL when the machine is full.
 */
struct model_device *model_add(int parent, bool bridge);

/* Gives it a BAR; size is a power of two. False when no register is left. */
bool model_add_bar(struct model_device *dev, u64 size, bool io, bool wide, bool prefetch);

/*
 * Machine number `number` of all that have at most so many functions, and BARs of less than 16 <<
 * largest bytes.
 */
void model_random(unsigned int number, unsigned int devices, unsigned int largest);

/* How many BARs of ports are behind a bridge that passes none on. */
unsigned int model_ports_out_of_reach(void);

/* The function of that number on the bus of that number, as bridges have been told; or NULL. */
struct model_device *model_find(u8 bus, unsigned int devfn);

/* Reads back where each BAR is. */
void model_decode(struct model_device *dev);

/* The window of a bridge as its registers have it, by kind (PCI_WINDOW_); false: it is closed. */
bool model_window(const struct model_device *dev, unsigned int kind, u64 *first, u64 *last);
