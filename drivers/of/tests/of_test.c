/* SPDX-License-Identifier: MIT */
/*
 * The device tree of the machine that we run on: that the nodes hang together, and that what QEMU's
 * `virt` is known to have is found and translated.
 */

#include <drivers/of/of.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

static void nodes_hang_together(struct kunit *test)
{
	struct device_node *np, *child;
	int count = 0, children = 0;

	KUNIT_ASSERT_NOT_NULL(test, of_root);
	KUNIT_EXPECT_NULL(test, of_root->parent);
	KUNIT_EXPECT_NULL(test, of_root->sibling);
	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np)) {
		count++;
		for_each_child_of_node(np, child) {
			children++;
			KUNIT_EXPECT_TRUE(test, child->parent == np);
			KUNIT_EXPECT_TRUE(test, child > np);
			KUNIT_EXPECT_TRUE(test, child->bus.above == &np->bus);
		}
	}
	KUNIT_EXPECT_EQ(test, children, count - 1);
}

static void paths_and_phandles_find_nodes(struct kunit *test)
{
	struct device_node *chosen = of_find_node_by_path("/chosen"), *gic;

	KUNIT_EXPECT_TRUE(test, of_find_node_by_path("/") == of_root);
	KUNIT_ASSERT_NOT_NULL(test, chosen);
	KUNIT_EXPECT_STREQ(test, chosen->full_name, "chosen");
	KUNIT_EXPECT_TRUE(test, chosen->parent == of_root);
	KUNIT_EXPECT_NULL(test, of_find_node_by_path("/nowhere"));
	KUNIT_EXPECT_NULL(test, of_find_node_by_path("/chosen/nowhere"));
	KUNIT_EXPECT_NULL(test, of_find_node_by_path("chosen"));
	KUNIT_EXPECT_NULL(test, of_find_node_by_phandle(0));
	gic = of_irq_find_parent(of_root);
	KUNIT_ASSERT_NOT_NULL(test, gic);
	KUNIT_EXPECT_TRUE(test, of_find_node_by_phandle(gic->phandle) == gic);
	KUNIT_EXPECT_TRUE(test, of_property_read_bool(gic, "interrupt-controller"));
}

static void properties_are_typed(struct kunit *test)
{
	struct device_node *uart = of_find_compatible_node(NULL, "arm,pl011");
	const char *text = NULL;
	u32 cells[5] = { 0 };

	KUNIT_ASSERT_NOT_NULL(test, uart);
	KUNIT_EXPECT_EQ(test, of_property_read_u32_array(uart, "reg", cells, 4), 0);
	KUNIT_EXPECT_EQ(test, cells[1], 0x09000000U);
	KUNIT_EXPECT_EQ(test, cells[3], 0x1000U);
	KUNIT_EXPECT_EQ(test, of_property_read_u32_array(uart, "reg", cells, 5), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, of_property_read_u32(uart, "no-such-property", &cells[0]), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_property_read_string_index(uart, "compatible", 1, &text), 0);
	KUNIT_EXPECT_STREQ(test, text, "arm,primecell");
	KUNIT_EXPECT_EQ(test, of_property_read_string_index(uart, "compatible", 2, &text),
			-ENODATA);
	KUNIT_EXPECT_EQ(test, of_property_match_string(uart, "compatible", "arm,primecell"), 1);
	KUNIT_EXPECT_EQ(test, of_property_match_string(uart, "compatible", "arm"), -ENODATA);
	KUNIT_EXPECT_EQ(test, of_property_match_string(uart, "no-such-property", ""), -EINVAL);
}

static void the_most_specific_match_wins(struct kunit *test)
{
	static const struct of_device_id rows[] = {
		{ .compatible = "arm,primecell", .data = "general" },
		{ .compatible = "arm,pl011", .data = "specific" },
		{}
	};
	struct device_node *uart = of_find_compatible_node(NULL, "arm,pl011");
	const struct of_device_id *row;

	KUNIT_ASSERT_NOT_NULL(test, uart);
	row = of_match_node(rows, uart);
	KUNIT_ASSERT_NOT_NULL(test, row);
	KUNIT_EXPECT_STREQ(test, row->data, "specific");
	KUNIT_EXPECT_NULL(test, of_match_node(rows, of_root));
	KUNIT_EXPECT_NULL(test, of_match_node(NULL, uart));
}

static void addresses_become_resources(struct kunit *test)
{
	struct device_node *uart = of_find_compatible_node(NULL, "arm,pl011");
	struct resource res;

	KUNIT_ASSERT_NOT_NULL(test, uart);
	KUNIT_ASSERT_EQ(test, of_address_to_resource(uart, 0, &res), 0);
	KUNIT_EXPECT_EQ(test, res.start, 0x09000000ULL);
	KUNIT_EXPECT_EQ(test, res.end, 0x09000fffULL);
	KUNIT_EXPECT_STREQ(test, res.name, uart->full_name);
	KUNIT_EXPECT_EQ(test, of_address_to_resource(uart, 1, &res), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_address_to_resource(uart, -1, &res), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_address_to_resource(of_root, 0, &res), -EINVAL);
}

static void interrupts_become_numbers(struct kunit *test)
{
	struct device_node *uart = of_find_compatible_node(NULL, "arm,pl011");
	struct of_phandle_args args;

	KUNIT_ASSERT_NOT_NULL(test, uart);
	KUNIT_ASSERT_EQ(test, of_irq_parse_one(uart, 0, &args), 0);
	KUNIT_EXPECT_TRUE(test, args.np == of_irq_find_parent(uart));
	KUNIT_EXPECT_EQ(test, args.args_count, 3);
	KUNIT_EXPECT_EQ(test, args.args[1], 1U);
	KUNIT_EXPECT_TRUE(test, of_irq_get(uart, 0) > 0);
	KUNIT_EXPECT_EQ(test, of_irq_get(uart, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, of_irq_get_byname(uart, "uart"), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_irq_get(of_root, 0), -ENOENT);
}

/* The power key's pin: its controller, the pin, and its flags. */
static void references_have_cells(struct kunit *test)
{
	struct device_node *keys = of_find_compatible_node(NULL, "gpio-keys");
	struct of_phandle_args args;

	if (!keys || !keys->child) {
		kunit_skip(test, "this machine has no keys");
		return;
	}
	KUNIT_ASSERT_EQ(
		test, of_parse_phandle_with_args(keys->child, "gpios", "#gpio-cells", 0, &args), 0);
	KUNIT_EXPECT_TRUE(test, of_device_is_compatible(args.np, "arm,pl061"));
	KUNIT_EXPECT_EQ(test, args.args_count, 2);
	KUNIT_EXPECT_EQ(test, args.args[0], 3U);
	KUNIT_EXPECT_EQ(test,
			of_parse_phandle_with_args(keys->child, "gpios", "#gpio-cells", 1, &args),
			-ENOENT);
	KUNIT_EXPECT_EQ(test,
			of_parse_phandle_with_args(keys->child, "gpios", "#pwm-cells", 0, &args),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, of_parse_phandle_with_args(keys, "gpios", "#gpio-cells", 0, &args),
			-ENOENT);
}

static const struct kunit_case of_cases[] = {
	KUNIT_CASE(nodes_hang_together),        KUNIT_CASE(paths_and_phandles_find_nodes),
	KUNIT_CASE(properties_are_typed),       KUNIT_CASE(the_most_specific_match_wins),
	KUNIT_CASE(addresses_become_resources), KUNIT_CASE(interrupts_become_numbers),
	KUNIT_CASE(references_have_cells),      {}
};

static const struct kunit_suite of_suite = { .name = "of", .cases = of_cases };
kunit_test_suite(of_suite);
