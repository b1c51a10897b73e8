/* SPDX-License-Identifier: MIT */
/*
 * /dev/fb0, a screen of characters that is in memory only. A program maps it and draws by writing
 * to its own address space; no system call is made. Reading the file prints what is on the screen.
 *
 * The screen's pages come from vmalloc_user(): they follow each other in vmalloc space for the
 * kernel, and in the program's area for the program, while in RAM they may be anywhere. Both map
 * the same pages.
 *
 * It is made when it is first opened, and stays.
 *
 * Linux counterpart: drivers/video/fbdev/vfb.c (there pixels)
 */
#include <kernel/base/initcall.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/uapi/fb.h>
#include <mm/remap.h>
#include <mm/vmalloc.h>

static DEFINE_MUTEX(screen_mutex); /* held while the screen is made */
static char *screen;

static bool show_row(struct seq_buf *seq, struct seq_pos *pos, void *arg)
{
	const char *row = screen + pos->key * FB_STRIDE;
	unsigned int x;

	if (pos->key >= FB_ROWS)
		return false;
	for (x = 0; x < FB_COLUMNS; x++) {
		char c = READ_ONCE(row[x]); /* once: the program may change it between two looks */

		seq_buf_putc(seq, isprint(c) ? c : ' ');
	}
	seq_buf_putc(seq, '\n');
	pos->key++;
	return true;
}

static int make_screen(void)
{
	int error = 0;

	mutex_lock(&screen_mutex);
	if (!screen)
		screen = vmalloc_user(FB_SIZE);
	if (!screen)
		error = -ENOMEM;
	mutex_unlock(&screen_mutex);
	return error;
}

static int vfb_open(struct inode *inode, struct file *file)
{
	int error = make_screen();

	return error ? error : show_open(file, show_row, NULL);
}

static int vfb_mmap(struct file *file, struct vm_area_struct *vma)
{
	return remap_vmalloc_range(vma, screen, vma->vm_pgoff);
}

static const struct file_operations vfb_fops = {
	.read_iter = show_read_iter,
	.llseek = generic_file_llseek,
	.open = vfb_open,
	.release = show_release,
	.mmap = vfb_mmap,
};

static int __init vfb_init(void)
{
	return vfs_add("/dev/fb0", S_IFCHR | 0666, NULL, &vfb_fops, MKDEV(29, 0));
}
fs_initcall(vfb_init);
