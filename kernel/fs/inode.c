/* SPDX-License-Identifier: MIT */
/*
 * Inodes: their life and their place in the tree of names.
 *
 * Invariants: every inode but the root holds a reference on its parent, so a path upward always
 * exists; the tree holds one reference on every inode that is linked; an inode's last reference
 * therefore goes only after it has been unlinked, and its end can free no parent in use. A hard
 * link holds a reference on its file, which so outlives its first name.
 *
 * Linux counterpart: fs/inode.c, fs/dcache.c
 */

#include <kernel/base/bug.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/time/timekeeping.h>
#include <mm/slab.h>

DEFINE_MUTEX(tree_mutex);
static DEFINE_SPINLOCK(inode_lock);
static unsigned long last_ino; /* under inode_lock */

struct inode *new_inode(const char *name, umode_t mode, const struct inode_operations *i_op,
			const struct file_operations *i_fop, void *private)
{
	size_t size = strlen(name) + 1;
	struct inode *inode = kzalloc(sizeof(*inode) + size, GFP_KERNEL);

	if (!inode)
		return NULL;
	inode->i_name = memcpy(inode->i_first_name, name, size);
	inode->i_mode = mode;
	inode->i_count = 1;
	inode->i_nlink = 1;
	inode->i_op = i_op;
	inode->i_fop = i_fop;
	inode->i_private = private;
	INIT_LIST_HEAD(&inode->i_children);
	inode->i_mtime = ktime_get_real();
	spin_lock(&inode_lock);
	inode->i_ino = ++last_ino;
	spin_unlock(&inode_lock);
	return inode;
}

struct inode *ihold(struct inode *inode)
{
	if (!inode)
		return NULL;
	spin_lock(&inode_lock);
	inode->i_count++;
	spin_unlock(&inode_lock);
	return inode;
}

static void free_name(struct inode *inode)
{
	if (inode->i_name != inode->i_first_name)
		kfree(inode->i_name);
}

/*
 * Freeing an inode drops its parent, which may free that one in turn: a loop instead of recursion.
 */
void iput(struct inode *inode)
{
	struct inode *parent;
	bool last;

	for (; inode; inode = parent) {
		spin_lock(&inode_lock);
		last = --inode->i_count == 0;
		spin_unlock(&inode_lock);
		if (!last)
			return;
		WARN_ON(inode->i_linked);
		parent = inode->i_parent;
		if (inode->i_op && inode->i_op->evict)
			inode->i_op->evict(inode);
		free_name(inode);
		iput(inode->i_hardlink); /* not a hard link itself: no recursion */
		kfree(inode);
	}
}

void d_set_parent(struct inode *inode, struct inode *dir)
{
	inode->i_parent = ihold(dir);
}

/* Returns the link that leads to the child of this name, or where it would hang below *parent. */
static struct rb_node **find_link(struct inode *dir, const char *name, struct rb_node **parent)
{
	struct rb_node **link = &dir->i_names.rb_node;
	int order;

	for (*parent = NULL; *link; link = order < 0 ? &(*link)->rb_left : &(*link)->rb_right) {
		order = strcmp(name, rb_entry(*link, struct inode, i_name_node)->i_name);
		if (!order)
			break;
		*parent = *link;
	}
	return link;
}

int d_add(struct inode *dir, struct inode *inode)
{
	struct rb_node *parent, **link = find_link(dir, inode->i_name, &parent);

	if (*link)
		return -EEXIST;
	d_set_parent(inode, dir);
	inode->i_linked = true;
	rb_link_node(&inode->i_name_node, parent, link);
	rb_insert_color(&inode->i_name_node, &dir->i_names);
	list_add_tail(&inode->i_sibling, &dir->i_children);
	dir->i_mtime = ktime_get_real();
	ihold(inode);
	return 0;
}

void d_delete(struct inode *inode)
{
	struct inode *parent = inode->i_parent;

	list_del_init(&inode->i_sibling);
	rb_erase(&inode->i_name_node, &parent->i_names);
	parent->i_mtime = ktime_get_real();
	inode_file(inode)->i_nlink--;
	inode->i_linked = false;
	inode->i_parent = NULL;
	iput(parent);
	iput(inode);
}

/* The name is copied first: nothing behind that can fail. */
int d_rename(struct inode *inode, struct inode *dir, const char *name, struct inode *target)
{
	char *copy = kstrdup(name, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	if (target)
		d_delete(target);
	ihold(inode); /* over the moment in which the tree has none */
	d_delete(inode);
	free_name(inode);
	inode->i_name = copy;
	d_add(dir, inode);
	inode_file(inode)->i_nlink++; /* which d_delete() took */
	iput(inode);
	return 0;
}

struct inode *d_lookup(struct inode *dir, const char *name)
{
	struct rb_node *parent, *child = *find_link(dir, name, &parent);

	if (child)
		return ihold(rb_entry(child, struct inode, i_name_node));
	return dir->i_op && dir->i_op->lookup ? dir->i_op->lookup(dir, name) : NULL;
}
