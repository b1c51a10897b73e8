/* SPDX-License-Identifier: MIT */
/* PAR_EL1 may still hold the answer to an earlier question. */
void ask_processor(struct processor_answer *answer, unsigned long addr)
{
	unsigned long flags;
	u64 par;

	/* One PAR_EL1 serves the processor: another task, or an interrupt, would overwrite it. */
	local_irq_save(flags);
	at_s1e1r(addr);
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
