/* SPDX-License-Identifier: MIT */
/* Which processor this is. Linux counterpart: arch/arm/kernel/setup.c (setup_processor) */
#include <asm/sysreg.h>
#include <kernel/base/cpu.h>
#include <kernel/base/printk.h>

/* Three levels of affinity; the other bits say other things. */
#define MPIDR_HWID_MASK 0xffffff

u64 cpu_hwid(void)
{
	return read_cp15(CP15_MPIDR) & MPIDR_HWID_MASK;
}

void cpu_show(void)
{
	pr_info("CPU: ARMv7, MIDR 0x%08x, MPIDR 0x%08x\n", read_cp15(CP15_MIDR),
		read_cp15(CP15_MPIDR));
}
