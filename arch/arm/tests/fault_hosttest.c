/* SPDX-License-Identifier: MIT */
/* arm's share of the tests of an autopsy: PAR, by the manual (DDI 0406, B4.1.112). */
#include <asm/pgtable.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/address_space.h>
#include <mm/ptwalk.h>
#include <mm/tests/fault_hosttest.h>

/* Bit 10 is 1 where the page is not outer shareable, bits 6:4 are the type: QEMU leaves them 0. */
u64 par_of_page(phys_addr_t phys)
{
	return (u32)phys & 0xfffff000;
}

/* The status has its bit 4 in bit 5, as the others in bits 4:1. */
u64 par_of_fault(unsigned int status)
{
	return status << 1 | 1;
}

u64 par_of_address(unsigned long addr)
{
	return par_of_page(addr);
}

u64 raw_entry(unsigned long addr)
{
	const u32 *table = (const u32 *)init_mm.pgd;

	table = (const u32 *)(table[addr >> 20] & ~0x3ffU);
	return table[addr >> 12 & 0xff];
}

static u64 answer_supersection(unsigned long addr)
{
	return 0x10000000 | 0x40 << 16 | 1 << 1; /* 0x4010000000 */
}

/* Bit 1: 16 MiB, with bits 39:32 of the address in bits 23:16. */
void more_than_a_page_is_decoded(struct kunit *test)
{
	struct processor_answer answer;

	host_answer = answer_supersection;
	ask_processor(&answer, 0xf0abcdef);
	KUNIT_EXPECT_NULL(test, answer.fault);
	KUNIT_EXPECT_EQ(test, answer.phys, 0x4010abcdefULL);
}

void memory_types_are_compared(struct kunit *test)
{
	kunit_skip(test, "arm's answer has no memory type");
}
