/* SPDX-License-Identifier: MIT */
/* An interrupt that asks, too, overwrites the answer. */
void ask_processor(struct processor_answer *answer, unsigned long addr)
{
	u64 par;

	at_s1e1r(addr);
	isb(); /* or PAR_EL1 may still hold the answer to an earlier question */
	par = read_sysreg(par_el1);

	*answer = (struct processor_answer){};
	if (par & PAR_F) {
		answer->fault = fault_status_name(PAR_FST(par));
		return;
	}
	answer->phys = (par & PTE_ADDR_MASK) | (addr & ~PAGE_MASK);
	answer->memory = memory_word(PAR_ATTR(par));
}
