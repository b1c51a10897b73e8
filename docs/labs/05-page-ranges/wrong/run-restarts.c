/* SPDX-License-Identifier: MIT */
/* Behind a border the run begins with its first page again. */
static __always_inline pte_t *map_run(pte_t *ptep, const pte_t *stop, struct map_source *source)
{
	pte_t pte = pfn_pte(source->pfn, source->prot);

	for (; ptep != stop && pte_none(*ptep); ptep++, pte = pte_next_pfn(pte))
		set_pte(ptep, pte);
	return ptep;
}
