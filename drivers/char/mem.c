/* SPDX-License-Identifier: MIT */
/*
 * /dev/mem: physical addresses as a file that can be mapped, so that a program reaches the
 * registers of a device without a driver.
 *
 * It maps what ioremap() would map, with the same memory type: device registers, and no RAM. A page
 * of RAM has an owner, and cached mappings. A second mapping as device memory would read past the
 * cache, and a program that writes there changes the kernel itself. Linux calls this rule
 * STRICT_DEVMEM; most distributions build it in. read() and write() go by the processor's cached
 * mapping of RAM in Linux, so under that rule nothing is left for them.
 *
 * There are no users in this kernel, so every program may open it. In Linux it takes CAP_SYS_RAWIO.
 *
 * Linux counterpart: drivers/char/mem.c (there registers are strongly ordered, on arm64 nGnRnE)
 */
#include <asm/mem_type.h>
#include <kernel/base/initcall.h>
#include <kernel/base/printk.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>
#include <mm/ioremap.h>
#include <mm/page.h>
#include <mm/remap.h>

/* Programs are given pages. On arm these end at 4 GiB, while ioremap() still has supersections. */
static const char *refusal_for_pages(const struct ioremap_plan *plan)
{
	phys_addr_t last = plan->phys + plan->size - 1;

	if (!plan->ram && last >= plan->phys && last >= phys_addr_limit)
		return "it ends above what a page can map, and a program is given pages";
	return plan->refusal;
}

static int mmap_mem(struct file *file, struct vm_area_struct *vma)
{
	phys_addr_t phys = PFN_PHYS(vma->vm_pgoff);
	unsigned long size = vma->vm_end - vma->vm_start;
	struct ioremap_plan plan;
	const char *refusal;

	ioremap_plan(&plan, phys, size, MT_IOREMAP);
	refusal = refusal_for_pages(&plan);
	if (!refusal)
		return io_remap_pfn_range(vma, vma->vm_pgoff);
	pr_info("%s[%d]: /dev/mem: 0x%llx-0x%llx is not mapped: %s\n", current->comm, current->pid,
		phys, phys + size - 1, refusal);
	return plan.ram ? -EPERM : -EINVAL;
}

static ssize_t refuse_copy(struct kiocb *iocb, struct iov_iter *iter)
{
	struct ioremap_plan plan;

	if (!iter->count)
		return 0;
	ioremap_plan(&plan, iocb->ki_pos, iter->count, MT_IOREMAP);
	return plan.ram ? -EPERM : -EFAULT;
}

static const struct file_operations mem_fops = {
	.read_iter = refuse_copy,
	.write_iter = refuse_copy,
	.mmap = mmap_mem,
};

static int __init chr_dev_init(void)
{
	return vfs_add("/dev/mem", S_IFCHR | 0600, NULL, &mem_fops, MKDEV(1, 1));
}
fs_initcall(chr_dev_init);
