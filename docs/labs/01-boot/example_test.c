/* SPDX-License-Identifier: MIT */
/*
 * Examples of the first steps of boot: one case for each check of the lab, named like the check.
 * They are yours to read and to extend. The grader has tests of its own.
 *
 * They run on the host only: in the kernel all this is over before a test can run. The image is a
 * list of addresses that the linker was given (tools/testing/host/tests.mk); nothing of it is read.
 */
#include <asm/handoff.h>
#include <asm/pgtable.h>
#include <asm/sysreg.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <drivers/serial/earlycon.h>
#include <host.h>
#include <kernel/base/early_print.h>
#include <kernel/base/handoff.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fixmap.h>
#include <mm/tests/translation.h>
#include <tools/testing/host/libc.h>

/* --- In the place of the UART, the fixmap and the reader of the tree --- */

static u32 some_tree[10];
const void *initial_boot_params = some_tree;

void early_puts(const char *s)
{
	host_write(s, strlen(s));
}

void early_put_hex(u64 value)
{
}

void early_print_set_base(void __iomem *base)
{
}

void register_console(struct console *con)
{
}

int proc_create_single(const char *path, void (*show)(struct seq_buf *seq))
{
	return 0;
}

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
}

/* Refuses as the real one does. */
void *fixmap_remap_fdt(phys_addr_t phys)
{
	host_note(HOST_NOTE, "window", 0, 0);
	return phys && !(phys & 7) ? some_tree : NULL;
}

bool early_init_dt_verify(const void *fdt, phys_addr_t phys)
{
	host_note(HOST_NOTE, "verify", 0, 0);
	return fdt == some_tree;
}

int setup_earlycon_stdout(void)
{
	host_note(HOST_NOTE, "console", 0, 0);
	return 0;
}

const char *early_init_dt_chosen(const char *name, int *len)
{
	return NULL;
}

const char *early_init_dt_bootargs(void)
{
	return "";
}

bool early_init_dt_initrd(phys_addr_t *start, phys_addr_t *end)
{
	return false;
}

/* --- The first tables --- */

void early_map(void);                           /* arm's returns the table as well */
extern __weak pgd_t idmap_pg_dir[PTRS_PER_PGD]; /* arm has none */

static int map_once(struct kunit *test)
{
	static bool done;

	if (!done)
		early_map();
	done = true;
	return 0;
}

static struct translation of_linked(const char *border)
{
	return translate(KIMAGE_VADDR + (border - _text));
}

static void image(struct kunit *test)
{
	struct translation t = of_linked(_text);

	KUNIT_EXPECT_EQ(test, t.phys, (phys_addr_t)(unsigned long)_text);
	KUNIT_EXPECT_TRUE(test, t.execute && !t.write);
	t = of_linked(__bss_start);
	KUNIT_EXPECT_EQ(test, t.phys, (phys_addr_t)(unsigned long)__bss_start);
	KUNIT_EXPECT_TRUE(test, t.write && !t.execute);
}

static void bounds(struct kunit *test)
{
	unsigned long pair = ALIGN_DOWN(KIMAGE_VADDR, PMD_SIZE);
	struct translation t = of_linked(_end);

	KUNIT_EXPECT_EQ(test, of_linked(_end - 1).size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, translate(pair - 1).size, 0UL);
	if (pair == KIMAGE_VADDR)
		KUNIT_EXPECT_EQ(test, t.size, 0UL);
	else
		KUNIT_EXPECT_TRUE(test, t.write && !t.execute);
}

static void switch_to_tables(struct kunit *test)
{
	const pgd_t *pgd = idmap_pg_dir ? idmap_pg_dir : swapper_pg_dir;
	struct translation t = translate_by(pgd, (unsigned long)_text);

	KUNIT_EXPECT_EQ(test, t.phys, (phys_addr_t)(unsigned long)_text);
	KUNIT_EXPECT_TRUE(test, t.execute && !t.write);
	t = translate_by(pgd, CONFIG_DEBUG_UART);
	KUNIT_EXPECT_EQ(test, t.phys, CONFIG_DEBUG_UART);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_DEVICE);
}

static void caches(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_log(), "inval"));
}

/* --- The handoff --- */

static void find(void *unused)
{
	find_device_tree();
}

static void tree(struct kunit *test)
{
	handoff.regs[HANDOFF_DTB_REG] = 0x48000000;
	host_reset();
	find_device_tree();
	KUNIT_EXPECT_STREQ(test, host_log(), "window, verify, console");
	handoff.regs[HANDOFF_DTB_REG] = 0x48000004;
	KUNIT_EXPECT_TRUE(test, host_panics(find, NULL));
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, "holds 0x48000004"));
}

static void report(struct kunit *test)
{
	const char *text;

	handoff.control = SCTLR_I;
	handoff.loaded_at = (unsigned long)_text + SZ_2M;
	print_log_start();
	handoff_show();
	text = print_log_stop();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "  switched on   I-cache\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ", moved down to 0x402"));
}

static const struct kunit_case lab1_cases[] = {
	KUNIT_CASE(caches),
	KUNIT_CASE(image),
	KUNIT_CASE(bounds),
	{ .run_case = switch_to_tables, .name = "switch" },
	KUNIT_CASE(tree),
	KUNIT_CASE(report),
	{},
};

static const struct kunit_suite lab1 = { .name = "lab1", .init = map_once, .cases = lab1_cases };
kunit_test_suite(lab1);
