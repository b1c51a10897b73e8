/* SPDX-License-Identifier: MIT */
/*
 * From tokens to a tree. The grammar:
 *
 *	list     = [and_or] { (";" | "&" | newline) [and_or] }
 *	and_or   = pipeline { ("&&" | "||") pipeline }
 *	pipeline = command { "|" command }
 *	command  = (word | redirect) { word | redirect }
 *	redirect = [digit] ("<" | ">" | ">>" | ">&") word
 *
 * All nodes live in the memory of the command line (memory.h).
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct redirect {
	struct redirect *next;
	int fd;       /* what is redirected */
	int flags;    /* for open(), or DUPLICATE */
	char *target; /* a path, or for DUPLICATE a descriptor's number; not yet expanded */
};

#define DUPLICATE (-1)

struct command {
	struct command *next; /* reads what this one writes */
	char **words;         /* not yet expanded; ends in NULL */
	struct redirect *redirects;
	pid_t pid; /* while it runs */
};

enum condition {
	ALWAYS,
	IF_SUCCEEDED, /* && */
	IF_FAILED,    /* || */
};

struct pipeline {
	struct pipeline *next;
	enum condition condition; /* on what ran before it in the same and_or */
	struct command *first;
};

struct and_or {
	struct and_or *next;
	struct pipeline *first;
	bool background;
};

/* Returns 0 and the list, NULL when there is nothing to do; -1 after printing a syntax error. */
int parse(const char *text, struct and_or **list);
