/* SPDX-License-Identifier: MIT */
/*
 * The loader of static ELF executables. The file is foreign: every field is checked before it is
 * used, first all headers, then the bytes are loaded. Segments are written through the linear map,
 * so that the program's own view of them has its final permission from the start: no page is ever
 * both writable and executable.
 *
 * Linux counterpart: fs/binfmt_elf.c (there also dynamic programs, by their interpreter)
 */

#include <kernel/base/printk.h>
#include <kernel/exec/binfmt_elf.h>
#include <kernel/exec/binprm.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/slab.h>
#include <mm/watermark.h>

const char *elf_header_refusal(const struct elfhdr *header, u64 file_size)
{
	if (file_size < sizeof(*header) || memcmp(header->e_ident, ELFMAG, SELFMAG))
		return "not an ELF file";
	if (header->e_ident[EI_CLASS] != ELF_CLASS)
		return ELF_CLASS == ELFCLASS64 ? "not a 64-bit program" : "not a 32-bit program";
	if (header->e_ident[EI_DATA] != ELFDATA2LSB)
		return "not little-endian";
	if (header->e_ident[EI_VERSION] != EV_CURRENT || header->e_version != EV_CURRENT)
		return "unknown ELF version";
	if (header->e_machine != ELF_ARCH)
		return "made for another machine";
	if (header->e_type != ET_EXEC)
		return "not a static executable (ET_EXEC)";
	if (header->e_ehsize != sizeof(*header) || header->e_phentsize != sizeof(struct elf_phdr))
		return "wrong header size";
	if (header->e_phnum == 0 || header->e_phnum > ELF_MAX_PHNUM)
		return "no program headers, or too many";
	if (header->e_phoff > file_size ||
	    header->e_phnum * sizeof(struct elf_phdr) > file_size - header->e_phoff)
		return "program headers outside the file";
	return NULL;
}

const char *elf_segment_refusal(const struct elf_phdr *phdr, u64 file_size,
				unsigned long previous_end)
{
	if (phdr->p_filesz > phdr->p_memsz)
		return "segment larger in the file than in memory";
	if (phdr->p_offset > file_size || phdr->p_filesz > file_size - phdr->p_offset)
		return "segment outside the file";
	if (phdr->p_vaddr < MMAP_MIN_ADDR || phdr->p_vaddr > USER_END ||
	    phdr->p_memsz > USER_END - phdr->p_vaddr)
		return "segment outside user space";
	if (ALIGN_DOWN(phdr->p_vaddr, PAGE_SIZE) < previous_end)
		return "segments overlap, share a page or are out of order";
	if ((phdr->p_flags & PF_W) && (phdr->p_flags & PF_X))
		return "segment both writable and executable";
	return NULL;
}

/* The checks that concern all segments together. */
static const char *program_refusal(const struct elfhdr *header, const struct elf_phdr *phdrs,
				   u64 file_size)
{
	const char *refusal = "entry point outside the executable segments";
	const struct elf_phdr *phdr;
	unsigned long end = 0;
	const char *reason;

	for (phdr = phdrs; phdr < phdrs + header->e_phnum; phdr++) {
		if (phdr->p_type == PT_INTERP)
			return "needs a dynamic linker";
		if (phdr->p_type != PT_LOAD || !phdr->p_memsz)
			continue;
		reason = elf_segment_refusal(phdr, file_size, end);
		if (reason)
			return reason;
		end = ALIGN(phdr->p_vaddr + phdr->p_memsz, PAGE_SIZE);
		if ((phdr->p_flags & PF_X) && header->e_entry - phdr->p_vaddr < phdr->p_filesz)
			refusal = NULL;
	}
	return refusal;
}

static unsigned long segment_vm_flags(const struct elf_phdr *phdr)
{
	return VM_READ | (phdr->p_flags & PF_W ? VM_WRITE : 0) |
	       (phdr->p_flags & PF_X ? VM_EXEC : 0);
}

/* Copies the segment's bytes from the file, page by page through `bounce`. */
static int read_segment(struct file *file, struct mm_struct *mm, const struct elf_phdr *phdr,
			void *bounce)
{
	unsigned long addr = phdr->p_vaddr, end = phdr->p_vaddr + phdr->p_filesz;
	loff_t pos = phdr->p_offset;
	ssize_t bytes;

	for (; addr < end; addr += bytes) {
		bytes = kernel_read(file, bounce, min_t(size_t, end - addr, PAGE_SIZE), &pos);
		if (bytes <= 0)
			return bytes ? bytes : -EIO;
		if (access_remote_vm(mm, addr, bounce, bytes, FOLL_WRITE) != (size_t)bytes)
			return -EIO;
	}
	return 0;
}

static int load_segment(struct file *file, struct mm_struct *mm, const struct elf_phdr *phdr,
			void *bounce)
{
	unsigned long start = ALIGN_DOWN(phdr->p_vaddr, PAGE_SIZE);
	unsigned long end = ALIGN(phdr->p_vaddr + phdr->p_memsz, PAGE_SIZE);
	int error;

	if (!pages_to_start((end - start) / PAGE_SIZE))
		return -ENOMEM;
	error = mmap_program(mm, start, end - start, segment_vm_flags(phdr), file,
			     phdr->p_offset / PAGE_SIZE);
	if (error)
		return error;
	error = read_segment(file, mm, phdr, bounce);
	if (error)
		return error;
	if (phdr->p_flags & PF_X) {
		mm->start_code = start;
		mm->end_code = end;
		flush_user_icache_range(mm, start, end - start);
	}
	mm->start_brk = mm->brk = end;
	return 0;
}

static int load_segments(struct file *file, struct mm_struct *mm, const struct elf_phdr *phdrs,
			 unsigned int count)
{
	void *bounce = kmalloc(PAGE_SIZE, GFP_KERNEL);
	const struct elf_phdr *phdr;
	int error = 0;

	if (!bounce)
		return -ENOMEM;
	for (phdr = phdrs; phdr < phdrs + count && !error; phdr++)
		if (phdr->p_type == PT_LOAD && phdr->p_memsz)
			error = load_segment(file, mm, phdr, bounce);
	kfree(bounce);
	return error;
}

static int refuse(const char *name, const char *reason)
{
	pr_info("exec: %s: %s\n", name, reason);
	return -ENOEXEC;
}

/* A short read leaves zeroes, which the checks refuse. */
static int read_headers(struct file *file, const char *name, struct elfhdr *header,
			struct elf_phdr *phdrs)
{
	u64 file_size = file->f_inode->i_size;
	const char *reason;
	loff_t pos = 0;

	memset(header, 0, sizeof(*header));
	kernel_read(file, header, sizeof(*header), &pos);
	reason = elf_header_refusal(header, file_size);
	if (reason)
		return refuse(name, reason);
	pos = header->e_phoff;
	if (kernel_read(file, phdrs, header->e_phnum * sizeof(*phdrs), &pos) !=
	    (ssize_t)(header->e_phnum * sizeof(*phdrs)))
		return -EIO;
	reason = program_refusal(header, phdrs, file_size);
	return reason ? refuse(name, reason) : 0;
}

/* The address of the program headers: the segment that has them in the file has them in memory. */
static unsigned long phdr_addr(const struct elfhdr *header, const struct elf_phdr *phdrs)
{
	const struct elf_phdr *phdr;

	for (phdr = phdrs; phdr < phdrs + header->e_phnum; phdr++)
		if (phdr->p_type == PT_LOAD && header->e_phoff >= phdr->p_offset &&
		    header->e_phoff - phdr->p_offset < phdr->p_filesz)
			return phdr->p_vaddr + (header->e_phoff - phdr->p_offset);
	return 0;
}

int load_elf_binary(struct file *file, const char *name, struct mm_struct *mm,
		    struct elf_facts *facts)
{
	struct elf_phdr *phdrs = kcalloc(ELF_MAX_PHNUM, sizeof(*phdrs), GFP_KERNEL);
	struct elfhdr header;
	int error;

	if (!phdrs)
		return -ENOMEM;
	error = read_headers(file, name, &header, phdrs);
	if (!error)
		error = load_segments(file, mm, phdrs, header.e_phnum);
	if (!error)
		*facts = (struct elf_facts){
			.entry = header.e_entry,
			.phdr_addr = phdr_addr(&header, phdrs),
			.phnum = header.e_phnum,
		};
	kfree(phdrs);
	return error;
}
