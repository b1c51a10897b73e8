/* SPDX-License-Identifier: MIT */
/* A device is mapped as memory. */
void early_map(void)
{
	early_puts("Mercator\n");
	kimage_voffset = KIMAGE_VADDR - (u64)_text;
	map_image(idmap_pg_dir, 0);
	map_page(idmap_pg_dir, CONFIG_DEBUG_UART, CONFIG_DEBUG_UART, PAGE_KERNEL);
	map_image(swapper_pg_dir, kimage_voffset);
	/*
	 * bss and the tables in it were written with the cache off, so they are in memory. A cache
	 * line left by the loader would hide them, or overwrite them when it is written back.
	 */
	dcache_inval_poc((unsigned long)__bss_start, (unsigned long)__bss_stop);
}
