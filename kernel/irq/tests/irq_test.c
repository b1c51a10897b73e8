/* SPDX-License-Identifier: MIT */
/*
 * Interrupt numbers, requests and flow, on a controller that exists in this file only: the test
 * fires its lines by calling the flow handler, as a real controller's driver would.
 */

#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/base/smp.h>
#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define LINES 8

static const char node[] = "a firmware node";
static struct irq_domain *domain;
static bool masked[LINES];
static int eois;
static unsigned int set_type;

static void fake_mask(struct irq_data *d)
{
	masked[d->hwirq] = true;
}

static void fake_unmask(struct irq_data *d)
{
	masked[d->hwirq] = false;
}

static void fake_eoi(struct irq_data *d)
{
	eois++;
}

static int fake_set_type(struct irq_data *d, unsigned int type)
{
	set_type = type;
	return type == IRQ_TYPE_EDGE_FALLING ? -EINVAL : 0;
}

static const struct irq_chip fake_chip = {
	.name = "fake",
	.irq_mask = fake_mask,
	.irq_unmask = fake_unmask,
	.irq_eoi = fake_eoi,
	.irq_set_type = fake_set_type,
};

static int fake_translate(struct irq_domain *d, const struct irq_fwspec *fwspec,
			  unsigned long *hwirq, unsigned int *type)
{
	*hwirq = fwspec->param[0];
	*type = fwspec->param[1];
	return fwspec->param_count == 2 ? 0 : -EINVAL;
}

static int fake_map(struct irq_domain *d, unsigned int irq, unsigned long hwirq)
{
	irq_set_chip_and_handler(irq, &fake_chip, handle_fasteoi_irq);
	return 0;
}

static const struct irq_domain_ops fake_ops = {
	.translate = fake_translate,
	.map = fake_map,
};

/* Domains stay for good, so one serves all cases. */
static int setup(struct kunit *test)
{
	int i;

	if (!domain)
		domain = irq_domain_add_linear(node, LINES, &fake_ops, NULL);
	for (i = 0; i < LINES; i++)
		masked[i] = true;
	eois = 0;
	return domain ? 0 : -ENOMEM;
}

static int fire(unsigned long hwirq)
{
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	ret = generic_handle_domain_irq(domain, hwirq);
	local_irq_restore(flags);
	return ret;
}

static irqreturn_t count_mine(int irq, void *dev_id)
{
	++*(int *)dev_id;
	return IRQ_HANDLED;
}

static irqreturn_t count_not_mine(int irq, void *dev_id)
{
	++*(int *)dev_id;
	return IRQ_NONE;
}

static void mapping_is_stable(struct kunit *test)
{
	struct irq_fwspec spec = { .fwnode = node,
				   .param_count = 2,
				   .param = { 3, IRQ_TYPE_EDGE_RISING } };
	unsigned int irq = irq_create_mapping(domain, 3);

	KUNIT_EXPECT_NE(test, irq, 0U);
	KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, 3), irq);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, 3), irq);
	KUNIT_EXPECT_EQ(test, irq_create_fwspec_mapping(&spec), irq);
	KUNIT_EXPECT_EQ(test, set_type, (unsigned int)IRQ_TYPE_EDGE_RISING);
	KUNIT_EXPECT_EQ(test, irq_create_mapping(domain, LINES), 0U);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain, LINES), 0U);
	spec.param[1] = IRQ_TYPE_EDGE_FALLING;
	KUNIT_EXPECT_EQ(test, irq_create_fwspec_mapping(&spec), 0U);
	spec.fwnode = "another";
	KUNIT_EXPECT_EQ(test, irq_create_fwspec_mapping(&spec), 0U);
}

static void request_brings_the_line_up(struct kunit *test)
{
	unsigned int irq = irq_create_mapping(domain, 0);
	unsigned int before = kstat_irqs_cpu(irq, smp_processor_id());
	int count = 0;

	KUNIT_EXPECT_TRUE(test, masked[0]);
	KUNIT_ASSERT_EQ(test, request_irq(irq, count_mine, 0, "test", &count), 0);
	KUNIT_EXPECT_FALSE(test, masked[0]);
	KUNIT_EXPECT_EQ(test, request_irq(irq, count_mine, 0, "test", &eois), -EBUSY);
	KUNIT_EXPECT_EQ(test, fire(0), 0);
	KUNIT_EXPECT_EQ(test, count, 1);
	KUNIT_EXPECT_EQ(test, eois, 1);
	KUNIT_EXPECT_EQ(test, kstat_irqs_cpu(irq, smp_processor_id()), before + 1);
	free_irq(irq, &count);
	KUNIT_EXPECT_TRUE(test, masked[0]);
	fire(0);
	KUNIT_EXPECT_EQ(test, count, 1);
}

static void wrong_requests_are_refused(struct kunit *test)
{
	unsigned long errors = irq_err_count;

	KUNIT_EXPECT_EQ(test, request_irq(0, count_mine, 0, "test", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(NR_IRQS, count_mine, 0, "test", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(irq_create_mapping(domain, 1), NULL, 0, "test", NULL),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, fire(LINES - 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, irq_err_count, errors + 1);
	irq_err_count = errors;
}

static void disable_nests(struct kunit *test)
{
	unsigned int irq = irq_create_mapping(domain, 1);
	int count = 0;

	KUNIT_ASSERT_EQ(test, request_irq(irq, count_mine, 0, "test", &count), 0);
	disable_irq(irq);
	disable_irq_nosync(irq);
	KUNIT_EXPECT_TRUE(test, masked[1]);
	enable_irq(irq);
	KUNIT_EXPECT_TRUE(test, masked[1]);
	fire(1);
	KUNIT_EXPECT_EQ(test, count, 0);
	enable_irq(irq);
	KUNIT_EXPECT_FALSE(test, masked[1]);
	fire(1);
	KUNIT_EXPECT_EQ(test, count, 1);
	free_irq(irq, &count);
}

static void shared_line_asks_all(struct kunit *test)
{
	unsigned int irq = irq_create_mapping(domain, 2);
	int first = 0, second = 0;

	KUNIT_ASSERT_EQ(test, request_irq(irq, count_not_mine, IRQF_SHARED, "one", &first), 0);
	KUNIT_EXPECT_EQ(test, request_irq(irq, count_mine, 0, "two", &second), -EBUSY);
	KUNIT_EXPECT_EQ(test, request_irq(irq, count_mine, IRQF_SHARED, "two", &second), 0);
	fire(2);
	KUNIT_EXPECT_EQ(test, first, 1);
	KUNIT_EXPECT_EQ(test, second, 1);
	free_irq(irq, &first);
	KUNIT_EXPECT_FALSE(test, masked[2]);
	fire(2);
	KUNIT_EXPECT_EQ(test, first, 1);
	KUNIT_EXPECT_EQ(test, second, 2);
	free_irq(irq, &second);
	KUNIT_EXPECT_TRUE(test, masked[2]);
}

static void stuck_line_is_turned_off(struct kunit *test)
{
	unsigned int irq = irq_create_mapping(domain, 4);
	int count = 0, i;

	KUNIT_ASSERT_EQ(test, request_irq(irq, count_not_mine, 0, "stuck", &count), 0);
	for (i = 0; i < 99999; i++)
		fire(4);
	KUNIT_EXPECT_FALSE(test, masked[4]);
	fire(4);
	KUNIT_EXPECT_TRUE(test, masked[4]);
	free_irq(irq, &count);
}

static int simple_map(struct irq_domain *d, unsigned int irq, unsigned long hwirq)
{
	irq_set_chip_and_handler(irq, &fake_chip, handle_simple_irq);
	return 0;
}

/* A controller behind another one: its lines need no EOI, and it may be taken away. */
static void removed_domain_gives_its_numbers_back(struct kunit *test)
{
	static const struct irq_domain_ops ops = { .map = simple_map };
	static const char other[] = "another node";
	struct irq_domain *behind = irq_domain_add_linear(other, LINES, &ops, NULL);
	unsigned int irq = behind ? irq_create_mapping(behind, 5) : 0;
	unsigned long flags;
	int count = 0;

	KUNIT_ASSERT_NE(test, irq, 0U);
	KUNIT_ASSERT_EQ(test, request_irq(irq, count_mine, 0, "test", &count), 0);
	local_irq_save(flags);
	KUNIT_EXPECT_EQ(test, generic_handle_domain_irq(behind, 5), 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, count, 1);
	KUNIT_EXPECT_EQ(test, eois, 0);
	free_irq(irq, &count);
	irq_domain_remove(behind);
	KUNIT_EXPECT_NULL(test, irq_find_host(other));
	KUNIT_EXPECT_EQ(test, irq_alloc_desc(), (int)irq); /* the lowest that is free */
	KUNIT_EXPECT_NULL(test, irq_to_desc(irq)->irq_data.chip);
	irq_free_desc(irq);
}

static const struct kunit_case irq_cases[] = { KUNIT_CASE(mapping_is_stable),
					       KUNIT_CASE(request_brings_the_line_up),
					       KUNIT_CASE(wrong_requests_are_refused),
					       KUNIT_CASE(disable_nests),
					       KUNIT_CASE(shared_line_asks_all),
					       KUNIT_CASE(stuck_line_is_turned_off),
					       KUNIT_CASE(removed_domain_gives_its_numbers_back),
					       {} };

static const struct kunit_suite irq_suite = { .name = "irq", .init = setup, .cases = irq_cases };
kunit_test_suite(irq_suite);
