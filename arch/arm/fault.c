/* SPDX-License-Identifier: MIT */
/*
 * What the processor says about a translation: the status of a fault in words, and its answer when
 * it is asked for the translation of an address.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.13 (fault status), B4.1.112 (PAR).
 * Linux counterpart: fsr_info[] in arch/arm/mm/fsr-2level.c; nothing there asks
 */
#include <asm/barrier.h>
#include <asm/pgtable.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/irqflags.h>
#include <mm/ptwalk.h>

static const char *const fault_names[32] = {
	[FSR_ALIGNMENT] = "alignment fault",
	[FSR_DEBUG] = "debug event",
	[0x03] = "access flag fault, level 1",
	[0x04] = "instruction cache maintenance fault",
	[FSR_TRANSLATION_L1] = "translation fault, level 1",
	[0x06] = "access flag fault, level 2",
	[0x07] = "translation fault, level 2",
	[FSR_EXTERNAL] = "external abort",
	[0x09] = "domain fault, level 1",
	[0x0b] = "domain fault, level 2",
	[0x0c] = "external abort on a table walk, level 1",
	[0x0d] = "permission fault, level 1",
	[0x0e] = "external abort on a table walk, level 2",
	[0x0f] = "permission fault, level 2",
	[0x10] = "TLB conflict",
	[FSR_EXTERNAL_ASYNC] = "asynchronous external abort",
};

const char *fault_status_name(unsigned int status)
{
	return fault_names[status] ?: "unknown fault";
}

/* Bits 31:24 of a supersection are in place; 39:32 are where a page has bits 23:16. */
static phys_addr_t par_phys(u32 par, unsigned long addr)
{
	if (par & PAR_SS)
		return (par & 0xff000000) | (phys_addr_t)(par >> 16 & 0xff) << 32 |
		       (addr & (SZ_16M - 1));
	return (par & PAGE_MASK) | (addr & ~PAGE_MASK);
}

/* The memory type is not taken from PAR, because QEMU leaves its bits 0. */
void ask_processor(struct processor_answer *answer, unsigned long addr)
{
	unsigned long flags;
	u32 par;

	/* One PAR serves the processor: another task, or an interrupt, would overwrite it. */
	local_irq_save(flags);
	write_cp15(addr, CP15_ATS1CPR);
	isb(); /* or PAR may still hold the answer to an earlier question */
	par = read_cp15(CP15_PAR);
	local_irq_restore(flags);

	*answer = (struct processor_answer){};
	if (par & PAR_F)
		answer->fault = fault_status_name(PAR_FS(par));
	else
		answer->phys = par_phys(par, addr);
}
