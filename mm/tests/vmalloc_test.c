/* SPDX-License-Identifier: MIT */
/*
 * vmalloc and vmap from outside: what they return, what the record says, what goes wrong when
 * memory runs out at each possible point; and the rows of vmallocinfo to the byte.
 *
 * Pages are looked at through the kernel's own mapping, which the host has too. What needs the
 * mapping itself is in vmalloc_mapped_test.c.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/slab.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define PAGES(n) ((n) * PAGE_SIZE)

static int vmalloc_test_init(struct kunit *test)
{
	static bool initialised;

	if (!initialised && !fingerprint())
		vmalloc_init(); /* on the host, where nothing has */
	initialised = true;
	return 0;
}

/* Is each byte of an area's pages equal to value? */
static bool pages_hold(const struct vm_struct *vm, u8 value)
{
	unsigned long page, i;
	bool equal = true;

	for (page = 0; page < vm->nr_pages; page++) {
		const u8 *bytes = kmap_local_page(vm->pages[page]);

		for (i = 0; i < PAGE_SIZE; i++)
			equal &= bytes[i] == value;
		kunmap_local(bytes);
	}
	return equal;
}

static void vmalloc_record(struct kunit *test)
{
	unsigned long before = fingerprint();
	char *addr = vmalloc(PAGES(3) + 1);
	struct vm_struct *vm = find_vm_area(addr);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(addr) && is_vmalloc_addr(addr));
	KUNIT_EXPECT_EQ(test, (char *)vm->addr, addr);
	KUNIT_EXPECT_EQ(test, vm->size, PAGES(5));
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), PAGES(4));
	KUNIT_EXPECT_EQ(test, vm->flags, VM_ALLOC);
	KUNIT_EXPECT_EQ(test, vm->nr_pages, 4);
	KUNIT_EXPECT_EQ(test, vm->phys_addr, 0);
	for (i = 1; i < 4; i++)
		KUNIT_EXPECT_NE(test, vm->pages[i], vm->pages[i - 1]);
	/* The caller is this function. */
	KUNIT_EXPECT_LT(test, (unsigned long)vm->caller - (unsigned long)vmalloc_record, SZ_4K);
	vfree(addr);
	KUNIT_EXPECT_NULL(test, find_vm_area(addr));
	expect_sound(test);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void zeroed_kinds(struct kunit *test)
{
	/* Leave dirt in the pages that come next. */
	void *addr = vmalloc(PAGES(4));
	struct vm_struct *vm = find_vm_area(addr);
	unsigned int i;
	void *page;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	for (i = 0; i < vm->nr_pages; i++) {
		page = kmap_local_page(vm->pages[i]);
		memset(page, 0x5a, PAGE_SIZE);
		kunmap_local(page);
	}
	vfree(addr);

	addr = vzalloc(PAGES(2));
	vm = find_vm_area(addr);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, vm->flags, VM_ALLOC);
	KUNIT_EXPECT_LT(test, (unsigned long)vm->caller - (unsigned long)zeroed_kinds, SZ_4K);
	KUNIT_EXPECT_TRUE(test, pages_hold(vm, 0));
	vfree(addr);

	addr = vmalloc_user(PAGES(2));
	vm = find_vm_area(addr);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, vm->flags, VM_ALLOC | VM_USERMAP);
	KUNIT_EXPECT_LT(test, (unsigned long)vm->caller - (unsigned long)zeroed_kinds, SZ_4K);
	KUNIT_EXPECT_TRUE(test, pages_hold(vm, 0));
	vfree(addr);
}

static void refused_sizes(struct kunit *test)
{
	static const unsigned long sizes[] = { 0, ~0UL, ~0UL - PAGE_SIZE, ~0UL >> 1 };
	unsigned long before = fingerprint();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		KUNIT_EXPECT_NULL(test, vmalloc(sizes[i]));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* The longest array of page pointers that kmalloc() has; the next is in vmalloc_mapped_test.c. */
static void page_array_of_a_page(struct kunit *test)
{
	unsigned long full = PAGE_SIZE / sizeof(struct page *);
	void *addr = vmalloc(PAGES(full));
	struct vm_struct *vm = find_vm_area(addr);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_NULL(test, find_vm_area(vm->pages));
	KUNIT_EXPECT_EQ(test, vm->nr_pages, full);
	vfree(addr);
}

static void alignment_and_range(struct kunit *test)
{
	unsigned long align, addr, start = ALIGN(VMALLOC_START, SZ_16M) + SZ_64M;
	void *page = vmalloc(1), *area;

	for (align = 1; align <= SZ_4M; align <<= 1) {
		area = __vmalloc_node_range(1, align, VMALLOC_START, VMALLOC_END, GFP_KERNEL,
					    PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);
		KUNIT_ASSERT_NOT_NULL(test, area);
		KUNIT_EXPECT_EQ(test, (unsigned long)area & (align - 1), 0);
		vfree(area);
	}
	vfree(page);
	area = __vmalloc_node_range(1, 1, start, start + SZ_16M, GFP_KERNEL, PAGE_KERNEL, 0,
				    NUMA_NO_NODE, NULL);
	addr = (unsigned long)area;
	KUNIT_EXPECT_TRUE(test, addr >= start && addr < start + SZ_16M);
	vfree(area);
	/* The last power of two fits nowhere. */
	KUNIT_EXPECT_NULL(test,
			  __vmalloc_node_range(1, ~0UL / 2 + 1, VMALLOC_START, VMALLOC_END,
					       GFP_KERNEL, PAGE_KERNEL, 0, NUMA_NO_NODE, NULL));
}

/*
 * Let the n-th call of an allocator fail, for each n there is, and see that nothing is left over.
 */
static void fail_each(struct kunit *test, void (*fail_after)(unsigned int n), unsigned int wanted)
{
	unsigned long before = fingerprint();
	unsigned int n, failures = 0;
	void *addr = NULL;

	for (n = 1; !addr && n < 20; n++) {
		fail_after(n);
		addr = vmalloc(PAGES(4));
		fail_after(0);
		if (addr)
			break;
		failures++;
		KUNIT_ASSERT_EQ(test, fingerprint(), before);
	}
	KUNIT_EXPECT_NOT_NULL(test, addr);
	KUNIT_EXPECT_TRUE(test, failures >= wanted);
	vfree(addr);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	expect_sound(test);
}

static void no_memory_leaves_nothing(struct kunit *test)
{
	fail_each(test, kmalloc_fail_after, 2); /* the record and the page array */
	fail_each(test, page_alloc_fail_after, 4);
}

static void vmap_foreign_pages(struct kunit *test)
{
	struct page *pages[] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	unsigned long before = fingerprint();
	struct vm_struct *vm;
	void *addr;

	KUNIT_ASSERT_TRUE(test, pages[0] && pages[1]);
	addr = vmap(pages, 2, VM_USERMAP, PAGE_KERNEL);
	vm = find_vm_area(addr);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, vm->size, PAGES(3));
	KUNIT_EXPECT_EQ(test, vm->flags, VM_MAP | VM_USERMAP);
	KUNIT_EXPECT_EQ(test, vm->nr_pages, 0); /* they are not the area's */
	KUNIT_EXPECT_LT(test, (unsigned long)vm->caller - (unsigned long)vmap_foreign_pages, SZ_4K);
	vunmap(addr);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);

	KUNIT_EXPECT_NULL(test, vmap(pages, 0, 0, PAGE_KERNEL));
	kmalloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, vmap(pages, 2, 0, PAGE_KERNEL));
	kmalloc_fail_after(0);
	vunmap(NULL);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	__free_page(pages[0]);
	__free_page(pages[1]);
}

static void wrong_addresses_are_refused(struct kunit *test)
{
	struct vm_struct *io = get_vm_area_caller(PAGE_SIZE, VM_IOREMAP, NULL);
	char *addr = vmalloc(PAGES(2));
	unsigned long before = fingerprint();

	KUNIT_ASSERT_TRUE(test, io && addr);
	KUNIT_EXPECT_WARNING(test, vfree(addr + PAGE_SIZE));
	KUNIT_EXPECT_WARNING(test, vfree(addr + 1));
	KUNIT_EXPECT_WARNING(test, vfree(io->addr));
	KUNIT_EXPECT_WARNING(test, vunmap(addr));
	KUNIT_EXPECT_WARNING(test, vunmap(io->addr));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	free_vm_area(io);
	vfree(addr);
	KUNIT_EXPECT_WARNING(test, vfree(addr));
	vfree(NULL);
}

/* --- vmallocinfo --- */

static void expect_row(struct kunit *test, const struct vm_struct *vm, const char *tail)
{
	char row[160], wanted[160];
	int digits = 2 * sizeof(long);
	struct seq_buf m;

	seq_buf_init(&m, row, sizeof(row));
	vmallocinfo_row(&m, vm);
	snprintf(wanted, sizeof(wanted), "0x%0*lx-0x%0*lx %s\n", digits, (unsigned long)vm->addr,
		 digits, (unsigned long)vm->addr + vm->size, tail);
	KUNIT_EXPECT_STREQ(test, row, wanted);
}

static void vmallocinfo_rows(struct kunit *test)
{
	struct page **in_vmalloc = (struct page **)VMALLOC_START;
	const struct {
		struct vm_struct vm;
		const char *tail;
	} rows[] = {
		{ { .size = 8192, .flags = VM_IOREMAP, .phys_addr = 0x9000000 },
		  "   8192 phys=0x0000000009000000 ioremap" },
		{ { .size = 69632, .flags = VM_IOREMAP }, "  69632 ioremap" },
		{ { .size = 268439552, .flags = VM_IOREMAP, .phys_addr = 0x4010000000ULL },
		  "268439552 phys=0x0000004010000000 ioremap" },
		{ { .size = 20480, .flags = VM_ALLOC, .nr_pages = 4 }, "  20480 pages=4 vmalloc" },
		{ { .size = 8192, .flags = VM_ALLOC | VM_USERMAP, .nr_pages = 1 },
		  "   8192 pages=1 vmalloc user" },
		{ { .size = 4194304, .flags = VM_ALLOC, .nr_pages = 1023, .pages = in_vmalloc },
		  "4194304 pages=1023 vmalloc vpages" },
		{ { .size = 36864, .flags = VM_PERCPU }, "  36864 vmalloc" },
		{ { .size = 12288, .flags = VM_MAP }, "  12288 vmap" },
		{ { .size = 12288, .flags = VM_DMA_COHERENT }, "  12288 dma-coherent" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct vm_struct vm = rows[i].vm;

		vm.addr = (void *)0x10000000;
		expect_row(test, &vm, rows[i].tail);
	}
}

/* The position of an area's row in the listing, or NULL. */
static const char *find_row(const char *list, const struct vm_struct *vm)
{
	char start[24];

	snprintf(start, sizeof(start), "0x%0*lx-", (int)(2 * sizeof(long)),
		 (unsigned long)vm->addr);
	return strstr(list, start);
}

static void vmallocinfo_list(struct kunit *test)
{
	struct seq_pos pos = {};
	struct vm_struct *vm[3];
	unsigned long size = PAGES(8), i;
	char *list = kmalloc(size, GFP_KERNEL);
	struct seq_buf m;

	for (i = 0; i < 3; i++)
		vm[i] = get_vm_area_caller(1, VM_IOREMAP | (i == 1 ? VM_UNINITIALIZED : 0),
					   vmalloc);
	KUNIT_ASSERT_TRUE(test, list && vm[0] && vm[1] && vm[2]);
	seq_buf_init(&m, list, size);
	while (vmallocinfo_show(&m, &pos))
		;
	KUNIT_EXPECT_FALSE(test, seq_buf_has_overflowed(&m));
	KUNIT_EXPECT_NOT_NULL(test, find_row(list, vm[0]));
	KUNIT_EXPECT_NULL(test, find_row(list, vm[1])); /* half made */
	KUNIT_EXPECT_TRUE(test, find_row(list, vm[0]) < find_row(list, vm[2]));
	for (i = 0; i < 3; i++)
		free_vm_area(vm[i]);
	kfree(list);
}

/* Reads rows up to that of vm. Returns false when it did not come. */
static bool read_up_to(const struct vm_struct *vm, struct seq_pos *pos)
{
	struct seq_buf m;
	char row[256];

	do
		seq_buf_init(&m, row, sizeof(row));
	while (vmallocinfo_show(&m, pos) && !find_row(row, vm));
	return find_row(row, vm);
}

/*
 * Between two rows an area behind the place of the reader goes, one in front of it comes, and the
 * one that was read last goes. Those that stay are read, each once.
 */
static void vmallocinfo_while_areas_come_and_go(struct kunit *test)
{
	struct vm_struct *vm[6], *again;
	struct seq_pos pos = {};
	unsigned int i;

	for (i = 0; i < 6; i++) {
		vm[i] = get_vm_area_caller(1, VM_IOREMAP, vmalloc);
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
	}
	KUNIT_EXPECT_TRUE(test, read_up_to(vm[1], &pos));
	free_vm_area(vm[0]);
	free_vm_area(vm[1]);
	free_vm_area(vm[2]);
	again = get_vm_area_caller(1, VM_IOREMAP, vmalloc); /* where vm[0] was */
	KUNIT_ASSERT_NOT_NULL(test, again);
	KUNIT_EXPECT_TRUE(test, read_up_to(vm[3], &pos));
	KUNIT_EXPECT_EQ(test, pos.key, vm[3]->area.va_end);
	KUNIT_EXPECT_FALSE(test, read_up_to(again, &(struct seq_pos){ .key = pos.key }));
	free_vm_area(vm[3]);
	KUNIT_EXPECT_TRUE(test, read_up_to(vm[4], &pos));
	KUNIT_EXPECT_TRUE(test, read_up_to(vm[5], &pos));
	free_vm_area(vm[4]);
	free_vm_area(vm[5]);
	free_vm_area(again);
}

static void pages_are_counted(struct kunit *test)
{
	unsigned long before = vmalloc_nr_pages();
	void *addr = vmalloc(PAGES(5)), *more = vmalloc(1);

	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), before + 6);
	vfree(addr);
	vfree(more);
	KUNIT_EXPECT_EQ(test, vmalloc_nr_pages(), before);
}

static const struct kunit_case vmalloc_cases[] = {
	KUNIT_CASE(vmalloc_record),
	KUNIT_CASE(zeroed_kinds),
	KUNIT_CASE(refused_sizes),
	KUNIT_CASE(page_array_of_a_page),
	KUNIT_CASE(alignment_and_range),
	KUNIT_CASE(no_memory_leaves_nothing),
	KUNIT_CASE(vmap_foreign_pages),
	KUNIT_CASE(wrong_addresses_are_refused),
	KUNIT_CASE(vmallocinfo_rows),
	KUNIT_CASE(vmallocinfo_list),
	KUNIT_CASE(vmallocinfo_while_areas_come_and_go),
	KUNIT_CASE(pages_are_counted),
	{},
};

static const struct kunit_suite vmalloc_suite = {
	.name = "vmalloc",
	.init = vmalloc_test_init,
	.cases = vmalloc_cases,
};
kunit_test_suite(vmalloc_suite);
