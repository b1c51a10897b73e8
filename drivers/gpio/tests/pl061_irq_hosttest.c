/* SPDX-License-Identifier: MIT */
/*
 * The interrupts of the PL061's pins, on a model of the chip (pl061_model.h): types, edges, levels,
 * and what a pin notes while it is masked.
 */
#include <drivers/gpio/tests/pl061_machine.h>
#include <drivers/gpio/tests/pl061_model.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define PINS 8

#define IS  0x404
#define IBE 0x408
#define IEV 0x40c
#define IE  0x410

static struct gpio_chip *gc;

static int setup(struct kunit *test)
{
	host_reset();
	pl061_reset((unsigned long)machine_registers, true);
	gc = machine_bind();
	return gc ? 0 : -ENODEV;
}

static void teardown(struct kunit *test)
{
	machine_unbind();
}

/* --- Types of interrupts --- */

static int set_type(unsigned int pin, unsigned int type)
{
	return irq_set_irq_type(gc->to_irq(gc, pin), type);
}

static void types_are_set(struct kunit *test)
{
	static const struct {
		unsigned int type;
		bool level, both, high;
	} rows[] = {
		{ IRQ_TYPE_EDGE_RISING, false, false, true },
		{ IRQ_TYPE_LEVEL_LOW, true, false, false },
		{ IRQ_TYPE_EDGE_BOTH, false, true, false },
		{ IRQ_TYPE_LEVEL_HIGH, true, false, true },
		{ IRQ_TYPE_EDGE_FALLING, false, false, false },
	};
	unsigned int i, pin;

	KUNIT_EXPECT_EQ(test, set_type(1, IRQ_TYPE_LEVEL_HIGH), 0);
	for (pin = 0; pin < PINS; pin += 3)
		for (i = 0; i < ARRAY_SIZE(rows); i++) {
			KUNIT_EXPECT_EQ(test, set_type(pin, rows[i].type), 0);
			KUNIT_EXPECT_EQ(test, pl061_register(IS) >> pin & 1, rows[i].level);
			KUNIT_EXPECT_EQ(test, pl061_register(IBE) >> pin & 1, rows[i].both);
			if (!rows[i].both)
				KUNIT_EXPECT_EQ(test, pl061_register(IEV) >> pin & 1, rows[i].high);
		}
	/* The last row sets nothing. What is left is the first pin's. */
	KUNIT_EXPECT_EQ(test, pl061_register(IS), 1U << 1);
	KUNIT_EXPECT_EQ(test, pl061_register(IBE), 0);
	KUNIT_EXPECT_EQ(test, pl061_register(IEV), 1U << 1);
}

static void wrong_types_are_refused(struct kunit *test)
{
	static const unsigned int wrong[] = { IRQ_TYPE_NONE,
					      IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_LEVEL_LOW,
					      IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_EDGE_RISING };
	unsigned int i;

	KUNIT_EXPECT_EQ(test, set_type(5, IRQ_TYPE_LEVEL_HIGH), 0);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ(test, set_type(5, wrong[i]), -EINVAL);
	KUNIT_EXPECT_EQ(test, pl061_register(IS), 1U << 5);
	KUNIT_EXPECT_EQ(test, pl061_register(IEV), 1U << 5);
}

/* --- Interrupts --- */

static unsigned int calls[PINS];
static int drive_again; /* the pin that the handler drives high once more, or -1 */
static int drive_low;   /* ... that the handler lowers, or -1 */

static irqreturn_t count(int irq, void *dev_id)
{
	unsigned int pin = (unsigned int *)dev_id - calls, again = drive_again;

	calls[pin]++;
	if (drive_again >= 0) {
		drive_again = -1;
		pl061_drive(again, false);
		pl061_drive(again, true);
	}
	if (drive_low >= 0)
		pl061_drive(drive_low, false);
	return IRQ_HANDLED;
}

static unsigned int ask_for(struct kunit *test, unsigned int pin, unsigned int type)
{
	unsigned int irq = gc->to_irq(gc, pin);

	drive_again = drive_low = -1;
	calls[pin] = 0;
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, type), 0);
	KUNIT_EXPECT_EQ(test, request_irq(irq, count, 0, "pin", &calls[pin]), 0);
	return irq;
}

static void edges_arrive_once(struct kunit *test)
{
	unsigned int irq = ask_for(test, 3, IRQ_TYPE_EDGE_BOTH);

	KUNIT_EXPECT_EQ(test, machine_deliver(), 0U);
	pl061_drive(3, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls[3], 1U);
	pl061_drive(3, false);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls[3], 2U);
	pl061_drive(2, true); /* which nobody asked for */
	KUNIT_EXPECT_EQ(test, machine_deliver(), 0U);
	free_irq(irq, &calls[3]);
	pl061_drive(3, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 0U);
}

static void pins_are_told_apart(struct kunit *test)
{
	unsigned int irq[] = { ask_for(test, 1, IRQ_TYPE_EDGE_RISING),
			       ask_for(test, 6, IRQ_TYPE_EDGE_RISING) };

	KUNIT_EXPECT_NE(test, irq[0], irq[1]);
	pl061_drive(1, true);
	pl061_drive(6, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls[1], 1U);
	KUNIT_EXPECT_EQ(test, calls[6], 1U);
	pl061_drive(6, false);
	pl061_drive(6, true);
	machine_deliver();
	KUNIT_EXPECT_EQ(test, calls[1], 1U);
	KUNIT_EXPECT_EQ(test, calls[6], 2U);
	free_irq(irq[0], &calls[1]);
	free_irq(irq[1], &calls[6]);
}

static void edge_in_the_handler_is_not_lost(struct kunit *test)
{
	unsigned int irq = ask_for(test, 0, IRQ_TYPE_EDGE_RISING);

	drive_again = 0;
	pl061_drive(0, true);
	machine_deliver();
	KUNIT_EXPECT_EQ(test, calls[0], 2U);
	free_irq(irq, &calls[0]);
}

static void level_lasts_until_it_is_served(struct kunit *test)
{
	unsigned int irq = ask_for(test, 4, IRQ_TYPE_LEVEL_HIGH);

	drive_low = 4;
	pl061_drive(4, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls[4], 1U);
	free_irq(irq, &calls[4]);
}

/* What comes meanwhile is delivered afterwards. */
static void masked_pin_waits(struct kunit *test)
{
	unsigned int irq = ask_for(test, 7, IRQ_TYPE_EDGE_RISING);
	unsigned int other = ask_for(test, 2, IRQ_TYPE_EDGE_RISING);

	disable_irq(irq);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 1U << 2);
	pl061_drive(7, true);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 0U);
	enable_irq(irq);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 1U << 2 | 1U << 7);
	KUNIT_EXPECT_EQ(test, machine_deliver(), 1U);
	KUNIT_EXPECT_EQ(test, calls[7], 1U);
	free_irq(irq, &calls[7]);
	free_irq(other, &calls[2]);
}

/* The chip may note edges that no pin had while its registers change (pl061_model.c does). */
static void change_of_type_is_silent(struct kunit *test)
{
	unsigned int irq = ask_for(test, 3, IRQ_TYPE_EDGE_RISING);

	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH), 0);
	KUNIT_EXPECT_EQ(test, irq_set_irq_type(irq, IRQ_TYPE_EDGE_FALLING), 0);
	KUNIT_EXPECT_EQ(test, pl061_raises, 0U);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 1U << 3);
	free_irq(irq, &calls[3]);
	KUNIT_EXPECT_EQ(test, set_type(3, IRQ_TYPE_EDGE_RISING), 0);
	KUNIT_EXPECT_EQ(test, pl061_register(IE), 0); /* still masked */
}

static void line_of_another_is_not_claimed(struct kunit *test)
{
	unsigned int before = machine_unhandled();

	machine_fire();
	KUNIT_EXPECT_EQ(test, machine_unhandled(), before + 1);
}

static const struct kunit_case pl061_irq_cases[] = {
	KUNIT_CASE(types_are_set),
	KUNIT_CASE(wrong_types_are_refused),
	KUNIT_CASE(edges_arrive_once),
	KUNIT_CASE(pins_are_told_apart),
	KUNIT_CASE(edge_in_the_handler_is_not_lost),
	KUNIT_CASE(level_lasts_until_it_is_served),
	KUNIT_CASE(masked_pin_waits),
	KUNIT_CASE(change_of_type_is_silent),
	KUNIT_CASE(line_of_another_is_not_claimed),
	{},
};

static const struct kunit_suite pl061_irq_suite = {
	.name = "pl061_irq",
	.init = setup,
	.exit = teardown,
	.cases = pl061_irq_cases,
};
kunit_test_suite(pl061_irq_suite);
