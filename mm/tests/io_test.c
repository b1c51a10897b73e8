/* SPDX-License-Identifier: MIT */
/*
 * The accessors of asm/io.h, each in a function of its own, on a piece of memory: is an access as
 * wide as its name says? In the kernel only. No machine here shows that a barrier is missing, so
 * tools/testing/test_barriers.py takes the same functions apart.
 */
#include <asm/io.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define ACCESSES(suffix, type)                                                          \
	static noinline u64 access_read##suffix(const volatile void __iomem *addr)      \
	{                                                                               \
		return read##suffix(addr);                                              \
	}                                                                               \
	static noinline void access_write##suffix(u64 val, volatile void __iomem *addr) \
	{                                                                               \
		write##suffix((type)val, addr);                                         \
	}

ACCESSES(b, u8)
ACCESSES(w, u16)
ACCESSES(l, u32)
ACCESSES(q, u64)
ACCESSES(b_relaxed, u8)
ACCESSES(w_relaxed, u16)
ACCESSES(l_relaxed, u32)
ACCESSES(q_relaxed, u64)

static const struct {
	u64 (*read)(const volatile void __iomem *addr);
	void (*write)(u64 val, volatile void __iomem *addr);
	unsigned int bytes;
} rows[] = {
	{ access_readb, access_writeb, 1 },
	{ access_readw, access_writew, 2 },
	{ access_readl, access_writel, 4 },
	{ access_readq, access_writeq, 8 },
	{ access_readb_relaxed, access_writeb_relaxed, 1 },
	{ access_readw_relaxed, access_writew_relaxed, 2 },
	{ access_readl_relaxed, access_writel_relaxed, 4 },
	{ access_readq_relaxed, access_writeq_relaxed, 8 },
};

#define VALUE 0x8877665544332211ULL

/* The register in the middle changes, and its neighbours do not. */
static void access_has_its_width(struct kunit *test)
{
	u8 area[24] __aligned(8), wanted[24];
	void __iomem *middle = (void __iomem *)&area[8];
	const u64 value = VALUE;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		memset(area, 0xa5, sizeof(area));
		memcpy(wanted, area, sizeof(area));
		memcpy(&wanted[8], &value, rows[i].bytes);
		rows[i].write(VALUE, middle);
		KUNIT_EXPECT_EQ(test, memcmp(area, wanted, sizeof(area)), 0);
		KUNIT_EXPECT_EQ(test, rows[i].read(middle),
				VALUE & GENMASK_ULL(8 * rows[i].bytes - 1, 0));
		rows[i].write(0, middle);
		KUNIT_EXPECT_EQ(test, rows[i].read(middle), 0ULL);
	}
}

static const struct kunit_case io_cases[] = {
	KUNIT_CASE(access_has_its_width),
	{},
};

static const struct kunit_suite io_suite = {
	.name = "io",
	.cases = io_cases,
};
kunit_test_suite(io_suite);
