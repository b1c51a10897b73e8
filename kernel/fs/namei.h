/* SPDX-License-Identifier: MIT */
/*
 * The walk along a path, for namei.c and for links.c, which changes what the walk arrives at.
 *
 * Linux counterpart: fs/internal.h, struct nameidata of fs/namei.c
 */
#pragma once

#include <kernel/fs/fs.h>

/* The state of a walk: the directory it has reached (a reference) and the next component. */
struct nameidata {
	struct inode *dir;
	const char *rest;
	char last[NAME_MAX + 1]; /* empty: the path is the directory itself */
	unsigned int links;      /* symbolic links so far */
	char *buffer;            /* what rest points into behind a link; NULL: the caller's path */
};

/*
 * Walks to the parent of path's last component, whose name is then in nd->last. Returns 0, and then
 * nd->dir is a directory and the caller's to give back by path_put(); or an errno. tree_mutex is
 * held.
 */
int path_parentat(const char *path, struct nameidata *nd);

void path_put(struct nameidata *nd);

/*
 * Looks up what path_parentat() has arrived at. A symbolic link is followed, and nd goes along,
 * unless flags has AT_SYMLINK_NOFOLLOW. Returns a reference or ERR_PTR; NULL when only nd->last is
 * missing, in nd->dir: it can be made there. tree_mutex is held.
 */
struct inode *lookup_last(struct nameidata *nd, int flags);

/* Whether a slash follows nd->last: then only a directory is meant. */
static inline bool wants_directory(const struct nameidata *nd)
{
	return *nd->rest == '/';
}
