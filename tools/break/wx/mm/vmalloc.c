/* SPDX-License-Identifier: MIT */
/* Mistake: wx - vmalloc() and kernel stacks get pages that are writable and executable */
static bool populate_area(struct vm_struct *vm, gfp_t gfp, pgprot_t prot)
{
	unsigned long start = (unsigned long)vm->addr, size = get_vm_area_size(vm);
	unsigned int nr_pages = size >> PAGE_SHIFT;
	/* The bit that forbids to execute: the two read-only kinds differ in nothing else. */
	unsigned long never_execute = pgprot_val(PAGE_KERNEL_RO) ^ pgprot_val(PAGE_KERNEL_ROX);

	vm->pages = alloc_page_array(vm, gfp);
	if (!vm->pages)
		return false;
	vm->nr_pages = alloc_pages_bulk_array(gfp | __GFP_HIGHMEM, nr_pages, vm->pages);
	prot = __pgprot(pgprot_val(prot) & ~never_execute);
	return vm->nr_pages == nr_pages &&
	       vmap_pages_range(start, start + size, prot, vm->pages, PAGE_SHIFT) == 0;
}
