/* SPDX-License-Identifier: MIT */
/* bss is not in the file, so it is not mapped. */
static void map_image(pgd_t *pgd, u64 voffset)
{
	map_part(pgd, voffset, _text, _etext, PAGE_KERNEL_ROX);
	map_part(pgd, voffset, __start_rodata, __end_rodata, PAGE_KERNEL_RO);
	map_part(pgd, voffset, __inittext_begin, __inittext_end, PAGE_KERNEL_ROX);
	map_part(pgd, voffset, __initdata_begin, __initdata_end, PAGE_KERNEL);
	map_part(pgd, voffset, _sdata, __bss_start, PAGE_KERNEL);
}
