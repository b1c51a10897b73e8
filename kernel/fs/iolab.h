/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab as a table, between the file that reads them and the one that does
 * them.
 */
#pragma once

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

/* Ends with an empty row. */
extern const struct iolab_command iolab_commands[];
