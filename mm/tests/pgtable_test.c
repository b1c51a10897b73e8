/* SPDX-License-Identifier: MIT */
/*
 * All of the kernel's half, as it stands: nothing is writable and executable, no page of RAM has a
 * device's attributes, what must not change cannot be written. In the kernel only.
 */
#include <asm/memlayout.h>
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <mm/memblock.h>
#include <mm/tests/translation.h>
#include <mm/uaccess.h>

/* Calls look() for every leaf of the kernel's half; returns how many there are. */
static unsigned long for_each_leaf(struct kunit *test,
				   void (*look)(struct kunit *test, unsigned long addr,
						const struct translation *t))
{
	unsigned long addr = KERNEL_HALF_START, leaves = 0, next;

	for (; addr >= KERNEL_HALF_START; addr = next) {
		struct translation t = translate(addr);
		unsigned long step = t.size ?: t.hole;

		next = (addr & ~(step - 1)) + step;
		if (t.size) {
			look(test, addr, &t);
			leaves++;
		}
	}
	return leaves;
}

static void look_at_rights(struct kunit *test, unsigned long addr, const struct translation *t)
{
	if (t->write && t->execute)
		KUNIT_FAIL(test, "0x%lx is writable and executable", addr);
	if (t->user || !t->global)
		KUNIT_FAIL(test, "0x%lx is the user's, or not global", addr);
}

static void look_at_memory(struct kunit *test, unsigned long addr, const struct translation *t)
{
	phys_addr_t base = t->phys & ~(phys_addr_t)(t->size - 1), pos;

	for (pos = 0; pos < t->size; pos += PAGE_SIZE) {
		bool ram = memblock_is_map_memory(base + pos);

		if (ram == (t->memory == MEMORY_CACHED))
			continue;
		KUNIT_FAIL(test, "0x%lx leads to 0x%llx, %s, with memory type %d", addr, base + pos,
			   ram ? "RAM" : "not RAM", t->memory);
		return;
	}
}

static void nothing_is_writable_and_executable(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, for_each_leaf(test, look_at_rights) > 16);
}

static void ram_is_cached_and_devices_are_not(struct kunit *test)
{
	for_each_leaf(test, look_at_memory);
}

/* Every page of the image has the rights of its section, and the linear map has no more. */
static void expect_section(struct kunit *test, const char *start, const char *end, bool write,
			   bool execute)
{
	unsigned long addr;

	for (addr = (unsigned long)start; addr < (unsigned long)end; addr += PAGE_SIZE) {
		struct translation t = translate(addr);
		struct translation alias = translate((unsigned long)__va(__pa(addr)));

		if (t.write != write || t.execute != execute || alias.write > write ||
		    alias.execute > execute || t.phys != __pa(addr) || alias.phys != t.phys) {
			KUNIT_FAIL(test, "0x%lx has the wrong rights, or its alias has", addr);
			return;
		}
	}
}

static void image_has_its_rights(struct kunit *test)
{
	expect_section(test, _text, _etext, false, true);
	expect_section(test, __start_rodata, __end_rodata, false, false);
	expect_section(test, _sdata, _end, true, false);
}

static void code_and_constants_cannot_be_written(struct kunit *test)
{
	static const u32 constant = 7;
	static u32 variable = 7;
	u64 value;

	KUNIT_EXPECT_EQ(test, poke_kernel_nofault((void *)&constant, 8, 32), -EFAULT);
	KUNIT_EXPECT_EQ(test, constant, 7);
	KUNIT_EXPECT_EQ(test, poke_kernel_nofault(_text, 0, 32), -EFAULT);
	KUNIT_EXPECT_EQ(test, poke_kernel_nofault(__va(__pa(&constant)), 8, 32), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, _text, 32), 0);
	KUNIT_EXPECT_EQ(test, poke_kernel_nofault(&variable, 8, 32), 0);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(variable) == 8);
}

static const struct kunit_case pgtable_cases[] = {
	KUNIT_CASE(nothing_is_writable_and_executable),
	KUNIT_CASE(ram_is_cached_and_devices_are_not),
	KUNIT_CASE(image_has_its_rights),
	KUNIT_CASE(code_and_constants_cannot_be_written),
	{},
};

static const struct kunit_suite pgtable_suite = {
	.name = "pgtable",
	.cases = pgtable_cases,
};
kunit_test_suite(pgtable_suite);
