/* SPDX-License-Identifier: MIT */
/*
 * Examples of an autopsy: one case for each check of the lab, named like the check. They are yours
 * to read and to extend. The grader has tests of its own, with other addresses.
 *
 * They run on the host only, where the processor is made up and can be made to say anything. In the
 * kernel, `selftest=describe*` asks for the owners of real addresses.
 */
#include <asm/pgtable.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/describe.h>
#include <mm/ptwalk.h>
#include <mm/regions.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define DEVICE 0x09030000UL

/* --- In the place of the linker and of an architecture --- */

char _text[1], _end[1], __init_begin[1], __init_end[1];
bool oops_in_progress;

struct region regions[] = {
	REGION(PAGE_OFFSET, PAGE_OFFSET + SZ_256M, "lowmem", "lowmem"),
	REGION(PAGE_OFFSET + SZ_1M, PAGE_OFFSET + SZ_2M, NULL, "a part of lowmem"),
	{},
};

static const char *describe(unsigned long addr)
{
	static char text[160];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	describe_address(&s, addr);
	return text;
}

static int start(struct kunit *test)
{
	static bool vmalloc_runs;

	if (!vmalloc_runs)
		vmalloc_init();
	vmalloc_runs = true;
	return 0;
}

/* --- The owner of an address --- */

static void owner(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, describe(PAGE_OFFSET), "lowmem");
	KUNIT_EXPECT_STREQ(test, describe(PAGE_OFFSET + SZ_1M), "a part of lowmem");
	KUNIT_EXPECT_STREQ(test, describe(PAGE_OFFSET + SZ_2M), "lowmem");
	KUNIT_EXPECT_STREQ(test, describe(PAGE_OFFSET + SZ_256M), "nothing");
}

static void guard(struct kunit *test)
{
	struct vm_struct *area = get_vm_area_caller(PAGE_SIZE, VM_IOREMAP, describe);
	unsigned long addr;

	KUNIT_ASSERT_NOT_NULL(test, area);
	area->phys_addr = DEVICE;
	addr = (unsigned long)area->addr;
	KUNIT_EXPECT_NOT_NULL(test, strstr(describe(addr + 0x18), ", physical 0x9030018"));
	KUNIT_EXPECT_EQ(test, strncmp(describe(addr + PAGE_SIZE), "the guard page of 0x", 20), 0);
	free_vm_area(area);
}

/* On the host, a second spin_lock() is a panic. */
static void lock(struct kunit *test)
{
	struct vm_struct *area = get_vm_area_caller(PAGE_SIZE, VM_IOREMAP, describe);

	KUNIT_ASSERT_NOT_NULL(test, area);
	oops_in_progress = true;
	KUNIT_EXPECT_EQ(test, strncmp(describe((unsigned long)area->addr), "0x", 2), 0);
	spin_lock(&vmap_area_lock);
	KUNIT_EXPECT_STREQ(test, describe((unsigned long)area->addr), "nothing");
	spin_unlock(&vmap_area_lock);
	oops_in_progress = false;
	free_vm_area(area);
}

/* --- What the processor says --- */

static u64 par;

static u64 answer_par(unsigned long addr)
{
	return par;
}

/* The value of PAR for a page that FIXMAP_PAGE_IO maps, and for a fault. */
static u64 par_of_page(phys_addr_t phys)
{
	return (sizeof(pteval_t) == 8 ? 0x04ULL << 56 : 0) | phys;
}

static u64 par_of_fault(unsigned int status)
{
	return status << 1 | 1;
}

static void answer(struct kunit *test)
{
	struct processor_answer answer;

	host_answer = answer_par;
	par = par_of_page(DEVICE);
	ask_processor(&answer, 0x123);
	KUNIT_EXPECT_NULL(test, answer.fault);
	KUNIT_EXPECT_EQ(test, answer.phys, DEVICE + 0x123ULL);
	par = par_of_fault(0x07);
	ask_processor(&answer, 0x123);
	KUNIT_EXPECT_STREQ(test, answer.fault ?: "",
			   sizeof(pteval_t) == 8 ? "translation fault, level 3"
						 : "translation fault, level 2");
}

/* --- What the tables say --- */

static const char *path_to(unsigned long addr)
{
	static char text[2048];
	struct seq_buf s;

	host_answer = answer_par;
	seq_buf_init(&s, text, sizeof(text));
	ptwalk_show(&s, &init_mm, addr, false);
	return text;
}

static unsigned long map_device(void)
{
	static unsigned long addr;

	if (!addr) {
		addr = ALIGN(VMALLOC_START + SZ_64M, PMD_SIZE);
		ioremap_page_range(addr, addr + PAGE_SIZE, DEVICE, FIXMAP_PAGE_IO);
	}
	return addr;
}

static void path(struct kunit *test)
{
	par = par_of_page(DEVICE);
	KUNIT_EXPECT_NOT_NULL(test, strstr(path_to(map_device() + 0x2c), "903002c\n"));
}

static void verdict(struct kunit *test)
{
	unsigned long addr = map_device();

	par = par_of_page(DEVICE);
	KUNIT_EXPECT_NOT_NULL(test, strstr(path_to(addr), ": agree\n"));
	par = par_of_fault(0x07);
	KUNIT_EXPECT_NOT_NULL(test, strstr(path_to(addr), ": differs, the tables map it\n"));
}

static const struct kunit_case lab11_cases[] = {
	KUNIT_CASE(owner),
	KUNIT_CASE(guard),
	KUNIT_CASE(lock),
	KUNIT_CASE(answer),
	KUNIT_CASE(path),
	KUNIT_CASE(verdict),
	{},
};

static const struct kunit_suite lab11 = { .name = "lab11", .init = start, .cases = lab11_cases };
kunit_test_suite(lab11);
