/* SPDX-License-Identifier: MIT */
/*
 * The driver of the PL061 on a model of the chip (pl061_model.h), bound as in the kernel: its pins,
 * and what a probe takes and gives back.
 */
#include <drivers/gpio/tests/pl061_machine.h>
#include <drivers/gpio/tests/pl061_model.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>

#define PINS 8

#define DIR 0x400
#define IE  0x410

static struct gpio_chip *gc;

/* In front of one case, a boot loader has left all pins on. */
static int setup(struct kunit *test)
{
	host_reset();
	memset(&machine_fault, 0, sizeof(machine_fault));
	pl061_reset((unsigned long)machine_registers, true);
	if (!strcmp(test->name, "pins_are_masked_first"))
		pl061_left_by_loader(0xff, 0xff);
	gc = machine_bind();
	return gc ? 0 : -ENODEV;
}

static void teardown(struct kunit *test)
{
	machine_unbind();
}

/* --- Pins --- */

static void directions_are_set_and_told(struct kunit *test)
{
	unsigned int i, wanted = 0;

	for (i = 0; i < PINS; i++) {
		KUNIT_EXPECT_EQ(test, gc->get_direction(gc, i), GPIO_LINE_DIRECTION_IN);
		KUNIT_EXPECT_EQ(test, gc->direction_output(gc, i, 0), 0);
		KUNIT_EXPECT_EQ(test, gc->get_direction(gc, i), GPIO_LINE_DIRECTION_OUT);
		KUNIT_EXPECT_EQ(test, pl061_register(DIR), wanted |= 1U << i);
	}
	for (i = 0; i < PINS; i++) {
		KUNIT_EXPECT_EQ(test, gc->direction_input(gc, i), 0);
		KUNIT_EXPECT_EQ(test, pl061_register(DIR), wanted &= ~(1U << i));
		KUNIT_EXPECT_EQ(test, gc->get_direction(gc, i), GPIO_LINE_DIRECTION_IN);
	}
	KUNIT_EXPECT_EQ(test, pl061_mistakes, 0U);
}

/* On both kinds of chip; where values are kept, also in the first moment. */
static void output_has_its_value_at_once(struct kunit *test)
{
	unsigned int keeps, pin, value;

	for (keeps = 0; keeps < 2; keeps++) {
		pl061_reset((unsigned long)machine_registers, keeps);
		for (pin = 0; pin < PINS; pin++)
			for (value = 0; value < 2; value++) {
				gc->direction_output(gc, pin, !value);
				gc->direction_input(gc, pin);
				gc->direction_output(gc, pin, value);
				KUNIT_EXPECT_EQ(test, pl061_level(pin), (bool)value);
				KUNIT_EXPECT_TRUE(test, !keeps || pl061_first_level(pin) == value);
			}
	}
}

static void one_pin_is_read(struct kunit *test)
{
	unsigned int levels, i;

	for (levels = 0; levels < 256; levels += 51) {
		for (i = 0; i < PINS; i++)
			pl061_drive(i, levels >> i & 1);
		for (i = 0; i < PINS; i++)
			KUNIT_EXPECT_EQ(test, gc->get(gc, i), (int)(levels >> i & 1));
	}
}

static void one_pin_is_driven(struct kunit *test)
{
	unsigned int i, j;

	for (i = 0; i < PINS; i++)
		gc->direction_output(gc, i, i & 1);
	for (i = 0; i < PINS; i++) {
		gc->set(gc, i, !(i & 1));
		for (j = 0; j < PINS; j++)
			KUNIT_EXPECT_EQ(test, pl061_level(j), (j & 1) != (j <= i));
	}
	gc->set(gc, 2, 4); /* not 0 is high */
	KUNIT_EXPECT_TRUE(test, pl061_level(2));
	KUNIT_EXPECT_TRUE(test, pl061_level(0) && !pl061_level(1));
}

/* --- Probe --- */

static void probe_takes_what_it_needs(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, machine_device.dev.driver != NULL);
	KUNIT_EXPECT_EQ(test, gc->ngpio, (unsigned int)PINS);
	KUNIT_EXPECT_TRUE(test, gc->parent == &machine_device.dev);
	KUNIT_EXPECT_NOT_NULL(test, gc->label);
	KUNIT_EXPECT_EQ(test, machine_mappings, 1);
	KUNIT_EXPECT_NE(test, check_mem_region(PL061_PHYS, PL061_SIZE), 0);
	KUNIT_EXPECT_EQ(test, machine_line_handlers(), 1U);
	KUNIT_EXPECT_EQ(test, pl061_mistakes, 0U);
}

/* A boot loader may have left pins on. Nobody has a handler for them yet. */
static void pins_are_masked_first(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 0);
	pl061_drive(1, true);
	KUNIT_EXPECT_FALSE(test, pl061_raised());
}

static void expect_nothing_left(struct kunit *test, unsigned int allocations)
{
	KUNIT_EXPECT_EQ(test, machine_mappings, 0);
	KUNIT_EXPECT_EQ(test, check_mem_region(PL061_PHYS, PL061_SIZE), 0);
	KUNIT_EXPECT_EQ(test, machine_line_handlers(), 0U);
	KUNIT_EXPECT_NULL(test, irq_find_host(machine_device.dev.of_node));
	KUNIT_EXPECT_EQ(test, host_live_allocations(), allocations);
}

static void expect_failure(struct kunit *test, unsigned int allocations)
{
	gc = machine_bind();
	KUNIT_EXPECT_NULL(test, gc);
	KUNIT_EXPECT_NULL(test, machine_device.dev.driver);
	expect_nothing_left(test, allocations);
	machine_unbind();
}

static void failed_probe_leaves_nothing(struct kunit *test)
{
	unsigned int allocations, failures;

	machine_unbind();
	allocations = host_live_allocations();
	machine_fault.no_registers = true;
	expect_failure(test, allocations);
	machine_fault.no_registers = false;
	machine_fault.no_interrupt = true;
	expect_failure(test, allocations);
	machine_fault.no_interrupt = false;
	machine_fault.line_taken = true;
	expect_failure(test, allocations);
	machine_fault.line_taken = false;
	for (failures = 0; !gc && failures < 30; failures += !gc) {
		kmalloc_fail_after(failures + 1);
		gc = machine_bind();
		kmalloc_fail_after(0);
		if (!gc) {
			expect_nothing_left(test, allocations);
			machine_unbind();
		}
	}
	KUNIT_EXPECT_TRUE(test, failures > 5 && failures < 30);
}

static void removed_driver_leaves_nothing(struct kunit *test)
{
	unsigned int allocations;

	machine_unbind();
	allocations = host_live_allocations();
	gc = machine_bind();
	KUNIT_ASSERT_NOT_NULL(test, gc);
	KUNIT_EXPECT_TRUE(test, gc->to_irq(gc, 3) > 0);
	machine_unbind();
	expect_nothing_left(test, allocations);
	gc = machine_bind();
	KUNIT_EXPECT_NOT_NULL(test, gc);
}

static const struct kunit_case pl061_cases[] = {
	KUNIT_CASE(directions_are_set_and_told),
	KUNIT_CASE(output_has_its_value_at_once),
	KUNIT_CASE(one_pin_is_read),
	KUNIT_CASE(one_pin_is_driven),
	KUNIT_CASE(probe_takes_what_it_needs),
	KUNIT_CASE(pins_are_masked_first),
	KUNIT_CASE(failed_probe_leaves_nothing),
	KUNIT_CASE(removed_driver_leaves_nothing),
	{},
};

static const struct kunit_suite pl061_suite = {
	.name = "pl061",
	.init = setup,
	.exit = teardown,
	.cases = pl061_cases,
};
kunit_test_suite(pl061_suite);
