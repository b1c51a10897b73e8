/* SPDX-License-Identifier: MIT */
/*
 * Declares the function that names the owner of an address, for fault reports, shell and debugger.
 */
#pragma once

struct seq_buf;

/*
 * Appends what the virtual address belongs to, in words: an area and its guard, lowmem, a fixmap
 * slot. Any context; a fault report never waits for the lock of the areas.
 */
void describe_address(struct seq_buf *s, unsigned long addr);
