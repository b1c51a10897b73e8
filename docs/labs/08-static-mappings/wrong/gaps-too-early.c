/* SPDX-License-Identifier: MIT */
/* A gap is filled although the next row may be meant for it. */
void __init iotable_init(const struct map_desc *rows, unsigned int n)
{
	struct vm_struct *vm = memblock_alloc(n * sizeof(*vm), sizeof(long));
	unsigned int i;

	if (!vm)
		panic("iotable_init: no memory for %u records", n);
	for (i = 0; i < n; i++) {
		const char *error = map_desc_error(&rows[i]);

		if (error)
			panic("iotable_init: row %u, virtual 0x%lx, %s", i, rows[i].virtual, error);
		map_row(&rows[i], &vm[i]);
		fill_pmd_gaps(rows[i].virtual, rows[i].virtual + rows[i].length);
	}
}
