/* SPDX-License-Identifier: MIT */
/*
 * What boot makes of the registers it was entered with: the report, and the device tree. The
 * fixmap and the reader of the tree are made up, so that each can refuse.
 */
#include <asm/handoff.h>
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
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/fixmap.h>

/* --- In the place of the fixmap, the reader of the tree, and what prints --- */

static u32 tree[10]; /* only its size is read, the second word */
const void *initial_boot_params = tree;
static bool window_opens, tree_is_sound;

void *fixmap_remap_fdt(phys_addr_t phys)
{
	host_note(HOST_NOTE, "window", (unsigned long)phys, (unsigned long)phys);
	return window_opens ? tree : NULL;
}

bool early_init_dt_verify(const void *fdt, phys_addr_t phys)
{
	host_note(HOST_NOTE, fdt == tree ? "verify" : "verify what?", (unsigned long)phys,
		  (unsigned long)phys);
	return tree_is_sound;
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

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
}

void register_console(struct console *con)
{
}

void early_print_set_base(void __iomem *base)
{
}

int proc_create_single(const char *path, void (*show)(struct seq_buf *seq))
{
	return 0;
}

/* --- The device tree --- */

#define TREE_PHYS 0x48000000ULL

static void find(void *unused)
{
	find_device_tree();
}

/* Each register holds something else, so that the wrong one is seen. */
static void set_registers(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(handoff.regs); i++)
		handoff.regs[i] = 0x1000 + i;
	handoff.regs[HANDOFF_DTB_REG] = TREE_PHYS;
}

static void tree_is_mapped_checked_and_asked(struct kunit *test)
{
	unsigned int i;

	set_registers();
	window_opens = tree_is_sound = true;
	host_reset();
	find_device_tree();
	KUNIT_EXPECT_STREQ(test, host_log(), "window, verify, console");
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_EQ(test, host_events[i].start, (unsigned long)TREE_PHYS);
}

static void expect_refusal(struct kunit *test, const char *log, const char *words)
{
	char wanted[64];

	host_reset();
	KUNIT_EXPECT_TRUE(test, host_panics(find, NULL));
	KUNIT_EXPECT_STREQ(test, host_log(), log);
	if (!strstr(host_panic_text, words))
		KUNIT_FAIL(test, "\"%s\" is not in: %s", words, host_panic_text);
	snprintf(wanted, sizeof(wanted), "no device tree: ");
	KUNIT_EXPECT_EQ(test, strncmp(host_panic_text, wanted, strlen(wanted)), 0);
	snprintf(wanted, sizeof(wanted), "0x%llx", handoff.regs[HANDOFF_DTB_REG]);
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, wanted));
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, HANDOFF_DTB_NAME));
}

/* The two refusals are two messages, and neither goes on to the console of a tree. */
static void what_is_no_tree_is_refused(struct kunit *test)
{
	set_registers();
	handoff.regs[HANDOFF_DTB_REG] = TREE_PHYS + 4;
	window_opens = false;
	expect_refusal(test, "window", "holds");
	set_registers();
	window_opens = true;
	tree_is_sound = false;
	expect_refusal(test, "window, verify", "points to");
}

/* --- The report --- */

static const char *report(void)
{
	print_log_start();
	handoff_show();
	return print_log_stop();
}

static void expect_line(struct kunit *test, const char *text, const char *line)
{
	char wanted[128];

	snprintf(wanted, sizeof(wanted), "  %s\n", line);
	if (!strstr(text, wanted))
		KUNIT_FAIL(test, "no line \"%s\" in:\n%s", line, text);
}

static void switches_are_named(struct kunit *test)
{
	static const struct {
		u64 control;
		const char *on, *off;
	} rows[] = {
		{ 0xc50838, NULL, "MMU, D-cache, I-cache, alignment checks" },
		{ 0xc50838 | 1 << 12, "I-cache", "MMU, D-cache, alignment checks" },
		{ 0xc5183d, "MMU, D-cache, I-cache", "alignment checks" },
		{ 1 << 1, "alignment checks", "MMU, D-cache, I-cache" },
		{ ~0ULL, "MMU, D-cache, I-cache, alignment checks", NULL },
	};
	char line[96];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *text;

		handoff.control = rows[i].control;
		text = report();
		snprintf(line, sizeof(line), "switched on   %s", rows[i].on ?: "");
		if (rows[i].on)
			expect_line(test, text, line);
		else
			KUNIT_EXPECT_NULL(test, strstr(text, "switched on"));
		snprintf(line, sizeof(line), "switched off  %s", rows[i].off ?: "");
		if (rows[i].off)
			expect_line(test, text, line);
		else
			KUNIT_EXPECT_NULL(test, strstr(text, "switched off"));
	}
}

static void way_of_the_image_is_told(struct kunit *test)
{
	unsigned long text = (unsigned long)_text;
	char line[96];

	handoff.loaded_at = text;
	snprintf(line, sizeof(line), "image         loaded at 0x%lx, stays there", text);
	expect_line(test, report(), line);
	handoff.loaded_at = text - SZ_2M;
	snprintf(line, sizeof(line), "image         loaded at 0x%lx, moved up to 0x%lx",
		 text - SZ_2M, text);
	expect_line(test, report(), line);
	handoff.loaded_at = text + SZ_64M;
	snprintf(line, sizeof(line), "image         loaded at 0x%lx, moved down to 0x%lx",
		 text + SZ_64M, text);
	expect_line(test, report(), line);
}

static void registers_are_listed(struct kunit *test)
{
	char line[96];

	set_registers();
	snprintf(line, sizeof(line), "registers     %c0 0x%llx %c1 0x%llx %c2 0x%llx %c3 0x%llx",
		 HANDOFF_REG_LETTER, handoff.regs[0], HANDOFF_REG_LETTER, handoff.regs[1],
		 HANDOFF_REG_LETTER, handoff.regs[2], HANDOFF_REG_LETTER, handoff.regs[3]);
	expect_line(test, report(), line);
}

static const struct kunit_case handoff_cases[] = {
	KUNIT_CASE(tree_is_mapped_checked_and_asked),
	KUNIT_CASE(what_is_no_tree_is_refused),
	KUNIT_CASE(switches_are_named),
	KUNIT_CASE(way_of_the_image_is_told),
	KUNIT_CASE(registers_are_listed),
	{},
};

static const struct kunit_suite handoff_suite = {
	.name = "handoff",
	.cases = handoff_cases,
};
kunit_test_suite(handoff_suite);
