/* SPDX-License-Identifier: MIT */
/*
 * Where the members of the kernel's records lie, for the grader, which reads them in the memory of
 * a machine from outside. It is compiled from the grader's headers and read as an object file.
 */
#include <kernel/lib/types.h>
#include <mm/memblock.h>
#include <mm/vmalloc.h>

#define MEMBER(record, member)                                            \
	{ #record "." #member, __builtin_offsetof(struct record, member), \
	  sizeof(((struct record *)0)->member) }
#define RECORD(record) { #record, 0, sizeof(struct record) }

/* The first row is the mark by which the table is found, and has the number of rows. */
const struct {
	char name[40];
	u32 offset;
	u32 size;
} layout_rows[] = {
	{ "rows of tools/lab/layout.c", 0, 20 },
	RECORD(vm_struct),
	MEMBER(vm_struct, addr),
	MEMBER(vm_struct, size),
	MEMBER(vm_struct, flags),
	MEMBER(vm_struct, phys_addr),
	MEMBER(vm_struct, area.va_start),
	MEMBER(vm_struct, area.va_end),
	MEMBER(vm_struct, area.list),
	MEMBER(vm_struct, area.rb_node),
	MEMBER(rb_node, rb_left),
	MEMBER(rb_node, rb_right),
	MEMBER(list_head, next),
	MEMBER(memblock, memory),
	MEMBER(memblock, reserved),
	MEMBER(memblock_type, cnt),
	MEMBER(memblock_type, regions),
	RECORD(memblock_region),
	MEMBER(memblock_region, base),
	MEMBER(memblock_region, size),
};
