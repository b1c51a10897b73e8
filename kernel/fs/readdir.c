/* SPDX-License-Identifier: MIT */
/*
 * Listing directories. A position is the index of an entry: 0 is ".", 1 is "..", then the children
 * in the order of their making. An entry removed between two calls may make a lister miss another.
 *
 * Linux counterpart: fs/readdir.c, fs/libfs.c (dcache_readdir)
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/string.h>

#define DT_SHIFT 12 /* DT_DIR and its kin are the type bits of i_mode */

bool dir_emit(struct dir_context *ctx, const char *name, u64 ino, umode_t mode)
{
	if (!ctx->actor(ctx, name, strlen(name), ctx->pos + 1, ino, (mode & S_IFMT) >> DT_SHIFT))
		return false;
	ctx->pos++;
	return true;
}

static bool dir_emit_dots(struct inode *dir, struct dir_context *ctx)
{
	struct inode *parent = dir->i_parent ? dir->i_parent : dir;

	if (ctx->pos == 0 && !dir_emit(ctx, ".", dir->i_ino, S_IFDIR))
		return false;
	return ctx->pos != 1 || dir_emit(ctx, "..", parent->i_ino, S_IFDIR);
}

bool dir_emit_tree(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file->f_inode, *child;
	bool done = true;
	loff_t index = 2;

	mutex_lock(&tree_mutex);
	done = dir_emit_dots(dir, ctx);
	list_for_each_entry(child, &dir->i_children, i_sibling)
		if (done && index++ == ctx->pos)
			done = dir_emit(ctx, child->i_name, inode_file(child)->i_ino,
					child->i_mode);
	mutex_unlock(&tree_mutex);
	return done;
}

int simple_readdir(struct file *file, struct dir_context *ctx)
{
	dir_emit_tree(file, ctx);
	return 0;
}

const struct file_operations simple_dir_operations = {
	.llseek = generic_file_llseek,
	.iterate_shared = simple_readdir,
};
