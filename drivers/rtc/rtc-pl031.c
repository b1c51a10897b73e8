/* SPDX-License-Identifier: MIT */
/*
 * The PL031: a counter of seconds, a register to compare it with, an interrupt. On this machine it
 * is the one timer whose registers are in memory.
 *
 * Source: ARM DDI 0224, "PrimeCell Real Time Clock (PL031) Technical Reference Manual".
 * Linux counterpart: drivers/rtc/rtc-pl031.c
 */

#include <asm/io.h>
#include <drivers/base/device.h>
#include <kernel/lib/errno.h>
#include <kernel/time/rtc.h>

#define RTC_DR   0x00 /* seconds now */
#define RTC_MR   0x04 /* interrupt when RTC_DR reaches this */
#define RTC_CR   0x0c /* run */
#define RTC_IMSC 0x10 /* let the interrupt through */
#define RTC_RIS  0x14 /* it is pending */
#define RTC_MIS  0x18 /* both */
#define RTC_ICR  0x1c /* clear it */

#define RTC_BIT_AI 1
#define RTC_CR_EN  1

struct pl031_local {
	struct rtc_device rtc;
	void __iomem *base;
};

static struct pl031_local *to_local(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static int pl031_read_time(struct device *dev, struct rtc_time *tm)
{
	rtc_time64_to_tm(readl(to_local(dev)->base + RTC_DR), tm);
	return 0;
}

static void pl031_stop_alarm(struct pl031_local *ldata)
{
	writel(0, ldata->base + RTC_IMSC);
	writel(RTC_BIT_AI, ldata->base + RTC_ICR);
}

static int pl031_read_alarm(struct device *dev, struct rtc_wkalrm *alarm)
{
	struct pl031_local *ldata = to_local(dev);

	rtc_time64_to_tm(readl(ldata->base + RTC_MR), &alarm->time);
	alarm->pending = readl(ldata->base + RTC_RIS) & RTC_BIT_AI;
	alarm->enabled = readl(ldata->base + RTC_IMSC) & RTC_BIT_AI;
	return 0;
}

/*
 * A match is forgotten before the new time is set, never after: the new time may be reached at
 * once, and clearing then would lose it. A time that has passed meanwhile will not match again for
 * 136 years: that is refused, as if it had been past at first.
 */
static int pl031_set_alarm(struct device *dev, const struct rtc_wkalrm *alarm)
{
	struct pl031_local *ldata = to_local(dev);
	time64_t time = rtc_tm_to_time64(&alarm->time);

	if (time < 0 || time > (time64_t)(u32)~0U) /* 32 bits of seconds last until 2106 */
		return -EINVAL;
	pl031_stop_alarm(ldata);
	writel(time, ldata->base + RTC_MR);
	if (readl(ldata->base + RTC_DR) > time && !(readl(ldata->base + RTC_RIS) & RTC_BIT_AI))
		return -EINVAL;
	writel(alarm->enabled ? RTC_BIT_AI : 0, ldata->base + RTC_IMSC);
	return 0;
}

static const struct rtc_class_ops pl031_ops = {
	.read_time = pl031_read_time,
	.read_alarm = pl031_read_alarm,
	.set_alarm = pl031_set_alarm,
};

static irqreturn_t pl031_interrupt(int irq, void *dev_id)
{
	struct pl031_local *ldata = dev_id;

	if (!(readl(ldata->base + RTC_MIS) & RTC_BIT_AI))
		return IRQ_NONE;
	writel(RTC_BIT_AI, ldata->base + RTC_ICR);
	rtc_update_irq(&ldata->rtc, 1, RTC_AF);
	return IRQ_HANDLED;
}

static int pl031_map(struct platform_device *pdev, struct pl031_local *ldata)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);

	if (!res)
		return -EINVAL;
	if (!devm_request_mem_region(&pdev->dev, res->start, resource_size(res), "rtc-pl031"))
		return -EBUSY;
	ldata->base = devm_ioremap(&pdev->dev, res->start, resource_size(res));
	return ldata->base ? 0 : -ENOMEM;
}

static int pl031_probe(struct platform_device *pdev)
{
	int irq = platform_get_irq(pdev, 0), ret;
	struct pl031_local *ldata;

	if (irq < 0)
		return irq;
	ldata = devm_kzalloc(&pdev->dev, sizeof(*ldata), GFP_KERNEL);
	if (!ldata)
		return -ENOMEM;
	ret = pl031_map(pdev, ldata);
	if (ret)
		return ret;
	platform_set_drvdata(pdev, ldata);
	writel(RTC_CR_EN, ldata->base + RTC_CR);
	pl031_stop_alarm(ldata);
	ret = devm_request_irq(&pdev->dev, irq, pl031_interrupt, 0, "rtc-pl031", ldata);
	if (ret)
		return ret;
	ldata->rtc.name = "rtc-pl031";
	ldata->rtc.dev = &pdev->dev;
	ldata->rtc.ops = &pl031_ops;
	return rtc_register_device(&ldata->rtc);
}

static void pl031_remove(struct platform_device *pdev)
{
	struct pl031_local *ldata = platform_get_drvdata(pdev);

	rtc_unregister_device(&ldata->rtc);
	pl031_stop_alarm(ldata);
}

static const struct of_device_id pl031_of_match[] = { { .compatible = "arm,pl031" }, {} };

static struct platform_driver pl031_driver = {
	.probe = pl031_probe,
	.remove = pl031_remove,
	.driver = {
		.name = "rtc-pl031",
		.of_match_table = pl031_of_match,
	},
};
builtin_platform_driver(pl031_driver);
