/* SPDX-License-Identifier: MIT */
/*
 * The Power State Coordination Interface: the firmware (here: QEMU) turns processors and the
 * machine on and off when it is called with hvc or smc, whichever the device tree says.
 *
 * Source: Arm DEN 0022, "Power State Coordination Interface".
 * Linux counterpart: drivers/firmware/psci/psci.c
 */

#define pr_fmt(fmt) "psci: " fmt

#include <asm/smccc.h>
#include <drivers/firmware/psci.h>
#include <drivers/of/of.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/reboot.h>

#define PSCI_FN_VERSION      0x84000000
#define PSCI_FN_CPU_ON       (sizeof(long) == 8 ? 0xc4000003 : 0x84000003)
#define PSCI_FN_SYSTEM_OFF   0x84000008
#define PSCI_FN_SYSTEM_RESET 0x84000009

#define PSCI_VERSION_MAJOR(version) ((u32)(version) >> 16)
#define PSCI_VERSION_MINOR(version) ((u32)(version) & 0xffff)

typedef void (*smccc_conduit)(unsigned long a0, unsigned long a1, unsigned long a2,
			      unsigned long a3, struct arm_smccc_res *res);

static smccc_conduit invoke;

static s32 psci_call(u32 function, unsigned long a1, unsigned long a2, unsigned long a3)
{
	struct arm_smccc_res res;

	invoke(function, a1, a2, a3, &res);
	return res.a0;
}

static void psci_sys_poweroff(void)
{
	psci_call(PSCI_FN_SYSTEM_OFF, 0, 0, 0);
}

static void psci_sys_reset(void)
{
	psci_call(PSCI_FN_SYSTEM_RESET, 0, 0, 0);
}

int psci_cpu_on(u64 hwid, phys_addr_t entry, unsigned long context)
{
	return invoke ? psci_call(PSCI_FN_CPU_ON, hwid, entry, context) : -ENODEV;
}

static struct sys_off_handler psci_handler = {
	.name = "PSCI",
	.ask = { [SYS_OFF_MODE_POWER_OFF] = psci_sys_poweroff,
		 [SYS_OFF_MODE_RESTART] = psci_sys_reset },
};

static smccc_conduit __init find_conduit(const struct device_node *np)
{
	if (!of_property_match_string(np, "method", "hvc"))
		return arm_smccc_hvc;
	return of_property_match_string(np, "method", "smc") ? NULL : arm_smccc_smc;
}

/* 0.2 fixed the function numbers; before it they were whatever the tree said. */
static const struct of_device_id psci_of_match[] __initconst = { { .compatible = "arm,psci-1.0" },
								 { .compatible = "arm,psci-0.2" },
								 {} };

int __init psci_dt_init(void)
{
	struct device_node *np;
	s32 version;

	for_each_matching_node(np, psci_of_match) {
		if (of_device_is_available(np))
			break;
	}
	if (!np)
		return -ENODEV;
	invoke = find_conduit(np);
	if (!invoke) {
		pr_err("%s: method is neither \"hvc\" nor \"smc\"\n", np->full_name);
		return -EINVAL;
	}
	version = psci_call(PSCI_FN_VERSION, 0, 0, 0);
	if (version == SMCCC_RET_NOT_SUPPORTED) {
		pr_err("%s: nobody answers\n", np->full_name);
		return -ENODEV;
	}
	pr_info("PSCIv%u.%u detected in firmware.\n", PSCI_VERSION_MAJOR(version),
		PSCI_VERSION_MINOR(version));
	register_sys_off_handler(&psci_handler);
	return 0;
}
