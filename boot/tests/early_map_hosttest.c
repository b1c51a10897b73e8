/* SPDX-License-Identifier: MIT */
/*
 * The first tables, as the MMU will find them when it is turned on. The borders of the image are
 * arguments of the host's linker (tests.mk), and nothing of it is read.
 */
#include <asm/pgtable.h>
#include <host.h>
#include <kernel/base/early_print.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/translation.h>
#include <tools/testing/host/libc.h>

#include "early_map_hosttest.h"

/* --- In the place of the UART --- */

static char said[1024];

void early_puts(const char *s)
{
	size_t length = strlen(said);

	host_write(s, strlen(s));
	memcpy(said + length, s, min(strlen(s), sizeof(said) - length - 1));
}

void early_put_hex(u64 value)
{
}

/* --- The image --- */

static unsigned long linked(const char *border)
{
	return KIMAGE_VADDR + (border - _text);
}

/* Each page of a part leads to its place, cached, with these permissions; by pages. */
static void expect_part(struct kunit *test, const char *start, const char *end, bool write,
			bool execute)
{
	const char *page;

	KUNIT_EXPECT_TRUE(test, start < end);
	for (page = start; page < end; page += PAGE_SIZE) {
		struct translation t = translate(linked(page));

		if (t.size == PAGE_SIZE && t.phys == (phys_addr_t)(unsigned long)page &&
		    t.memory == MEMORY_CACHED && t.write == write && t.execute == execute &&
		    !t.user && t.global)
			continue;
		KUNIT_FAIL(test, "0x%lx: a leaf of 0x%lx to 0x%llx%s%s", linked(page), t.size,
			   t.phys, t.write ? ", may be written" : "",
			   t.execute ? ", may be executed" : "");
		return;
	}
}

static void code_and_constants_are_read_only(struct kunit *test)
{
	expect_part(test, _text, _etext, false, true);
	expect_part(test, __start_rodata, __end_rodata, false, false);
	expect_part(test, __inittext_begin, __inittext_end, false, true);
}

static void data_is_never_executed(struct kunit *test)
{
	expect_part(test, __initdata_begin, __initdata_end, true, false);
	expect_part(test, _sdata, _end, true, false);
}

/* What was written with the cache off: tables and bss, the last store included. */
static void caches_forget_what_they_held(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < host_nr_events; i++)
		if (host_events[i].op == HOST_DCACHE &&
		    host_events[i].start <= (unsigned long)__bss_start &&
		    host_events[i].end >= (unsigned long)__bss_stop)
			return;
	KUNIT_FAIL(test, "bss was not invalidated: %s", host_log());
}

static void map_again(void *unused)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		forget_early_maps();
		run_early_map();
	}
}

/* Last: each attempt takes new tables, until there are none. Nothing else than that is said. */
static void too_few_tables_are_reported(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, host_panics(map_again, NULL));
	KUNIT_EXPECT_STREQ(test, host_panic_text, "halted");
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "early_map: the image needs more tables"));
}

static int boot(struct kunit *test)
{
	static bool booted;

	if (!booted)
		run_early_map();
	booted = true;
	return 0;
}

static const struct kunit_case early_map_cases[] = {
	KUNIT_CASE(code_and_constants_are_read_only),
	KUNIT_CASE(data_is_never_executed),
	KUNIT_CASE(caches_forget_what_they_held),
	KUNIT_CASE(nothing_else_is_mapped),
	KUNIT_CASE(the_switch_stays_on_its_page),
	KUNIT_CASE(too_few_tables_are_reported),
	{},
};

static const struct kunit_suite early_map_suite = {
	.name = "early_map",
	.init = boot,
	.cases = early_map_cases,
};
kunit_test_suite(early_map_suite);
