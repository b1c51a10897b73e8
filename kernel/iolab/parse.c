/* SPDX-License-Identifier: MIT */
/*
 * The words of the commands of /proc/iolab: numbers, addresses, widths, memory types. What is not
 * understood becomes one line that says so.
 */

#include <kernel/base/seq_buf.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>

bool iolab_parse_number(const char *word, u64 max, u64 *value, struct seq_buf *answer)
{
	int error = kstrtou64(word, 0, value);

	if (!error && *value <= max)
		return true;
	seq_buf_printf(answer,
		       error == -EINVAL ? "failed: %s is not a number" : "failed: %s is too large",
		       word);
	return false;
}

bool iolab_parse_address(const char *word, unsigned long *addr, struct seq_buf *answer)
{
	u64 value;

	if (!iolab_parse_number(word, ~0UL, &value, answer))
		return false;
	*addr = value;
	return true;
}

/* The first is what no word means. */
static const struct {
	const char *name;
	unsigned int mtype;
	void __iomem *(*map)(phys_addr_t phys, size_t size);
} types[] = {
	{ "nocache", MT_IOREMAP, ioremap },
	{ "wc", MT_IOREMAP_WC, ioremap_wc },
	{ "wt", MT_IOREMAP_WT, ioremap_wt },
	{ "cache", MT_IOREMAP_CACHE, ioremap_cache },
};

static bool parse_type(const char *name, struct iolab_request *want, struct seq_buf *answer)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		if (name && strcmp(types[i].name, name))
			continue;
		want->mtype = types[i].mtype;
		want->map = types[i].map;
		return true;
	}
	seq_buf_printf(answer, "failed: unknown type %s: nocache, wc, wt or cache", name);
	return false;
}

bool iolab_parse_request(unsigned int argc, char *argv[], struct iolab_request *want,
			 struct seq_buf *answer)
{
	return iolab_parse_number(argv[0], ~0ULL, &want->phys, answer) &&
	       iolab_parse_number(argv[1], ~(size_t)0, &want->size, answer) &&
	       parse_type(argc > 2 ? argv[2] : NULL, want, answer);
}

bool iolab_parse_width(const char *word, unsigned int *width, struct seq_buf *answer)
{
	*width = 32;
	if (!word || (!kstrtouint(word, 0, width) && *width >= 8 && *width <= 64 &&
		      !(*width & (*width - 1))))
		return true;
	seq_buf_printf(answer, "failed: width %s is not 8, 16, 32 or 64", word);
	return false;
}
