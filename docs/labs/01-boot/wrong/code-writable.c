/* SPDX-License-Identifier: MIT */
/* Code can be written to. */
static void map_image(pgd_t *pgd, u64 voffset)
{
	map_part(pgd, voffset, _text, _etext, __pgprot(pgprot_val(PAGE_KERNEL_ROX) & ~PTE_RDONLY));
	map_part(pgd, voffset, __start_rodata, __end_rodata, PAGE_KERNEL_RO);
	map_part(pgd, voffset, __inittext_begin, __inittext_end, PAGE_KERNEL_ROX);
	map_part(pgd, voffset, __initdata_begin, __initdata_end, PAGE_KERNEL);
	map_part(pgd, voffset, _sdata, _end, PAGE_KERNEL);
}
