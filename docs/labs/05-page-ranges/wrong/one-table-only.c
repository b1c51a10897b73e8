/* SPDX-License-Identifier: MIT */
/* What lies behind the first table is not mapped. */
static __always_inline int map_range(unsigned long addr, unsigned long end,
				     struct map_source *source)
{
	const pte_t *stop;
	pte_t *ptep;

	BUG_ON(addr >= end);
	ptep = walk_to_pte(addr);
	if (!ptep)
		return -ENOMEM;
	stop = ptep + ((pmd_addr_end(addr, end) - addr) >> PAGE_SHIFT);
	ptep = source->pages ? map_pages(ptep, stop, source) : map_run(ptep, stop, source);
	if (ptep != stop) {
		BUG_ON(!source->busy_error);
		return source->busy_error;
	}
	return 0;
}
