/* SPDX-License-Identifier: MIT */
/* Mistake: leak - boot's first look at the clock leaves its early mapping behind */
static void __init show_primecell(phys_addr_t base, unsigned long id_page)
{
	void __iomem *regs = early_ioremap(base + id_page, SZ_4K);
	u32 id, cell;
	bool answers;

	if (!regs)
		return;
	answers = amba_read_id(regs + SZ_4K - AMBA_ID_SIZE, &id, &cell);
	if (answers)
		pr_info("early: PL031 at 0x%llx: part 0x%03x, designer 0x%02x, rev %u\n", base,
			id & 0xfff, id >> 12 & 0xff, id >> 20 & 0xf);
	else
		pr_err("early: no PrimeCell answers at 0x%llx\n", base);
}
