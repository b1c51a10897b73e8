/* SPDX-License-Identifier: MIT */
/*
 * Owners of addresses, to the byte at both ends of a range, and while the areas' lock is held. The
 * parts of the image are describe_test.c's matter: on the host there is no such image.
 */
#include <asm/memlayout.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/describe.h>
#include <mm/fixmap.h>
#include <mm/page.h>
#include <mm/regions.h>
#include <mm/vmalloc.h>

/* --- In the place of the linker and of an architecture --- */

char _text[1], _etext[1], __start_rodata[1], __end_rodata[1], __init_begin[1], __init_end[1];
char _sdata[1], _edata[1], __bss_start[1], __bss_stop[1], _end[1];

bool oops_in_progress;

#define WINDOW     (VMALLOC_START - SZ_1M) /* inside module space */
#define LOWMEM_END (PAGE_OFFSET + SZ_256M)

enum { FIXMAP, VMALLOC, MODULES, MODULE_WINDOW, LOWMEM, OTHERS };

struct region regions[] = {
	[FIXMAP] = REGION(FIXADDR_TOT_START, FIXADDR_TOP + PAGE_SIZE, "fixmap", "a fixmap slot"),
	[VMALLOC] = REGION(VMALLOC_START, VMALLOC_END, "vmalloc",
			   "vmalloc space, where nothing is mapped"),
	[MODULES] = REGION(MODULES_VADDR, MODULES_END, "modules", "module space"),
	[MODULE_WINDOW] = REGION(WINDOW, WINDOW + PAGE_SIZE, NULL, "a window"),
	[LOWMEM] = REGION(PAGE_OFFSET, LOWMEM_END, "lowmem", "lowmem"),
	[OTHERS] = REGIONS_OF_EVERY_ARCHITECTURE,
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

static int describe_host_init(struct kunit *test)
{
	static bool booted;

	if (!booted)
		vmalloc_init();
	booted = true;
	return 0;
}

/* --- Ranges --- */

static void expect_range(struct kunit *test, unsigned long start, unsigned long end,
			 const char *name)
{
	KUNIT_EXPECT_STREQ(test, describe(start), name);
	KUNIT_EXPECT_STREQ(test, describe(end - 1), name);
	KUNIT_EXPECT_NE(test, strcmp(describe(start - 1), name), 0);
	KUNIT_EXPECT_NE(test, strcmp(describe(end), name), 0);
}

static void ranges_end_where_they_end(struct kunit *test)
{
	expect_range(test, 0, PAGE_SIZE, "the first page: a NULL pointer");
	expect_range(test, PAGE_SIZE, TASK_SIZE, "user space");
	expect_range(test, PAGE_OFFSET, LOWMEM_END, "lowmem");
	expect_range(test, FIXADDR_TOT_START, FIXADDR_TOP + PAGE_SIZE, "a fixmap slot");
	expect_range(test, WINDOW, WINDOW + PAGE_SIZE, "a window");
	expect_range(test, VMALLOC_START, VMALLOC_END, "vmalloc space, where nothing is mapped");
	KUNIT_EXPECT_STREQ(test, describe(~0UL), "nothing");
}

/* --- Areas --- */

static void guard_page_begins_behind_the_last_byte(struct kunit *test)
{
	struct vm_struct *area = get_vm_area_caller(2 * PAGE_SIZE, VM_IOREMAP, describe);
	unsigned long addr, end;
	char range[96];

	KUNIT_ASSERT_NOT_NULL(test, area);
	area->phys_addr = 0x4010000000ULL;
	addr = (unsigned long)area->addr;
	end = addr + 2 * PAGE_SIZE;
	snprintf(range, sizeof(range), "0x%lx-0x%lx %pS, physical 0x4010001fff", addr,
		 end + PAGE_SIZE, describe);
	KUNIT_EXPECT_STREQ(test, describe(end - 1), range);
	snprintf(range, sizeof(range), "the guard page of 0x%lx-0x%lx %pS", addr, end + PAGE_SIZE,
		 describe);
	KUNIT_EXPECT_STREQ(test, describe(end), range);
	KUNIT_EXPECT_STREQ(test, describe(end + PAGE_SIZE - 1), range);
	area->phys_addr = 0; /* not known, so it is left out */
	KUNIT_EXPECT_NULL(test, strstr(describe(addr), "physical"));
	free_vm_area(area);
}

/*
 * A fault may have interrupted code that holds the lock. Its report does not wait for it, and says
 * what can be said without the areas. On the host, waiting would be a trap.
 */
static void a_fault_report_does_not_wait(struct kunit *test)
{
	struct vm_struct *area = get_vm_area_caller(PAGE_SIZE, VM_IOREMAP, describe);
	unsigned long addr;

	KUNIT_ASSERT_NOT_NULL(test, area);
	addr = (unsigned long)area->addr;
	oops_in_progress = true;
	KUNIT_EXPECT_EQ(test, strncmp(describe(addr), "0x", 2), 0);
	spin_lock(&vmap_area_lock);
	KUNIT_EXPECT_STREQ(test, describe(addr), "vmalloc space, where nothing is mapped");
	spin_unlock(&vmap_area_lock);
	oops_in_progress = false;
	free_vm_area(area);
}

static const struct kunit_case describe_host_cases[] = {
	KUNIT_CASE(ranges_end_where_they_end),
	KUNIT_CASE(guard_page_begins_behind_the_last_byte),
	KUNIT_CASE(a_fault_report_does_not_wait),
	{},
};

static const struct kunit_suite describe_host_suite = {
	.name = "describe_host",
	.init = describe_host_init,
	.cases = describe_host_cases,
};
kunit_test_suite(describe_host_suite);
