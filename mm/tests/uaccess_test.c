/* SPDX-License-Identifier: MIT */
/* Memory that may not be there, in the kernel only: user pointers and guessed addresses. */
#include <asm/mmu_context.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <mm/address_space.h>
#include <mm/uaccess.h>

#define BASE 0x100000UL

static char *const user_page = (char *)BASE;

static void kernel_addresses_are_no_users(struct kunit *test)
{
	static char secret[16] = "secret";
	char buffer[16] = "buffer";
	char __user *kernel = (char __user *)secret;

	KUNIT_EXPECT_EQ(test, copy_to_user(kernel, "overwritten", 12), 12UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, kernel, 16), 16UL);
	KUNIT_EXPECT_EQ(test, clear_user(kernel, 16), 16UL);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, kernel, 16), -EFAULT);
	KUNIT_EXPECT_STREQ(test, secret, "secret");
	KUNIT_EXPECT_STREQ(test, buffer, "buffer");
	/* Nor would they be if the check were missing: the access is the user's. */
	KUNIT_EXPECT_EQ(test, __arch_copy_to_user(kernel, "overwritten", 12), 12UL);
	KUNIT_EXPECT_EQ(test, __arch_copy_from_user(buffer, kernel, 16), 16UL);
	KUNIT_EXPECT_EQ(test, __arch_clear_user(kernel, 16), 16UL);
	KUNIT_EXPECT_STREQ(test, secret, "secret");
	KUNIT_EXPECT_STREQ(test, buffer, "buffer");
}

static void range_check(struct kunit *test)
{
	const void __user *last = (void __user *)(TASK_SIZE - 1);

	KUNIT_EXPECT_TRUE(test, access_ok(last, 1));
	KUNIT_EXPECT_FALSE(test, access_ok(last, 2));
	KUNIT_EXPECT_FALSE(test, access_ok(last, ~0UL));
	KUNIT_EXPECT_TRUE(test, access_ok((void __user *)TASK_SIZE, 0));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)TASK_SIZE, 1));
	KUNIT_EXPECT_FALSE(test, access_ok((void __user *)~0UL, 2));
}

/* Copies in an address space of one writable and one read-only page, BASE and on. */
static void use_user_memory(struct kunit *test)
{
	char __user *end = (char __user *)user_page + PAGE_SIZE, *behind = end + PAGE_SIZE;
	char buffer[16] = "";
	u32 value = 0;

	KUNIT_EXPECT_EQ(test, copy_to_user(end - 8, "12345678", 8), 0UL);
	KUNIT_EXPECT_EQ(test, copy_to_user(end - 3, "abcdefg", 8), 5UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, end - 8, 12), 0UL);
	KUNIT_EXPECT_STREQ(test, buffer, "12345abc");
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, behind - 5, 16), 11UL);
	KUNIT_EXPECT_EQ(test, clear_user(end - 6, 16), 10UL);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, end - 8, 16), 2);
	KUNIT_EXPECT_STREQ(test, buffer, "12");
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, end - 8, 1), 1);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, behind, 16), -EFAULT);
	KUNIT_EXPECT_EQ(test, put_user(0x1234567U, (u32 __user *)(end - 6)), 0);
	KUNIT_EXPECT_EQ(test, get_user(value, (u32 __user *)(end - 6)), 0);
	KUNIT_EXPECT_EQ(test, value, 0x1234567U);
	KUNIT_EXPECT_EQ(test, put_user(1U, (u32 __user *)end), -EFAULT);
	KUNIT_EXPECT_EQ(test, get_user(value, (u32 __user *)(behind - 3)), -EFAULT);
}

static void copies_stop_where_memory_does(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long flags;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, PAGE_SIZE, VM_READ | VM_WRITE, "rw"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + PAGE_SIZE, PAGE_SIZE, VM_READ, "ro"), 0);
	local_irq_save(flags);
	switch_mm(&init_mm, mm);
	use_user_memory(test);
	switch_mm(mm, &init_mm);
	local_irq_restore(flags);
	mmput(mm);
	KUNIT_EXPECT_EQ(test, clear_user((char __user *)user_page, 4), 4UL);
}

static void guesses_are_answered(struct kunit *test)
{
	u64 word = 0x1122334455667788ULL, value;
	u8 *bytes = (u8 *)&word;
	void *hole = (void *)(VMALLOC_END - PAGE_SIZE);
	unsigned int width;

	for (width = 8; width <= 64; width *= 2) {
		KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, bytes, width), 0);
		KUNIT_EXPECT_EQ(test, value, word << (64 - width) >> (64 - width));
		KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, hole, width), -EFAULT);
		KUNIT_EXPECT_EQ(test, poke_kernel_nofault(hole, 0, width), -EFAULT);
		KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, bytes + 1, width),
				width == 8 ? 0 : -EINVAL);
	}
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, bytes, 24), -EINVAL);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, NULL, 32), -EFAULT);
	KUNIT_EXPECT_EQ(test, poke_kernel_nofault(bytes + 2, 0xabcd, 16), 0);
	KUNIT_EXPECT_EQ(test, word, 0x11223344abcd7788ULL);
}

static const struct kunit_case uaccess_cases[] = {
	KUNIT_CASE(kernel_addresses_are_no_users),
	KUNIT_CASE(range_check),
	KUNIT_CASE(copies_stop_where_memory_does),
	KUNIT_CASE(guesses_are_answered),
	{},
};

static const struct kunit_suite uaccess_suite = {
	.name = "uaccess",
	.cases = uaccess_cases,
};
kunit_test_suite(uaccess_suite);
