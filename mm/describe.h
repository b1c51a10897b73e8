/* SPDX-License-Identifier: MIT */
/*
 * Declares the function that names the owner of an address, for fault reports, shell and debugger.
 */
#pragma once

#include <kernel/lib/types.h>

struct seq_buf;

/*
 * Appends what the virtual address belongs to, in words: an area and its guard, lowmem, a fixmap
 * slot, a mapping of the running program. Any context; a fault report never waits for the lock of
 * the areas.
 */
void describe_address(struct seq_buf *s, unsigned long addr);

/*
 * Registers the function that knows the running program's mappings. It appends that of addr in
 * words, or returns false. Boot, once.
 */
void describe_set_user_mapping(bool (*fn)(struct seq_buf *s, unsigned long addr));
