/* SPDX-License-Identifier: MIT */
/* An entry in use is pointed elsewhere: one valid entry after another. */
static __always_inline pte_t *map_run(pte_t *ptep, const pte_t *stop, struct map_source *source)
{
	pte_t *first = ptep, pte = pfn_pte(source->pfn, source->prot);

	for (; ptep != stop; ptep++, pte = pte_next_pfn(pte))
		set_pte(ptep, pte);
	source->pfn += ptep - first;
	return ptep;
}
