/* SPDX-License-Identifier: MIT */
/* Odd sections overwrite the first half of their pair. */
void *__init fixmap_remap_fdt(phys_addr_t phys)
{
	phys_addr_t base = phys & SECTION_MASK;
	unsigned long window = FDT_FIXED_BASE, offset;

	if (!phys || phys & 7)
		return NULL;
	for (offset = 0; offset < FDT_FIXED_SIZE; offset += SECTION_SIZE) {
		pmd_t *pair = pmd_off_k(window + offset);

		set_pmd(&pair[0], __pmd(__section_entry(base + offset, PROT_SECT_ROM)));
	}
	flush_cache_vmap(window, window + FDT_FIXED_SIZE); /* the caller reads the tree at once */
	return (void *)(window + (unsigned long)(phys - base));
}
