/* SPDX-License-Identifier: MIT */
/*
 * The flattened tree during boot, before anything can be allocated: it fills memblock, and names
 * the command line, the initrd and the console.
 *
 * The tree comes from outside. early_init_dt_verify() has checked its structure; what a value means
 * is checked here, and a node that makes no sense is reported and skipped.
 *
 * Linux counterpart: drivers/of/fdt.c, of_reserved_mem.c
 */

#define pr_fmt(fmt) "OF: fdt: " fmt

#include <asm/memlayout.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/memblock.h>

const void *initial_boot_params;
static phys_addr_t fdt_phys;
static bool fdt_is_in_memory;
static int chosen_node, stdout_node; /* offsets; negative: none */

static const char *__init node_name(int node)
{
	return fdt_get_name(initial_boot_params, node, NULL);
}

/* A node's property as text, *len its bytes without a NUL; the last one need not be a NUL. */
static const char *__init flat_text(int node, const char *name, int *len)
{
	const char *value = fdt_getprop(initial_boot_params, node, name, len);

	if (value)
		*len = strnlen(value, *len);
	return value;
}

const char *__init early_init_dt_chosen(const char *name, int *len)
{
	return flat_text(chosen_node, name, len);
}

static bool __init is_available_device(int node)
{
	struct of_flat_place at;

	return node > 0 && of_flat_dt_goto(&at, node) && of_flat_dt_is_available(&at);
}

/* The node that a path or an alias leads to; options may follow it behind a ':'. */
static int __init find_stdout(void)
{
	static const char *const names[] __initconst = { "stdout-path", "linux,stdout-path" };
	int i, len, node;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const char *path = early_init_dt_chosen(names[i], &len), *colon;

		if (!path || !len)
			continue;
		colon = memchr(path, ':', len);
		node = fdt_path_offset_namelen(initial_boot_params, path,
					       colon ? colon - path : len);
		if (is_available_device(node))
			return node;
		pr_err("%s \"%.*s\" leads to no node that is available\n", names[i], len, path);
	}
	node = fdt_path_offset(initial_boot_params, "serial0");
	return is_available_device(node) ? node : -FDT_ERR_NOTFOUND;
}

int __init early_init_dt_stdout(void)
{
	return stdout_node;
}

bool __init early_init_dt_verify(const void *fdt, phys_addr_t phys)
{
	int err = fdt_check_full(fdt, MAX_FDT_SIZE);

	if (err) {
		pr_err("no usable device tree at %pa: %s\n", &phys, fdt_strerror(err));
		if (err == -FDT_ERR_TRUNCATED && fdt_totalsize(fdt) > MAX_FDT_SIZE)
			pr_err("its size is 0x%x, more than the %d MiB that are mapped: repack it "
			       "with dtc\n",
			       fdt_totalsize(fdt), MAX_FDT_SIZE / SZ_1M);
		return false;
	}
	initial_boot_params = fdt;
	fdt_phys = phys;
	chosen_node = fdt_path_offset(fdt, "/chosen");
	stdout_node = find_stdout();
	return true;
}

bool __init of_flat_dt_is_compatible(int node, const char *compatible)
{
	int len;
	const char *list = fdt_getprop(initial_boot_params, node, "compatible", &len);

	return list && fdt_stringlist_index(list, len, compatible) >= 0;
}

/*
 * Calls use(base, size) for each row of node's reg, whose parent is bus. Rows that are empty say
 * nothing, and rows that wrap or are cut off are nonsense.
 */
static void __init for_each_reg(int node, const struct of_bus *bus,
				void (*use)(phys_addr_t, phys_addr_t))
{
	int len, row_bytes = (bus->addr_cells + bus->size_cells) * (int)sizeof(__be32);
	const __be32 *reg = fdt_getprop(initial_boot_params, node, "reg", &len);

	if (!reg || !of_bus_is_sound(bus))
		return;
	if (!row_bytes || len % row_bytes) {
		pr_err("%s: reg is not a list of ranges, node ignored\n", node_name(node));
		return;
	}
	for (; len > 0; len -= row_bytes) {
		u64 base = of_read_number(reg, bus->addr_cells);
		u64 size = of_read_number(reg + bus->addr_cells, bus->size_cells);

		reg += bus->addr_cells + bus->size_cells;
		if (base + size < base)
			pr_err("%s: range 0x%llx + 0x%llx wraps, ignored\n", node_name(node), base,
			       size);
		else if (size)
			use(base, size);
	}
}

/*
 * The lists cannot grow yet, so that a full one is a panic inside memblock, and no call fails: a
 * failure would be our own mistake, and to go on would hand out memory that is in use.
 */
static void __init reserve(phys_addr_t base, phys_addr_t size)
{
	BUG_ON(memblock_reserve(base, size));
}

/* Memory counts in whole pages. */
static void __init add_memory(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t start = round_up(base, PAGE_SIZE), end = round_down(base + size, PAGE_SIZE);

	if (base <= start && start < end)
		BUG_ON(memblock_add(start, end - start));
}

/*
 * The pages that a no-map region touches get no mapping; unless something of ours is there, which
 * has to be read: then they are only reserved.
 */
static void __init reserve_nomap(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t start = round_down(base, PAGE_SIZE), end = round_up(base + size, PAGE_SIZE);

	if (memblock_is_region_reserved(start, end - start)) {
		pr_err("no-map region 0x%llx-0x%llx is in use, mapped all the same\n", base,
		       base + size - 1);
		reserve(base, size);
	} else {
		BUG_ON(memblock_mark_nomap(start, end - start));
	}
}

static void __init scan_memory(void)
{
	struct of_bus root;
	int node, depth = 0;

	of_flat_dt_bus(0, &root);
	for (node = fdt_next_node(initial_boot_params, 0, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth)) {
		const char *type;
		int len;

		if (depth > 1)
			continue;
		type = flat_text(node, "device_type", &len);
		if (type && !fdt_stringlist_index(type, len, "memory") && of_flat_dt_is_okay(node))
			for_each_reg(node, &root, add_memory);
	}
}

static void __init scan_reserved_memory(void)
{
	int top = fdt_path_offset(initial_boot_params, "/reserved-memory");
	struct of_bus bus;
	int node, depth = 0;

	if (top < 0)
		return;
	of_flat_dt_bus(top, &bus);
	for (node = fdt_next_node(initial_boot_params, top, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth)) {
		bool no_map = fdt_getprop(initial_boot_params, node, "no-map", NULL);

		if (depth == 1 && of_flat_dt_is_okay(node))
			for_each_reg(node, &bus, no_map ? reserve_nomap : reserve);
	}
}

static void __init scan_reserve_map(void)
{
	u64 base, size;
	int i;

	for (i = 0; !fdt_get_mem_rsv(initial_boot_params, i, &base, &size); i++)
		reserve(base, size);
}

void __init early_init_dt_scan(void)
{
	phys_addr_t start, end, size;

	scan_memory();
	if (!memblock_phys_mem_size())
		panic("the device tree names no memory");
	size = fdt_totalsize(initial_boot_params);
	start = round_down(fdt_phys, PAGE_SIZE);
	end = round_up(fdt_phys + size, PAGE_SIZE);
	fdt_is_in_memory = memblock_is_region_memory(start, end - start);
	reserve(fdt_phys, size);
	if (early_init_dt_initrd(&start, &end))
		reserve(start, end - start);
	scan_reserve_map();
	scan_reserved_memory(); /* last: what is in use already stays mapped */
}

bool __init early_init_dt_is_in_memory(void)
{
	return fdt_is_in_memory;
}

/* One byte more than the command line may have, so that its reader can see that it is too long. */
const char *__init early_init_dt_bootargs(void)
{
	static char line[COMMAND_LINE_SIZE + 1] __initdata;
	int len;
	const char *args = early_init_dt_chosen("bootargs", &len);

	len = args ? min(len, COMMAND_LINE_SIZE) : 0;
	memcpy(line, args, len);
	line[len] = '\0';
	return line;
}

/* An address of one or two cells, whatever the root says. */
static bool __init read_address(int node, const char *name, phys_addr_t *out)
{
	int len;
	const __be32 *value = fdt_getprop(initial_boot_params, node, name, &len);

	if (!value || (len != 4 && len != 8))
		return false;
	*out = of_read_number(value, len / 4);
	return true;
}

bool __init early_init_dt_initrd(phys_addr_t *start, phys_addr_t *end)
{
	if (!read_address(chosen_node, "linux,initrd-start", start) ||
	    !read_address(chosen_node, "linux,initrd-end", end))
		return false;
	if (*start < *end)
		return true;
	pr_err("initrd from %pa to %pa makes no sense, ignored\n", start, end);
	return false;
}
