/* SPDX-License-Identifier: MIT */
/*
 * What the processor says about a translation: the status of a fault in words, and its answer when
 * it is asked for the translation of an address.
 *
 * Source: Arm ARM (DDI 0487) D17.2.37 (ESR_EL1, DFSC), D17.2.101 (PAR_EL1).
 * Linux counterpart: fault_info[] in arch/arm64/mm/fault.c; is_spurious_el1_translation_fault()
 */
#include <asm/barrier.h>
#include <asm/pgtable.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/irqflags.h>
#include <mm/ptdump.h>
#include <mm/ptwalk.h>

static const char *const fault_names[64] = {
	[0x00] = "address size fault, level 0",
	[0x01] = "address size fault, level 1",
	[0x02] = "address size fault, level 2",
	[0x03] = "address size fault, level 3",
	[0x04] = "translation fault, level 0",
	[0x05] = "translation fault, level 1",
	[0x06] = "translation fault, level 2",
	[0x07] = "translation fault, level 3",
	[0x09] = "access flag fault, level 1",
	[0x0a] = "access flag fault, level 2",
	[0x0b] = "access flag fault, level 3",
	[0x0d] = "permission fault, level 1",
	[0x0e] = "permission fault, level 2",
	[0x0f] = "permission fault, level 3",
	[FSC_EXTERNAL] = "external abort",
	[FSC_ALIGNMENT] = "alignment fault",
	[0x30] = "TLB conflict",
};

const char *fault_status_name(unsigned int status)
{
	return fault_names[status] ?: "unknown fault";
}

/* The byte of MAIR_EL1 that an ATTRINDX field selects. */
static u64 mair_byte(u64 attrindx)
{
	return MAIR_VALUE >> (attrindx / PTE_ATTRINDX(1) * 8) & 0xff;
}

/* The word of a memory type whose byte in MAIR_EL1 is attr, or NULL. */
static const char *memory_word(u64 attr)
{
	const struct ptdump_field *field = ptdump_fields(PGTABLE_LEVEL_PTE);

	for (; field->word; field++)
		if (field->mask == PTE_ATTRINDX_MASK && mair_byte(field->value) == attr)
			return field->word;
	return NULL;
}

void ask_processor(struct processor_answer *answer, unsigned long addr)
{
	unsigned long flags;
	u64 par;

	/* One PAR_EL1 serves the processor: another task, or an interrupt, would overwrite it. */
	local_irq_save(flags);
	at_s1e1r(addr);
	isb(); /* or PAR_EL1 may still hold the answer to an earlier question */
	par = read_sysreg(par_el1);
	local_irq_restore(flags);

	*answer = (struct processor_answer){};
	if (par & PAR_F) {
		answer->fault = fault_status_name(PAR_FST(par));
		return;
	}
	answer->phys = (par & PTE_ADDR_MASK) | (addr & ~PAGE_MASK);
	answer->memory = memory_word(PAR_ATTR(par));
}
