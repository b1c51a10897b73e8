/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab, between the file that reads them and those that do them.
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct seq_buf;

#define IOLAB_MAX_ARGS   4 /* words behind the command's name */
#define IOLAB_ANSWER_MAX 2048

/* Held while a command runs: it guards the list of what the bench has mapped, and the sessions. */
extern struct mutex iolab_mutex;

/* What an open file holds, under iolab_mutex. */
struct iolab_session {
	bool scoped;  /* what it maps from now on is undone when the file is closed */
	bool verbose; /* the command that runs was given -v */
	size_t size;  /* of the answer */
	char answer[IOLAB_ANSWER_MAX];
};

/* Undoes what a scoped session has mapped. Process context, with iolab_mutex held. */
void iolab_undo(const struct iolab_session *session);

/*
 * cmd_ioremap() and its kin, one for each row of iolab.def: those that map and access in
 * commands.c, those that only look in show.c, those that take their time in stress.c, storm.c and
 * bench.c. Each writes its answer, or a refusal, as one line without newline; nothing when there is
 * nothing to say. Process context, one at a time.
 */
#define IOLAB(name, ...)                                                                \
	void cmd_##name(struct iolab_session *session, unsigned int argc, char *argv[], \
			struct seq_buf *answer);
#include <kernel/uapi/iolab.def>
IOLAB(scope) /* not in iolab.def: the file of a program of that name would be closed at once */
#undef IOLAB

/* --- words (parse.c); false with the refusal written --- */

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
