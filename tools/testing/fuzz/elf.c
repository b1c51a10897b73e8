/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the ELF loader: what it accepts lies in user space, overlaps nothing, is never both
 * writable and executable, and is filled inside what was mapped.
 */
#include "fuzz.h"

#include <kernel/exec/binfmt_elf.h>
#include <kernel/exec/binprm.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/watermark.h>

/* Memory never runs short here. */
bool pages_to_start(unsigned long nr)
{
	return true;
}

static const u8 *contents;
static struct inode inode;
static struct file file = { .f_inode = &inode };

/* The address space: what mmap_program() was asked for. */
static struct vm_area_struct areas[ELF_MAX_PHNUM];
static int area_count;

static struct vm_area_struct *find_area(unsigned long addr)
{
	int i;

	for (i = 0; i < area_count; i++)
		if (areas[i].vm_start <= addr && addr < areas[i].vm_end)
			return &areas[i];
	return NULL;
}

ssize_t kernel_read(struct file *from, void *buf, size_t count, loff_t *pos)
{
	size_t left = *pos >= 0 && *pos < inode.i_size ? inode.i_size - *pos : 0;

	count = min(count, left);
	memcpy(buf, contents + (count ? *pos : 0), count);
	*pos += count;
	return count;
}

int mmap_program(struct mm_struct *mm, unsigned long addr, unsigned long len,
		 unsigned long vm_flags, struct file *from, unsigned long pgoff)
{
	FUZZ_ASSERT(len && IS_ALIGNED(addr | len, PAGE_SIZE));
	FUZZ_ASSERT(addr && addr < TASK_SIZE && len <= TASK_SIZE - addr);
	FUZZ_ASSERT(!((vm_flags & VM_WRITE) && (vm_flags & VM_EXEC)));
	FUZZ_ASSERT(area_count < ELF_MAX_PHNUM);
	FUZZ_ASSERT(!area_count || addr >= areas[area_count - 1].vm_end);
	areas[area_count++] = (struct vm_area_struct){
		.vm_start = addr,
		.vm_end = addr + len,
		.vm_flags = vm_flags,
	};
	return 0;
}

size_t access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, size_t len,
			unsigned int gup_flags)
{
	const struct vm_area_struct *area = find_area(addr);

	FUZZ_ASSERT(area && len <= area->vm_end - addr);
	fuzz_touch(buf, len);
	return len;
}

void flush_user_icache_range(struct mm_struct *mm, unsigned long addr, size_t len)
{
	FUZZ_ASSERT(find_area(addr) && find_area(addr)->vm_flags & VM_EXEC);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct mm_struct mm = { .brk = 0 };
	struct elf_facts facts;
	int err;

	contents = data;
	inode.i_size = size;
	area_count = 0;
	err = load_elf_binary(&file, "fuzz", &mm, &facts);
	FUZZ_ASSERT(err == 0 || err == -ENOEXEC);
	if (!err) {
		FUZZ_ASSERT(find_area(facts.entry) && find_area(facts.entry)->vm_flags & VM_EXEC);
		FUZZ_ASSERT(mm.brk == mm.start_brk && mm.brk == areas[area_count - 1].vm_end);
	}
	return 0;
}
