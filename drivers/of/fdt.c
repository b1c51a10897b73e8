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
#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <mm/memblock.h>

const void *initial_boot_params;
static phys_addr_t fdt_phys;

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
	return true;
}

static const char *__init node_name(int node)
{
	return fdt_get_name(initial_boot_params, node, NULL);
}

/* A property that has to be a string, or NULL. */
static const char *flat_string(int node, const char *name)
{
	int len;
	const char *value = fdt_getprop(initial_boot_params, node, name, &len);

	return value && len > 0 && !value[len - 1] ? value : NULL;
}

bool of_flat_dt_is_compatible(int node, const char *compatible)
{
	const char *list = flat_string(node, "compatible");
	int len, at;

	if (!list)
		return false;
	fdt_getprop(initial_boot_params, node, "compatible", &len);
	for (at = 0; at < len; at += strlen(list + at) + 1) {
		if (!strcmp(list + at, compatible))
			return true;
	}
	return false;
}

static bool __init flat_available(int node)
{
	const char *status = flat_string(node, "status");

	return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

/*
 * Call use(base, size) for each row of node's reg, whose parent is bus. Rows that are empty say
 * nothing, and rows that wrap or are cut off are nonsense.
 */
static void __init for_each_reg(int node, const struct of_bus *bus,
				int (*use)(phys_addr_t, phys_addr_t))
{
	int len, row_bytes = (bus->addr_cells + bus->size_cells) * sizeof(__be32);
	const __be32 *reg = fdt_getprop(initial_boot_params, node, "reg", &len);

	if (!reg)
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

/* Memory counts in whole pages. */
static int __init add_memory(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t start = round_up(base, PAGE_SIZE), end = round_down(base + size, PAGE_SIZE);

	return base <= start && start < end ? memblock_add(start, end - start) : 0;
}

/*
 * The pages that a no-map region touches get no mapping; unless something of ours is there, which
 * has to be read: then they are only reserved.
 */
static int __init reserve_nomap(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t start = round_down(base, PAGE_SIZE), end = round_up(base + size, PAGE_SIZE);

	if (!memblock_is_region_reserved(start, end - start))
		return memblock_mark_nomap(start, end - start);
	pr_err("no-map region 0x%llx-0x%llx is in use, mapped all the same\n", base,
	       base + size - 1);
	return memblock_reserve(base, size);
}

static void __init scan_memory(void)
{
	struct of_bus root;
	int node, depth = 0;

	if (of_bus_cells(initial_boot_params, 0, &root))
		return;
	for (node = fdt_next_node(initial_boot_params, 0, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth)) {
		const char *type = flat_string(node, "device_type");

		if (depth == 1 && type && !strcmp(type, "memory") && flat_available(node))
			for_each_reg(node, &root, add_memory);
	}
}

static void __init scan_reserved_memory(void)
{
	int top = fdt_path_offset(initial_boot_params, "/reserved-memory");
	struct of_bus bus;
	int node, depth = 0;

	if (top < 0 || of_bus_cells(initial_boot_params, top, &bus))
		return;
	for (node = fdt_next_node(initial_boot_params, top, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth)) {
		bool no_map = fdt_getprop(initial_boot_params, node, "no-map", NULL);

		if (depth == 1 && flat_available(node))
			for_each_reg(node, &bus, no_map ? reserve_nomap : memblock_reserve);
	}
}

static void __init scan_reserve_map(void)
{
	u64 base, size;
	int i;

	for (i = 0; i < fdt_num_mem_rsv(initial_boot_params); i++) {
		if (!fdt_get_mem_rsv(initial_boot_params, i, &base, &size))
			memblock_reserve(base, size);
	}
}

void __init early_init_dt_scan(void)
{
	phys_addr_t start, end;

	scan_memory();
	if (!memblock_phys_mem_size())
		panic("the device tree names no memory");
	memblock_reserve(fdt_phys, fdt_totalsize(initial_boot_params));
	if (early_init_dt_initrd(&start, &end))
		memblock_reserve(start, end - start);
	scan_reserve_map();
	scan_reserved_memory(); /* last: what is in use already stays mapped */
}

const char *__init early_init_dt_bootargs(void)
{
	int chosen = fdt_path_offset(initial_boot_params, "/chosen");
	const char *args = chosen < 0 ? NULL : flat_string(chosen, "bootargs");

	return args ? args : "";
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
	int chosen = fdt_path_offset(initial_boot_params, "/chosen");

	if (chosen < 0 || !read_address(chosen, "linux,initrd-start", start) ||
	    !read_address(chosen, "linux,initrd-end", end))
		return false;
	if (*start < *end)
		return true;
	pr_err("initrd from %pa to %pa makes no sense, ignored\n", start, end);
	return false;
}

/* The buses above node, nearest first; how many there are. */
static int __init buses_above(int node, int *buses)
{
	int path[FDT_MAX_DEPTH + 1];
	int at, i, depth = -1;

	for (at = fdt_next_node(initial_boot_params, -1, &depth); at >= 0 && at != node;
	     at = fdt_next_node(initial_boot_params, at, &depth))
		path[depth] = at;
	for (i = 0; i < depth; i++)
		buses[i] = path[depth - 1 - i];
	return depth;
}

bool __init early_init_dt_stdout(int *node, phys_addr_t *addr)
{
	int chosen = fdt_path_offset(initial_boot_params, "/chosen");
	const char *path = chosen < 0 ? NULL : flat_string(chosen, "stdout-path");
	int buses[FDT_MAX_DEPTH + 1];
	const __be32 *reg;
	struct of_bus bus;
	int count, len;

	if (!path)
		return false;
	*node = fdt_path_offset_namelen(initial_boot_params, path, strcspn(path, ":"));
	if (*node <= 0)
		return false;
	reg = fdt_getprop(initial_boot_params, *node, "reg", &len);
	count = buses_above(*node, buses);
	if (!reg || of_bus_cells(initial_boot_params, buses[0], &bus) ||
	    len < bus.addr_cells * (int)sizeof(*reg))
		return false;
	return !of_translate(initial_boot_params, buses, count, reg, addr);
}
