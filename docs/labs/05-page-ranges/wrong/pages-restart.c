/* SPDX-License-Identifier: MIT */
/* Behind a border the array begins with its first page again. */
static __always_inline pte_t *map_pages(pte_t *ptep, const pte_t *stop, struct map_source *source)
{
	struct page **pages = source->pages;

	for (; ptep != stop && pte_none(*ptep); ptep++)
		set_pte(ptep, pfn_pte(page_to_pfn(*pages++), source->prot));
	return ptep;
}
