/* SPDX-License-Identifier: MIT */
/*
 * Host only: our reader of the flattened device tree against libfdt, on random trees that libfdt
 * itself has written. Both must give the same answers; and of a damaged tree, ours may accept only
 * what libfdt accepts, too.
 *
 * libfdt has functions of the same names, so it is not linked but opened at run time.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

#define BLOB_SIZE 65536
#define TREES     100
#define MAX_DEPTH 6
#define DAMAGES   50

/* From <dlfcn.h>, which cannot be included beside the kernel's own headers. */
#define RTLD_NOW 2
void *dlopen(const char *file, int mode);
void *dlsym(void *library, const char *symbol);

#define LIBFDT_FUNCTIONS(FUNCTION)                                                              \
	FUNCTION(int, fdt_create, (void *blob, int size))                                       \
	FUNCTION(int, fdt_add_reservemap_entry, (void *blob, u64 address, u64 size))            \
	FUNCTION(int, fdt_finish_reservemap, (void *blob))                                      \
	FUNCTION(int, fdt_begin_node, (void *blob, const char *name))                           \
	FUNCTION(int, fdt_property, (void *blob, const char *name, const void *value, int len)) \
	FUNCTION(int, fdt_end_node, (void *blob))                                               \
	FUNCTION(int, fdt_finish, (void *blob))                                                 \
	FUNCTION(int, fdt_nop_node, (void *blob, int node))                                     \
	FUNCTION(int, fdt_nop_property, (void *blob, int node, const char *name))               \
	FUNCTION(int, fdt_check_full, (const void *blob, size_t size))                          \
	FUNCTION(int, fdt_num_mem_rsv, (const void *blob))                                      \
	FUNCTION(int, fdt_get_mem_rsv, (const void *blob, int n, u64 *address, u64 *size))      \
	FUNCTION(u32, fdt_next_tag, (const void *blob, int offset, int *next))                  \
	FUNCTION(int, fdt_next_node, (const void *blob, int offset, int *depth))                \
	FUNCTION(const char *, fdt_get_name, (const void *blob, int node, int *len))            \
	FUNCTION(int, fdt_first_property_offset, (const void *blob, int node))                  \
	FUNCTION(int, fdt_next_property_offset, (const void *blob, int property))               \
	FUNCTION(const void *, fdt_getprop_by_offset,                                           \
		 (const void *blob, int property, const char **name, int *len))                 \
	FUNCTION(const void *, fdt_getprop,                                                     \
		 (const void *blob, int node, const char *name, int *len))                      \
	FUNCTION(int, fdt_get_path, (const void *blob, int node, char *path, int size))         \
	FUNCTION(int, fdt_path_offset, (const void *blob, const char *path))

#define DECLARE(type, name, arguments) static type(*lib_##name) arguments;
LIBFDT_FUNCTIONS(DECLARE)

#define LOAD(type, name, arguments) (lib_##name = (type(*) arguments)dlsym(library, #name)) &&

static u8 blob[BLOB_SIZE] __aligned(8);
static u8 pristine[BLOB_SIZE];
static u32 random_state;

static bool load_libfdt(void)
{
	void *library = dlopen("libfdt.so.1", RTLD_NOW);

	return library && LIBFDT_FUNCTIONS(LOAD) true;
}

static u32 random_below(u32 limit)
{
	random_state = random_state * 1664525 + 1013904223;
	return (random_state >> 8) % limit;
}

/* Few different names, so that searches meet prefixes and repetitions of what they look for. */
static const char *random_name(char *buf, size_t size)
{
	static const char *const stems[] = { "a", "ab", "reg", "uart", "soc", "aliases" };
	const char *stem = stems[random_below(6)];

	if (random_below(2))
		snprintf(buf, size, "%s@%x", stem, random_below(20));
	else
		snprintf(buf, size, "%s%u", stem, random_below(3));
	return buf;
}

static void write_properties(void)
{
	char name[16], value[40];
	u32 count = random_below(5), i;

	for (i = 0; i < sizeof(value); i++)
		value[i] = random_below(256);
	if (random_below(4) == 0)
		lib_fdt_property(blob, "serial0", "/soc/uart@1", 12);
	for (i = 0; i < count; i++) {
		random_name(name, sizeof(name));
		lib_fdt_property(blob, name, value, random_below(sizeof(value)));
	}
}

static void write_subnodes(int depth)
{
	char name[16];
	u32 count = random_below(5);

	while (count--) {
		lib_fdt_begin_node(blob, depth == 1 && !random_below(3)
						 ? "aliases"
						 : random_name(name, sizeof(name)));
		write_properties();
		if (depth < MAX_DEPTH)
			write_subnodes(depth + 1);
		lib_fdt_end_node(blob);
	}
}

/* Blanked nodes and properties become runs of NOP, which nothing else writes. */
static void blank_something(void)
{
	int node = 0, steps = random_below(6), property;
	const char *name;

	while (steps-- && node >= 0)
		node = lib_fdt_next_node(blob, node, NULL);
	if (node <= 0)
		return;
	property = lib_fdt_first_property_offset(blob, node);
	if (property < 0) {
		lib_fdt_nop_node(blob, node);
	} else {
		lib_fdt_getprop_by_offset(blob, property, &name, NULL);
		lib_fdt_nop_property(blob, node, name);
	}
}

/* libfdt stops writing at the first error, so a tree that does not fit is just not finished. */
static bool write_tree(u32 seed)
{
	u32 reservations;

	random_state = seed;
	memset(blob, 0, sizeof(blob));
	lib_fdt_create(blob, sizeof(blob));
	/* A size of 0 ends the map for libfdt, even with an address. */
	for (reservations = random_below(4); reservations; reservations--)
		lib_fdt_add_reservemap_entry(blob, reservations, random_below(1000) + 1);
	lib_fdt_finish_reservemap(blob);
	lib_fdt_begin_node(blob, "");
	write_properties();
	write_subnodes(1);
	lib_fdt_end_node(blob);
	if (lib_fdt_finish(blob) != 0)
		return false;
	blank_something();
	blank_something();
	return true;
}

static void compare_reservations(struct kunit *test)
{
	u64 address, size, lib_address, lib_size;
	int n, count = lib_fdt_num_mem_rsv(blob);

	KUNIT_EXPECT_NE(test, fdt_get_mem_rsv(blob, count, &address, &size), 0);
	for (n = 0; n < count; n++) {
		KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, n, &address, &size), 0);
		lib_fdt_get_mem_rsv(blob, n, &lib_address, &lib_size);
		KUNIT_EXPECT_EQ(test, address, lib_address);
		KUNIT_EXPECT_EQ(test, size, lib_size);
	}
}

static void compare_tags(struct kunit *test)
{
	int offset, next, lib_next;
	u32 tag = 0;

	for (offset = 0; tag != FDT_END; offset = next) {
		tag = fdt_next_tag(blob, offset, &next);
		KUNIT_ASSERT_EQ(test, tag, lib_fdt_next_tag(blob, offset, &lib_next));
		if (tag != FDT_END)
			KUNIT_ASSERT_EQ(test, next, lib_next);
	}
}

static void compare_properties(struct kunit *test, int node)
{
	int property = fdt_first_property_offset(blob, node), len = 0, lib_len = 0;
	int lib_property = lib_fdt_first_property_offset(blob, node);
	const char *name, *lib_name;

	while (property >= 0 && lib_property >= 0) {
		KUNIT_ASSERT_EQ(test, property, lib_property);
		KUNIT_EXPECT_EQ(test, fdt_getprop_by_offset(blob, property, &name, &len),
				lib_fdt_getprop_by_offset(blob, property, &lib_name, &lib_len));
		KUNIT_EXPECT_EQ(test, len, lib_len);
		KUNIT_EXPECT_EQ(test, name, lib_name);
		/* Of two properties of one name, both must find the first. */
		KUNIT_EXPECT_EQ(test, fdt_getprop(blob, node, name, &len),
				lib_fdt_getprop(blob, node, name, &lib_len));
		KUNIT_EXPECT_EQ(test, len, lib_len);
		property = fdt_next_property_offset(blob, property);
		lib_property = lib_fdt_next_property_offset(blob, lib_property);
	}
	KUNIT_EXPECT_EQ(test, property, lib_property);
	KUNIT_EXPECT_EQ(test, fdt_getprop(blob, node, "reg", NULL),
			lib_fdt_getprop(blob, node, "reg", NULL));
}

static void compare_paths(struct kunit *test, int node)
{
	char path[256], name[16];
	const char *unit;

	KUNIT_EXPECT_EQ(test, lib_fdt_get_path(blob, node, path, sizeof(path)), 0);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, path), lib_fdt_path_offset(blob, path));
	/* The same without the last unit address, and with a child that is probably not there. */
	unit = strrchr(path, '@');
	if (unit && !strchr(unit, '/')) {
		path[unit - path] = '\0';
		KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, path), lib_fdt_path_offset(blob, path));
	}
	snprintf(path + strlen(path), 32, "/%s", random_name(name, sizeof(name)));
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, path) < 0, lib_fdt_path_offset(blob, path) < 0);
}

static void compare_trees(struct kunit *test)
{
	int node = -1, depth = -1, lib_depth = -1, lib_node, len, lib_len, alias;

	compare_reservations(test);
	compare_tags(test);
	for (;;) {
		lib_node = lib_fdt_next_node(blob, node, &lib_depth);
		node = fdt_next_node(blob, node, &depth);
		/* At the end of a subtree libfdt returns an offset of no use. */
		if (node < 0) {
			KUNIT_EXPECT_TRUE(test, lib_node < 0 || lib_depth < 0);
			break;
		}
		KUNIT_ASSERT_EQ(test, node, lib_node);
		KUNIT_EXPECT_EQ(test, depth, lib_depth);
		KUNIT_EXPECT_EQ(test, fdt_get_name(blob, node, &len),
				lib_fdt_get_name(blob, node, &lib_len));
		KUNIT_EXPECT_EQ(test, len, lib_len);
		compare_properties(test, node);
		compare_paths(test, node);
	}
	alias = lib_fdt_path_offset(blob, "serial0");
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0"),
			alias < 0 ? -FDT_ERR_NOTFOUND : alias);
}

static void fdt_agrees_with_libfdt(struct kunit *test)
{
	u32 seed;
	int trees = 0;

	if (!load_libfdt()) {
		kunit_skip(test, "libfdt.so.1 is not installed");
		return;
	}
	for (seed = 1; seed <= TREES && !test->failures; seed++) {
		if (!write_tree(seed))
			continue;
		trees++;
		KUNIT_ASSERT_EQ(test, lib_fdt_check_full(blob, sizeof(blob)), 0);
		KUNIT_ASSERT_EQ(test, fdt_check_full(blob, sizeof(blob)), 0);
		compare_trees(test);
		if (test->failures)
			KUNIT_FAIL(test, "seed %u", seed);
	}
	KUNIT_EXPECT_GT(test, trees, TREES / 2);
}

static void fdt_is_no_laxer_than_libfdt(struct kunit *test)
{
	u32 seed, total;
	int damage, sound = 0;

	if (!load_libfdt()) {
		kunit_skip(test, "libfdt.so.1 is not installed");
		return;
	}
	for (seed = 1; seed <= TREES && !test->failures; seed++) {
		if (!write_tree(seed))
			continue;
		total = fdt_totalsize(blob);
		memcpy(pristine, blob, total);
		for (damage = 0; damage < DAMAGES; damage++) {
			memcpy(blob, pristine, total);
			blob[random_below(total)] ^= 1 << random_below(8);
			if (fdt_check_full(blob, total) != 0)
				continue;
			sound++;
			if (lib_fdt_check_full(blob, total) != 0)
				KUNIT_FAIL(test, "seed %u, damage %d: libfdt refuses it", seed,
					   damage);
		}
	}
	KUNIT_EXPECT_GT(test, sound, 0);
}

static const struct kunit_case fdt_host_cases[] = {
	KUNIT_CASE(fdt_agrees_with_libfdt),
	KUNIT_CASE(fdt_is_no_laxer_than_libfdt),
	{},
};

static const struct kunit_suite fdt_host_suite = {
	.name = "fdt_libfdt",
	.cases = fdt_host_cases,
};
kunit_test_suite(fdt_host_suite);
