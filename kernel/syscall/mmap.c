/* SPDX-License-Identifier: MIT */
/*
 * System calls about a program's memory: Linux's bits become those of an area.
 *
 * Linux counterpart: mm/mmap.c, mm/mprotect.c, mm/mremap.c; arch/arm64/kernel/sys.c (mmap)
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/syscall.h>
#include <kernel/uapi/mman.h>
#include <mm/address_space.h>
#include <mm/mmap.h>
#include <mm/page.h>

#define PROT_ALL (PROT_READ | PROT_WRITE | PROT_EXEC)

/* PROT_READ and the others have the values of VM_READ and the others. */
_Static_assert(PROT_READ == VM_READ && PROT_WRITE == VM_WRITE && PROT_EXEC == VM_EXEC,
	       "rights are passed on as they come");

/* These ask for what no area here can be. Other flags that are unknown are wishes, as in Linux. */
#define MAP_REFUSED (MAP_GROWSDOWN | MAP_HUGETLB)

static long mmap_anonymous(unsigned long addr, unsigned long len, unsigned long prot,
			   unsigned long flags)
{
	struct vm_area_struct area = { .vm_flags = prot | VM_MAY_ALL, .name = "" };

	if ((flags & MAP_TYPE) == MAP_SHARED)
		area.vm_flags |= VM_SHARED;
	else if ((flags & MAP_TYPE) != MAP_PRIVATE)
		return -EINVAL;
	return vm_mmap(current->mm, addr, len, flags, &area);
}

/* What a program writes to a shared area goes to the file, so it must be open for that. */
static long mmap_file(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long pgoff)
{
	struct vm_area_struct area = {
		.vm_flags = prot | VM_MAY_ALL,
		.vm_pgoff = pgoff,
		.vm_file = file,
		.vm_ops = &file_vm_ops,
	};
	unsigned int access = file->f_flags & O_ACCMODE;

	if ((flags & MAP_TYPE) == MAP_SHARED || (flags & MAP_TYPE) == MAP_SHARED_VALIDATE)
		area.vm_flags |= VM_SHARED;
	else if ((flags & MAP_TYPE) != MAP_PRIVATE)
		return -EINVAL;
	if ((area.vm_flags & VM_SHARED) && access != O_RDWR)
		area.vm_flags &= ~VM_MAYWRITE;
	if (access == O_WRONLY || (prot & VM_WRITE && !(area.vm_flags & VM_MAYWRITE)))
		return -EACCES;
	if (!file->f_op->mmap)
		return -ENODEV;
	return vm_mmap(current->mm, addr, len, flags, &area);
}

/* pgoff is in pages. */
static long ksys_mmap_pgoff(unsigned long addr, unsigned long len, unsigned long prot,
			    unsigned long flags, int fd, unsigned long pgoff)
{
	struct file *file;
	long ret;

	prot &= PROT_ALL;
	if (flags & MAP_ANONYMOUS)
		return flags & MAP_REFUSED ? -EINVAL : mmap_anonymous(addr, len, prot, flags);
	file = fget(fd);
	if (!file)
		return -EBADF;
	ret = flags & MAP_REFUSED ? -EINVAL : mmap_file(file, addr, len, prot, flags, pgoff);
	fput(file);
	return ret;
}

/* arm64: the offset is in bytes. */
#ifdef __NR_mmap
SYSCALL_DEFINE6(mmap, unsigned long, addr, unsigned long, len, unsigned long, prot, unsigned long,
		flags, int, fd, unsigned long, offset)
{
	if (!PAGE_ALIGNED(offset))
		return -EINVAL;
	return ksys_mmap_pgoff(addr, len, prot, flags, fd, PFN_DOWN(offset));
}
#endif

/* arm: in units of 4096 bytes, so that 32 bits reach all of a large file. */
#ifdef __NR_mmap2
SYSCALL_DEFINE6(mmap2, unsigned long, addr, unsigned long, len, unsigned long, prot, unsigned long,
		flags, int, fd, unsigned long, pgoff)
{
	return ksys_mmap_pgoff(addr, len, prot, flags, fd, pgoff);
}
#endif

SYSCALL_DEFINE2(munmap, unsigned long, addr, unsigned long, len)
{
	return do_munmap(current->mm, addr, len);
}

SYSCALL_DEFINE3(mprotect, unsigned long, addr, unsigned long, len, unsigned long, prot)
{
	return prot & ~PROT_ALL ? -EINVAL : do_mprotect(current->mm, addr, len, prot);
}

SYSCALL_DEFINE5(mremap, unsigned long, addr, unsigned long, old_len, unsigned long, new_len,
		unsigned long, flags, unsigned long, new_addr)
{
	return do_mremap(current->mm, addr, old_len, new_len, flags, new_addr);
}

SYSCALL_DEFINE1(brk, unsigned long, brk)
{
	return do_brk(current->mm, brk);
}
