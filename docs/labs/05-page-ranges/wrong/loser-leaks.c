/* SPDX-License-Identifier: MIT */
/* The table that was not needed is lost. */
bool __pmd_alloc(pud_t *pudp)
{
	pmd_t *table = begin_table();

	if (!table)
		return false;
	if (pud_none(*pudp)) {
		pud_populate(pudp, table);
		table = NULL;
	}
	end_table(NULL);
	return true;
}
