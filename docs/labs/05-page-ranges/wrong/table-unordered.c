/* SPDX-License-Identifier: MIT */
/* A walker may follow the entry and read what the page held before. */
static void *begin_table(void)
{
	void *table = table_alloc();

	if (!table)
		return NULL;
	spin_lock(&page_table_lock);
	nr_tables++;
	return table;
}
