/* SPDX-License-Identifier: MIT */
/*
 * Whose address is this? One function answers, for fault reports, for the shell and for the
 * debugger.
 */
#pragma once

struct seq_buf;

/*
 * Appends what the virtual address belongs to, in words: an area and its guard, lowmem, a fixmap
 * slot. Any context; a fault report never waits for the lock of the areas.
 */
void describe_address(struct seq_buf *s, unsigned long addr);
