/* SPDX-License-Identifier: MIT */
/*
 * The resource tree as text: /proc/iomem and /proc/ioports.
 *
 * Linux counterpart: kernel/resource.c, r_show() (there four digits are enough for small ports).
 */
#include <mm/resource.h>

#include <kernel/base/seq_buf.h>

static void show_one(const struct resource *res, int depth, void *data)
{
	seq_buf_printf(data, "%*s%08llx-%08llx : %s\n", 2 * depth, "", res->start, res->end,
		       res->name ? res->name : "<BAD>");
}

void resource_show(struct seq_buf *seq, const struct resource *root)
{
	resource_for_each(root, show_one, seq);
}
