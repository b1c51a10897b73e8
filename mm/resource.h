/* SPDX-License-Identifier: MIT */
/*
 * Declares the resource tree, in which a driver claims a range of addresses.
 *
 * There is one tree for memory addresses and one for I/O ports. A node's range contains its
 * children's ranges; siblings ascend and do not overlap. A driver that owns a range marks it BUSY.
 * Ranges that only describe the machine (a bus window, a device) are not busy, and can be divided.
 *
 * One spinlock inside resource.c guards both trees. Both ends of a range are inclusive.
 *
 * Linux counterpart: include/linux/ioport.h
 */
#pragma once

#include <kernel/lib/types.h>

struct resource {
	resource_size_t start, end;
	const char *name;
	unsigned long flags;
	struct resource *parent, *sibling, *child;
};

#define IORESOURCE_TYPE_BITS  0x00001f00
#define IORESOURCE_IO         0x00000100
#define IORESOURCE_MEM        0x00000200
#define IORESOURCE_IRQ        0x00000400
#define IORESOURCE_PREFETCH   0x00002000
#define IORESOURCE_MEM_64     0x00100000
#define IORESOURCE_SYSRAM     0x01000000
#define IORESOURCE_BUSY       0x80000000
#define IORESOURCE_SYSTEM_RAM (IORESOURCE_MEM | IORESOURCE_SYSRAM)

/* The last port number. */
#define IO_SPACE_LIMIT 0xfffff

extern struct resource iomem_resource;
extern struct resource ioport_resource;

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

static inline unsigned long resource_type(const struct resource *res)
{
	return res->flags & IORESOURCE_TYPE_BITS;
}

/* Whether outer contains all of inner. */
static inline bool resource_contains(const struct resource *outer, const struct resource *inner)
{
	return outer->start <= inner->start && outer->end >= inner->end;
}

/*
 * Makes new a child of root. Returns 0, or -EBUSY when it overlaps a child, leaves the root's range
 * or ends before it starts; a warning then names the owner. new stays the caller's memory. Any
 * process context.
 */
int request_resource(struct resource *root, struct resource *new);

/* Removes old and its children from its tree. Returns 0, or -EINVAL when it is in none. */
int release_resource(struct resource *old);

/*
 * Claims [start, start + n) as BUSY, in the deepest resource that is not busy and contains the
 * whole range. Returns the new node, or NULL when any part has another owner (named in a warning),
 * n is 0, the range wraps or memory is short. name is kept, not copied. Process context.
 */
struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, unsigned long flags);

/* Releases exactly what __request_region() claimed; any other range warns and changes nothing. */
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);

/* Returns 0 if the range could be claimed now, else -EBUSY. */
int __check_region(struct resource *parent, resource_size_t start, resource_size_t n);

#define request_region(start, n, name)     __request_region(&ioport_resource, start, n, name, 0)
#define release_region(start, n)           __release_region(&ioport_resource, start, n)
#define check_region(start, n)             __check_region(&ioport_resource, start, n)
#define request_mem_region(start, n, name) __request_region(&iomem_resource, start, n, name, 0)
#define release_mem_region(start, n)       __release_region(&iomem_resource, start, n)
#define check_mem_region(start, n)         __check_region(&iomem_resource, start, n)

/*
 * Calls visit for every resource below root, parents before children, siblings ascending; depth is
 * 0 for the root's own children. The tree is locked meanwhile: visit must not sleep or change it.
 */
void resource_for_each(const struct resource *root,
		       void (*visit)(const struct resource *res, int depth, void *data),
		       void *data);

struct seq_buf;
struct seq_pos;

/*
 * Appends the next row of the tree below root, as /proc/iomem and /proc/ioports have it. Returns
 * false, with nothing appended, behind the last. In show.c.
 */
bool resource_show(struct seq_buf *seq, struct seq_pos *pos, const struct resource *root);
