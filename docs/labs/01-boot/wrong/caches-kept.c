/* SPDX-License-Identifier: MIT */
/* Lines that the loader left in the cache hide the tables. */
void early_map(void)
{
	early_puts("Mercator\n");
	kimage_voffset = KIMAGE_VADDR - (u64)_text;
	map_image(idmap_pg_dir, 0);
	map_page(idmap_pg_dir, CONFIG_DEBUG_UART, CONFIG_DEBUG_UART, FIXMAP_PAGE_IO);
	map_image(swapper_pg_dir, kimage_voffset);
}
