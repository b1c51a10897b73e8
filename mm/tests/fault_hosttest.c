/* SPDX-License-Identifier: MIT */
/*
 * An autopsy: what the tables say of an address, what the processor answers, and whether both
 * agree. The tables are real, the processor is made up (host.h), so that it can contradict them.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/page.h>
#include <mm/ptwalk.h>
#include <mm/regions.h>
#include <mm/tests/fault_hosttest.h>
#include <mm/tests/translation.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define PHYS 0x09030000UL

/* --- In the place of the linker and of an architecture --- */

char _text[1], _end[1], __init_begin[1], __init_end[1];
bool oops_in_progress;

struct region regions[] = { {} };

/* --- The processor's answer --- */

static u64 par;

static u64 answer_par(unsigned long addr)
{
	return par;
}

static struct processor_answer ask(u64 register_value)
{
	struct processor_answer answer = { .fault = "old", .phys = 1, .memory = "old" };

	par = register_value;
	host_answer = answer_par;
	ask_processor(&answer, PHYS + 0xabc);
	return answer;
}

static void fault_has_a_name_and_nothing_else(struct kunit *test)
{
	struct processor_answer answer = ask(par_of_fault(0x07));

	KUNIT_ASSERT_NOT_NULL(test, answer.fault);
	KUNIT_EXPECT_EQ(test, strncmp(answer.fault, "translation fault", 17), 0);
	KUNIT_EXPECT_EQ(test, answer.phys, 0ULL);
	KUNIT_EXPECT_NULL(test, answer.memory);
	answer = ask(par_of_fault(0x0d));
	KUNIT_ASSERT_NOT_NULL(test, answer.fault);
	KUNIT_EXPECT_STREQ(test, answer.fault, "permission fault, level 1");
}

static void page_keeps_its_offset(struct kunit *test)
{
	struct processor_answer answer = ask(par_of_page(0xfffff000));

	KUNIT_EXPECT_NULL(test, answer.fault);
	KUNIT_EXPECT_EQ(test, answer.phys, 0xfffffabcULL);
}

/* An interrupt would ask, too: there is one register. */
static void answer_is_to_this_question(struct kunit *test)
{
	struct processor_answer answer;

	host_reset();
	host_irqs_off = 0;
	host_answer = par_of_address;
	ask_processor(&answer, PHYS + 0x123);
	KUNIT_EXPECT_EQ(test, answer.phys, PHYS + 0x123ULL);
	KUNIT_EXPECT_STREQ(test, host_log(), "ask, isb");
	KUNIT_EXPECT_EQ(test, host_irqs_off, 0UL);
	host_irqs_off = 1; /* those of a caller that had them off stay off */
	ask_processor(&answer, PHYS);
	KUNIT_EXPECT_EQ(test, host_irqs_off, 1UL);
	host_irqs_off = 0;
}

/* --- The path --- */

static unsigned long map_one_page(void)
{
	static unsigned long addr;

	if (!addr) {
		addr = ALIGN(VMALLOC_START + SZ_64M, PMD_SIZE) + 5 * PAGE_SIZE;
		ioremap_page_range(addr, addr + PAGE_SIZE, PHYS, FIXMAP_PAGE_IO);
	}
	return addr;
}

static const char *path_to(unsigned long addr)
{
	static char text[2048];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	ptwalk_show(&s, &init_mm, addr, false);
	return text;
}

static void expect_words(struct kunit *test, const char *text, const char *words)
{
	if (!strstr(text, words))
		KUNIT_FAIL(test, "\"%s\" is not in:\n%s", words, text);
}

/* The address with its offset, by the leaf; and the leaf's row, which has its own words. */
static void path_leads_to_the_byte(struct kunit *test)
{
	unsigned long addr = map_one_page();
	char row[64];
	const char *text;

	host_answer = par_of_address;
	text = path_to(addr + 0x2c);
	snprintf(row, sizeof(row), "physical   0x%016lx\n", PHYS + 0x2c);
	expect_words(test, text, row);
	snprintf(row, sizeof(row), "  %5lu  0x%0*lx", 5UL, (int)(2 * sizeof(pteval_t)),
		 (unsigned long)raw_entry(addr));
	expect_words(test, text, row);
	expect_words(test, text, " DEV");
}

/* Nothing in the last table; and a level above it, in an address space that nobody used. */
static void path_ends_where_nothing_is(struct kunit *test)
{
	unsigned long addr = map_one_page() + PAGE_SIZE;
	const char *text;

	par = par_of_fault(0x07);
	host_answer = answer_par;
	text = path_to(addr);
	expect_words(test, text, "\npte ");
	expect_words(test, text, " nothing\n");
	KUNIT_EXPECT_NULL(test, strstr(text, "physical"));
	text = path_to(addr + PGDIR_SIZE);
	KUNIT_EXPECT_NULL(test, strstr(text, "\npte "));
	expect_words(test, text, " nothing\n");
}

/* --- The verdict --- */

static void verdict(struct kunit *test, unsigned long addr, u64 answer, const char *words)
{
	par = answer;
	host_answer = answer_par;
	expect_words(test, path_to(addr), words);
}

static void tables_and_processor_are_compared(struct kunit *test)
{
	unsigned long addr = map_one_page();

	verdict(test, addr, par_of_page(PHYS), ": agree\n");
	verdict(test, addr + PAGE_SIZE, par_of_fault(0x07), ": agree\n");
	verdict(test, addr, par_of_fault(0x07), ": differs, the tables map it\n");
	verdict(test, addr + PAGE_SIZE, par_of_page(PHYS), ": differs, the tables map nothing\n");
	verdict(test, addr + 0x18, par_of_page(PHYS + PAGE_SIZE),
		": differs, the tables lead to 0x0000000009030018\n");
}

static const struct kunit_case fault_cases[] = {
	KUNIT_CASE(fault_has_a_name_and_nothing_else),
	KUNIT_CASE(page_keeps_its_offset),
	KUNIT_CASE(answer_is_to_this_question),
	KUNIT_CASE(more_than_a_page_is_decoded),
	KUNIT_CASE(path_leads_to_the_byte),
	KUNIT_CASE(path_ends_where_nothing_is),
	KUNIT_CASE(tables_and_processor_are_compared),
	KUNIT_CASE(memory_types_are_compared),
	{},
};

static const struct kunit_suite fault_suite = {
	.name = "fault",
	.cases = fault_cases,
};
kunit_test_suite(fault_suite);
