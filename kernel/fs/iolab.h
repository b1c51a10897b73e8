/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab as a table, between the file that reads them and the one that does
 * them.
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct seq_buf;

/* Words behind the command's name. */
#define IOLAB_MAX_ARGS 4

/*
 * run() writes its answer (none: it is done), or a refusal, as one line without newline. Process
 * context, one at a time.
 */
struct iolab_command {
	const char *name;
	const char *usage;
	unsigned int min_args, max_args;
	void (*run)(unsigned int argc, char *argv[], struct seq_buf *answer);
};

/* --- words (iolab_parse.c); false with the refusal written --- */

bool iolab_parse_number(const char *word, u64 max, u64 *value, struct seq_buf *answer);
bool iolab_parse_address(const char *word, unsigned long *addr, struct seq_buf *answer);

/* The access width in bits; 32 when word is NULL. */
bool iolab_parse_width(const char *word, unsigned int *width, struct seq_buf *answer);

/* What PHYS SIZE [TYPE] asks for. */
struct iolab_request {
	u64 phys;
	u64 size;
	unsigned int mtype;
	void __iomem *(*map)(phys_addr_t phys, size_t size);
};
bool iolab_parse_request(unsigned int argc, char *argv[], struct iolab_request *want,
			 struct seq_buf *answer);

/* --- commands that only look (iolab_show.c) --- */

void iolab_explain(unsigned int argc, char *argv[], struct seq_buf *answer);
void iolab_walk(unsigned int argc, char *argv[], struct seq_buf *answer);

/* --- the one that takes its time (iolab_stress.c) --- */

void iolab_vmstress(unsigned int argc, char *argv[], struct seq_buf *answer);

/* Ends with an empty row. */
extern const struct iolab_command iolab_commands[];
