/* SPDX-License-Identifier: MIT */
/*
 * Examples of what the driver does: one case for each check of the lab, named like the check. They
 * are yours to read and to extend. The grader has tests of its own, with other pins and orders.
 *
 * The chip is a model (pl061_model.h), and the driver is bound to it as in the kernel
 * (pl061_machine.h). On the host only: in the kernel, the chip is QEMU's.
 */
#include <drivers/gpio/tests/pl061_machine.h>
#include <drivers/gpio/tests/pl061_model.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>

#define DIR 0x400
#define IBE 0x408
#define IE  0x410

static struct gpio_chip *gc;

/* Each case has a chip after reset, and a driver that was bound to it. */
static int setup(struct kunit *test)
{
	pl061_reset((unsigned long)machine_registers, true);
	gc = machine_bind();
	if (!gc)
		kunit_fail(test, __FILE__, __LINE__, "the probe has added no chip");
	return 0;
}

static void teardown(struct kunit *test)
{
	machine_unbind();
}

static void probe(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, gc);
	KUNIT_EXPECT_EQ(test, gc->ngpio, 8U);
	KUNIT_EXPECT_EQ(test, machine_mappings, 1);
	KUNIT_EXPECT_NE(test, check_mem_region(PL061_PHYS, PL061_SIZE), 0);
	KUNIT_EXPECT_EQ(test, machine_line_handlers(), 1U);
}

static void cleanup(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, gc);
	machine_unbind();
	KUNIT_EXPECT_EQ(test, machine_mappings, 0);
	KUNIT_EXPECT_EQ(test, machine_line_handlers(), 0U);
	KUNIT_EXPECT_NULL(test, irq_find_host(machine_device.dev.of_node));
	gc = machine_bind();
}

static void direction(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, gc);
	KUNIT_EXPECT_EQ(test, gc->direction_output(gc, 2, 0), 0);
	KUNIT_EXPECT_EQ(test, gc->direction_output(gc, 5, 0), 0);
	KUNIT_EXPECT_EQ(test, gc->get_direction(gc, 5), GPIO_LINE_DIRECTION_OUT);
	KUNIT_EXPECT_EQ(test, gc->direction_input(gc, 5), 0);
	KUNIT_EXPECT_EQ(test, gc->get_direction(gc, 5), GPIO_LINE_DIRECTION_IN);
	KUNIT_EXPECT_EQ(test, pl061_register(DIR), 1U << 2);
}

static void output(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, gc);
	gc->direction_output(gc, 4, 1);
	KUNIT_EXPECT_TRUE(test, pl061_level(4));
	KUNIT_EXPECT_TRUE(test, pl061_first_level(4));
}

static void values(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, gc);
	pl061_drive(6, true);
	KUNIT_EXPECT_EQ(test, gc->get(gc, 6), 1);
	KUNIT_EXPECT_EQ(test, gc->get(gc, 5), 0);
}

static void types(struct kunit *test)
{
	unsigned int irq;

	KUNIT_ASSERT_NOT_NULL(test, gc);
	irq = gc->to_irq(gc, 3);
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH), 0);
	KUNIT_EXPECT_EQ(test, pl061_register(IBE), 1U << 3);
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_NONE), -EINVAL);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 0);
}

static irqreturn_t count(int irq, void *dev_id)
{
	++*(unsigned int *)dev_id;
	return IRQ_HANDLED;
}

static void handler(struct kunit *test)
{
	unsigned int irq, calls = 0;

	KUNIT_ASSERT_NOT_NULL(test, gc);
	irq = gc->to_irq(gc, 3);
	irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING);
	KUNIT_ASSERT_EQ(test, request_irq(irq, count, 0, "example", &calls), 0);
	pl061_drive(3, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls, 1U);
	free_irq(irq, &calls);
}

static void mask(struct kunit *test)
{
	unsigned int irq, calls = 0;

	KUNIT_ASSERT_NOT_NULL(test, gc);
	irq = gc->to_irq(gc, 1);
	irq_set_irq_type(irq, IRQ_TYPE_EDGE_RISING);
	KUNIT_ASSERT_EQ(test, request_irq(irq, count, 0, "example", &calls), 0);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 1U << 1);
	disable_irq(irq);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 0);
	enable_irq(irq);
	free_irq(irq, &calls);
}

static const struct kunit_case lab12_cases[] = {
	KUNIT_CASE(probe),   KUNIT_CASE(cleanup), KUNIT_CASE(direction),
	KUNIT_CASE(output),  KUNIT_CASE(values),  KUNIT_CASE(types),
	KUNIT_CASE(handler), KUNIT_CASE(mask),    {},
};

static const struct kunit_suite lab12 = {
	.name = "lab12",
	.init = setup,
	.exit = teardown,
	.cases = lab12_cases,
};
kunit_test_suite(lab12);
