/* SPDX-License-Identifier: MIT */
/* The status of a fault is decoded as an address. */
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
	answer->phys = (par & PTE_ADDR_MASK) | (addr & ~PAGE_MASK);
	answer->memory = memory_word(PAR_ATTR(par));
}
