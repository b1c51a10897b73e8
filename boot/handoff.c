/* SPDX-License-Identifier: MIT */
/*
 * Reports what the boot loader gave us: the registers as head.S found them, and the device tree
 * they point to. The report is one screen of the log, and stays readable in /proc/handoff. The text
 * is made once, while the machine is still as the loader left it. docs/handoff.md compares loaders.
 *
 * Without a device tree there is no console for the message that says so. That message, and all
 * before the tree is found, go to the UART whose address is compiled in.
 */
#include <asm/handoff.h>
#include <asm/memory.h>
#include <asm/sysreg.h>
#include <asm/timex.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <drivers/serial/earlycon.h>
#include <kernel/base/early_print.h>
#include <kernel/base/handoff.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fixmap.h>

static char text[3072];

static void debug_write(struct console *con, const char *s, unsigned int len)
{
	char piece[2] = { 0 };

	while (len--) {
		piece[0] = *s++;
		early_puts(piece);
	}
}

static struct console debug_console = {
	.name = "debug",
	.write = debug_write,
	.flags = CON_BOOT | CON_PRINTBUFFER,
};

void __init debug_console_init(void)
{
	set_fixmap_io(FIX_DEBUG_UART, CONFIG_DEBUG_UART);
	early_print_set_base((void __iomem *)fix_to_virt(FIX_DEBUG_UART));
	register_console(&debug_console);
}

void __init find_device_tree(void)
{
	phys_addr_t phys = handoff.regs[HANDOFF_DTB_REG];
	void *fdt = fixmap_remap_fdt(phys);

	if (!fdt)
		panic("no device tree: " HANDOFF_DTB_NAME
		      " holds 0x%llx, and a tree's address is aligned to 8 bytes and not 0. "
		      "Start the kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
	if (!early_init_dt_verify(fdt, phys))
		panic("no device tree: what " HANDOFF_DTB_NAME
		      " points to, 0x%llx, is not one. Start "
		      "the kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
	setup_earlycon_stdout();
}

/* Loaders that sign the tree. QEMU does not, nor does a loader that only jumps to the image. */
static void __init show_loader(struct seq_buf *s)
{
	int len;
	const char *version = early_init_dt_chosen("u-boot,version", &len);

	if (version)
		seq_buf_printf(s, "boot loader   U-Boot %.*s (/chosen says so)\n", len, version);
	else
		seq_buf_puts(s, "boot loader   not named in /chosen: QEMU's -kernel, or another\n");
}

/* The bits that SCTLR has in the same place at every level, and which of them are set, or clear. */
static void __init show_switches(struct seq_buf *s, const char *label, u64 control)
{
	static const struct {
		u64 bit;
		const char *name;
	} bits[] = {
		{ SCTLR_M, "MMU" },
		{ SCTLR_C, "D-cache" },
		{ SCTLR_I, "I-cache" },
		{ SCTLR_A, "alignment checks" },
	};
	const char *before = label;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		if (control & bits[i].bit) {
			seq_buf_printf(s, "%s%s", before, bits[i].name);
			before = ", ";
		}
	}
	if (before != label)
		seq_buf_putc(s, '\n');
}

static void __init show_mode(struct seq_buf *s)
{
	seq_buf_printf(s, "entered in    %s, %s 0x%llx\n", handoff_mode_name(handoff.mode),
		       handoff_control_name(handoff.mode), handoff.control);
	show_switches(s, "switched on   ", handoff.control);
	show_switches(s, "switched off  ", ~handoff.control);
}

static void __init show_registers(struct seq_buf *s)
{
	unsigned int i;

	seq_buf_puts(s, "registers    ");
	for (i = 0; i < ARRAY_SIZE(handoff.regs); i++)
		seq_buf_printf(s, " %c%u 0x%llx", HANDOFF_REG_LETTER, i, handoff.regs[i]);
	seq_buf_putc(s, '\n');
}

static void __init show_image(struct seq_buf *s)
{
	u64 now = __pa(_text), then = handoff.loaded_at;

	seq_buf_printf(s, "image         loaded at 0x%llx, ", then);
	if (now == then)
		seq_buf_puts(s, "stays there\n");
	else
		seq_buf_printf(s, "moved %s to 0x%llx\n", now < then ? "down" : "up", now);
}

static void __init show_tree(struct seq_buf *s)
{
	phys_addr_t start, end;

	seq_buf_printf(s, "device tree   0x%llx, %u bytes, from " HANDOFF_DTB_NAME "\n",
		       handoff.regs[HANDOFF_DTB_REG], fdt_totalsize(initial_boot_params));
	if (early_init_dt_initrd(&start, &end))
		seq_buf_printf(s, "initrd        0x%llx-0x%llx, %llu bytes\n", start, end - 1,
			       end - start);
	else
		seq_buf_puts(s, "initrd        none\n");
	seq_buf_printf(s, "command line  \"%s\"\n", early_init_dt_bootargs());
}

/* printk wants whole lines. */
static void __init log_lines(const char *line)
{
	int len;

	for (; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		pr_info("  %.*s\n", len, line);
	}
}

void __init handoff_show(void)
{
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	show_loader(&s);
	show_mode(&s);
	show_registers(&s);
	show_image(&s);
	seq_buf_printf(&s, "counter       %u Hz\n", get_cycles_hz());
	show_tree(&s);
	pr_info("Handoff: %s, image loaded at 0x%llx, runs at 0x%llx\n",
		handoff_mode_name(handoff.mode), handoff.loaded_at, __pa(_text));
	log_lines(text);
}

static void handoff_proc_show(struct seq_buf *seq)
{
	seq_buf_puts(seq, text);
}

static int __init handoff_proc_init(void)
{
	return proc_create_single("handoff", handoff_proc_show);
}
fs_initcall(handoff_proc_init);
