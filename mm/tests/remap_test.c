/* SPDX-License-Identifier: MIT */
/* What drivers map into a program: who owns the pages, and of which kind the entries are. */

#include <asm/mem_type.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/uapi/mman.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/mmap.h>
#include <mm/page_ref.h>
#include <mm/pagewalk.h>
#include <mm/remap.h>
#include <mm/vmalloc.h>
#include <mm/vma.h>

#define PAGES  3
#define SHARED (VM_READ | VM_WRITE | VM_SHARED)
/* A device of no machine: nothing is accessed there. */
#define REGISTERS 0x30000000UL

/* What the device under test is, and how many records lead to it. */
static void *buffer;
static int records;

static int map_buffer(struct vm_area_struct *vma)
{
	return remap_vmalloc_range(vma, buffer, vma->vm_pgoff);
}

static int map_registers(struct vm_area_struct *vma)
{
	return io_remap_pfn_range(vma, PFN_DOWN(REGISTERS) + vma->vm_pgoff);
}

static void open_record(struct vm_area_struct *vma)
{
	records++;
}

static void close_record(struct vm_area_struct *vma)
{
	records--;
}

static const struct vm_operations_struct buffer_ops = { map_buffer, open_record, close_record };
static const struct vm_operations_struct register_ops = { map_registers, open_record,
							  close_record };

static unsigned long map(struct mm_struct *mm, const struct vm_operations_struct *ops,
			 unsigned long vm_flags, unsigned long pgoff, unsigned long pages)
{
	const struct vm_area_struct like = {
		.vm_flags = vm_flags | VM_MAY_ALL,
		.vm_pgoff = pgoff,
		.vm_ops = ops,
	};

	return vm_mmap(mm, 0, pages * PAGE_SIZE, 0, &like);
}

static void a_mapped_page_outlives_its_area(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long addr, before = nr_free_pages();
	struct page *page;
	char text[5] = "";

	KUNIT_ASSERT_NOT_NULL(test, mm);
	buffer = vmalloc_user(PAGES * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, buffer);
	strscpy((char *)buffer + PAGE_SIZE, "text", 5);
	addr = map(mm, &buffer_ops, SHARED, 1, 2);
	KUNIT_EXPECT_EQ(test, records, 1);
	KUNIT_EXPECT_EQ(test, mm->shmem_rss, 2ul);
	KUNIT_EXPECT_EQ(test, mm->anon_rss, 0ul);
	/* One page, not a copy: what the program writes, the kernel reads. */
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr + PAGE_SIZE, "user", 5, FOLL_WRITE), 5u);
	KUNIT_EXPECT_STREQ(test, (char *)buffer + 2 * PAGE_SIZE, "user");
	page = pfn_to_page(pte_pfn(*lookup_pte(mm, addr)));
	KUNIT_EXPECT_EQ(test, page->refcount, 2u);
	vfree(buffer);
	KUNIT_EXPECT_EQ(test, page->refcount, 1u);
	KUNIT_EXPECT_TRUE(test, page->state == PAGE_USED);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr, text, 5, 0), 5u);
	KUNIT_EXPECT_STREQ(test, text, "text");
	mmput(mm);
	KUNIT_EXPECT_EQ(test, records, 0);
	mm = mm_alloc(); /* as many tables as before */
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	mmput(mm);
}

static void only_a_user_area_is_mapped_and_no_more_of_it(struct kunit *test)
{
	const unsigned long einval = -EINVAL;
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	buffer = vmalloc(PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, 0, 1), einval);
	vfree(buffer);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, 0, 1), einval);
	buffer = vmalloc_user(PAGES * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, 0, PAGES + 1), einval);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, 1, PAGES), einval);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, ~0ul - 2, 2), einval);
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, SHARED, ~0ul, 2), (unsigned long)-EOVERFLOW);
	/* Private, it can be read, and nothing makes it writable. */
	KUNIT_EXPECT_EQ(test, map(mm, &buffer_ops, VM_READ | VM_WRITE, 0, 1), einval);
	KUNIT_EXPECT_EQ(test, mm->total_vm + mm->shmem_rss + records, 0ul);
	KUNIT_EXPECT_EQ(test,
			do_mprotect(mm, map(mm, &buffer_ops, VM_READ, 0, 1), PAGE_SIZE, VM_WRITE),
			-EACCES);
	mmput(mm);
	vfree(buffer);
}

/* Parts, copies and moves are users of the device as well, and none grows. */
static void each_record_is_a_user(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc(), *copy;
	unsigned long addr;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	buffer = vmalloc_user(PAGES * PAGE_SIZE);
	addr = map(mm, &buffer_ops, SHARED, 0, PAGES);
	KUNIT_EXPECT_EQ(test, do_munmap(mm, addr + PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, records, 2);
	KUNIT_EXPECT_EQ(test, find_vma(mm, addr + 2 * PAGE_SIZE)->vm_pgoff, 2ul);
	copy = dup_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, records, 4);
	mmput(mm);
	KUNIT_EXPECT_EQ(test, records, 2);
	vfree(buffer);
	KUNIT_EXPECT_EQ(test, access_remote_vm(copy, addr, "x", 1, FOLL_WRITE), 1u);
	KUNIT_EXPECT_EQ(test, do_mremap(copy, addr, PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE, 0),
			(unsigned long)-EFAULT);
	KUNIT_EXPECT_EQ(test,
			do_mremap(copy, addr, PAGE_SIZE, PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED,
				  addr + PAGE_SIZE),
			addr + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, records, 2);
	mmput(copy);
	KUNIT_EXPECT_EQ(test, records, 0);
}

/* Whichever page of a table is missing, nothing stays mapped and no count is wrong. */
static void a_map_that_fails_leaves_nothing(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long addr = -ENOMEM, before;
	unsigned int n;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	before = nr_free_pages();
	buffer = vmalloc_user(PAGES * PAGE_SIZE);
	for (n = 1; addr == (unsigned long)-ENOMEM && n < 10; n++) {
		page_alloc_fail_after(n);
		addr = map(mm, &buffer_ops, SHARED, 0, PAGES);
		page_alloc_fail_after(0);
		KUNIT_EXPECT_EQ(test, records, addr == (unsigned long)-ENOMEM ? 0 : 1);
	}
	KUNIT_EXPECT_GT(test, n, 2u);
	KUNIT_EXPECT_EQ(test, do_munmap(mm, addr, PAGES * PAGE_SIZE), 0);
	vfree(buffer);
	mmput(mm);
	mm = mm_alloc();
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	mmput(mm);
}

/* Registers have the memory type that ioremap() gives them, and can never be executed. */
static void registers_are_device_memory(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc(), *copy;
	unsigned long addr;
	pte_t entry, plain = pfn_pte(0, PAGE_USER_RW);
	char byte;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	addr = map(mm, &register_ops, SHARED, 1, 2);
	entry = *lookup_pte(mm, addr + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, pte_pfn(entry), PFN_DOWN(REGISTERS) + 2);
	KUNIT_EXPECT_EQ(test, pte_val(entry),
			pte_val(pfn_pte(pte_pfn(entry), pgprot_device(PAGE_USER_RW))));
	KUNIT_EXPECT_NE(test, pte_val(plain), pte_val(pfn_pte(0, pgprot_device(PAGE_USER_RW))));
	/* They are nobody's RAM: not counted, not read by the kernel, the same in a child. */
	KUNIT_EXPECT_EQ(test, mm->shmem_rss + mm->anon_rss, 0ul);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, addr, &byte, 1, 0), 0u);
	copy = dup_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, pte_val(*lookup_pte(copy, addr + PAGE_SIZE)), pte_val(entry));
	KUNIT_EXPECT_EQ(test, do_mprotect(copy, addr, PAGE_SIZE, VM_READ | VM_EXEC), -EACCES);
	KUNIT_EXPECT_EQ(test, do_mprotect(copy, addr, PAGE_SIZE, VM_READ), 0);
	KUNIT_EXPECT_EQ(test, pte_val(*lookup_pte(copy, addr)),
			pte_val(pfn_pte(PFN_DOWN(REGISTERS) + 1, pgprot_device(PAGE_USER_RO))));
	mmput(copy);
	KUNIT_EXPECT_EQ(test, map(mm, &register_ops, SHARED | VM_EXEC, 0, 1),
			(unsigned long)-EPERM);
	KUNIT_EXPECT_EQ(test, map(mm, &register_ops, VM_READ | VM_WRITE, 0, 1),
			(unsigned long)-EINVAL);
	KUNIT_EXPECT_EQ(test, map(mm, &register_ops, SHARED, ~0ul - PFN_DOWN(REGISTERS) - 8, 1),
			(unsigned long)-EINVAL);
	mmput(mm);
}

/* The device type is that of ioremap(), whatever rights the program has. */
static void the_type_is_that_of_ioremap(struct kunit *test)
{
	const pteval_t rights = pgprot_val(PAGE_USER_RW) ^ pgprot_val(PAGE_USER_RO);
	pteval_t ours = pgprot_val(pgprot_device(PAGE_USER_RW));
	pteval_t kernel = pgprot_val(get_mem_type(MT_IOREMAP)->prot_pte);

	/* User access, "not global" and the read-only bit are all that differs. */
	KUNIT_EXPECT_EQ(test, ours & ~rights & kernel, kernel & ~rights);
	KUNIT_EXPECT_EQ(test, (ours & ~rights) ^ (kernel & ~rights),
			pgprot_val(PAGE_USER_RO) ^ pgprot_val(PAGE_KERNEL_RO));
}

static const struct kunit_case remap_cases[] = {
	KUNIT_CASE(a_mapped_page_outlives_its_area),
	KUNIT_CASE(only_a_user_area_is_mapped_and_no_more_of_it),
	KUNIT_CASE(each_record_is_a_user),
	KUNIT_CASE(a_map_that_fails_leaves_nothing),
	KUNIT_CASE(registers_are_device_memory),
	KUNIT_CASE(the_type_is_that_of_ioremap),
	{},
};

static const struct kunit_suite remap_suite = {
	.name = "remap",
	.cases = remap_cases,
};
kunit_test_suite(remap_suite);
