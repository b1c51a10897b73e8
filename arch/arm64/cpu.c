/* SPDX-License-Identifier: MIT */
/* Which processor this is. Linux counterpart: arch/arm64/kernel/cpuinfo.c */
#include <asm/sysreg.h>
#include <kernel/base/printk.h>
#include <kernel/base/cpu.h>

/* Four levels of affinity; the other bits say other things. */
#define MPIDR_HWID_MASK 0xff00ffffffUL

u64 cpu_hwid(void)
{
	return read_sysreg(mpidr_el1) & MPIDR_HWID_MASK;
}

void cpu_show(void)
{
	u64 mmfr0 = read_sysreg(id_aa64mmfr0_el1);

	pr_info("CPU: AArch64, MIDR 0x%08llx, MPIDR 0x%llx, PARange %llu\n", read_sysreg(midr_el1),
		read_sysreg(mpidr_el1), mmfr0 & 0xf);
}
