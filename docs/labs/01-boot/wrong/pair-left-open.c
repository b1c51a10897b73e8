/* SPDX-License-Identifier: MIT */
/* The rest of the pairs is not mapped, and no section can map it later. */
static void map_image(void)
{
	map_part((u32)_text, (u32)_etext, PAGE_KERNEL_ROX);
	map_part((u32)__start_rodata, (u32)__end_rodata, PAGE_KERNEL_RO);
	map_part((u32)__inittext_begin, (u32)__inittext_end, PAGE_KERNEL_ROX);
	map_part((u32)__initdata_begin, (u32)__initdata_end, PAGE_KERNEL);
	map_part((u32)_sdata, (u32)_end, PAGE_KERNEL);
}
