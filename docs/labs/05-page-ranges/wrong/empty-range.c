/* SPDX-License-Identifier: MIT */
/* An empty range maps all up to the end of the address space. */
static __always_inline int map_range(unsigned long addr, unsigned long end,
				     struct map_source *source)
{
	unsigned long next;

	do { /* once for each last table */
		pte_t *ptep = walk_to_pte(addr);
		const pte_t *stop;

		if (!ptep)
			return -ENOMEM;
		next = pmd_addr_end(addr, end);
		stop = ptep + ((next - addr) >> PAGE_SHIFT);
		ptep = source->pages ? map_pages(ptep, stop, source) : map_run(ptep, stop, source);
		if (ptep != stop) {
			BUG_ON(!source->busy_error);
			return source->busy_error;
		}
	} while (addr = next, addr != end);
	return 0;
}
