/* SPDX-License-Identifier: MIT */
/*
 * The address space allocator under random requests: each answer is compared with a plain walk over
 * the list, and after each step the tree is checked whole.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/slab.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define PAGES(n)    ((n) * PAGE_SIZE)
#define WINDOW_SIZE PAGES(2048)

/* A free part of the vmalloc range. */
static unsigned long window, window_end;

static int vmap_random_test_init(struct kunit *test)
{
	struct vm_struct *vm;

	if (list_empty(&vmap_area_list))
		vmalloc_init(); /* on the host, where nothing has */
	vm = get_vm_area_caller(WINDOW_SIZE, VM_IOREMAP | VM_NO_GUARD, NULL);
	if (!vm)
		return -ENOMEM;
	window = (unsigned long)vm->addr;
	window_end = window + WINDOW_SIZE;
	free_vm_area(vm);
	return 0;
}

#define SLOTS 48
#define STEPS 4000

static unsigned int random_below(u32 *state, unsigned int limit)
{
	*state = *state * 1664525 + 1013904223;
	return (u64)(*state >> 8) * limit >> 24;
}

/* The lowest fit in the window by a walk; among holes of min_hole and more. 0: none. */
static unsigned long model_fit(unsigned long size, unsigned long align, unsigned long min_hole)
{
	const struct vmap_area *va;
	unsigned long from = window, addr;

	list_for_each_entry(va, &vmap_area_list, list) {
		unsigned long to = min(va->va_start, window_end);

		addr = ALIGN(from, align);
		if (from < to && to - from >= min_hole && addr < to && to - addr >= size)
			return addr;
		from = max(from, va->va_end);
	}
	addr = ALIGN(from, align);
	if (from < window_end && window_end - from >= min_hole && addr < window_end &&
	    window_end - addr >= size)
		return addr;
	return 0;
}

static struct vm_struct *random_get(struct kunit *test, u32 *seed)
{
	bool is_ioremap = random_below(seed, 3) == 0;
	unsigned long pages = 1 + random_below(seed, is_ioremap ? 40 : 100);
	unsigned long align = is_ioremap ? roundup_pow_of_two(PAGES(pages)) : PAGE_SIZE;
	unsigned long size = PAGES(pages + 1);
	unsigned long lowest = model_fit(size, align, 0);
	unsigned long certain = model_fit(size, align, size + align - PAGE_SIZE);
	struct vm_struct *vm = __get_vm_area_caller(
		PAGES(pages), is_ioremap ? VM_IOREMAP : VM_ALLOC, window, window_end, NULL);
	unsigned long addr = vm ? (unsigned long)vm->addr : 0;

	/*
	 * Never below the lowest fit, never above the lowest that is certain; both are one for
	 * pages.
	 */
	if (addr ? addr < lowest || !lowest || (certain && addr > certain) || addr & (align - 1)
		 : certain != 0)
		KUNIT_FAIL(test, "0x%lx given for %lu pages; lowest 0x%lx, certain 0x%lx", addr,
			   pages, lowest, certain);
	return vm;
}

static void random_requests(struct kunit *test)
{
	struct vm_struct *slots[SLOTS] = { NULL };
	unsigned long before = fingerprint();
	u32 seed = 20, step, i;

	for (step = 0; step < STEPS && !test->failures; step++) {
		struct vm_struct **slot = &slots[random_below(&seed, SLOTS)];

		if (*slot) {
			const char *addr = (*slot)->addr;
			unsigned long inside = random_below(&seed, (*slot)->size);

			KUNIT_EXPECT_TRUE(test, find_vm_area(addr + inside) == *slot);
			KUNIT_EXPECT_TRUE(test, remove_vm_area(addr) == *slot);
			kfree(*slot);
			*slot = NULL;
		} else {
			*slot = random_get(test, &seed);
		}
		expect_sound(test);
	}
	for (i = 0; i < SLOTS; i++)
		if (slots[i])
			free_vm_area(slots[i]);
	expect_sound(test);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static const struct kunit_case vmap_random_cases[] = {
	KUNIT_CASE(random_requests),
	{},
};

static const struct kunit_suite vmap_random_suite = {
	.name = "vmap_random",
	.init = vmap_random_test_init,
	.cases = vmap_random_cases,
};
kunit_test_suite(vmap_random_suite);
