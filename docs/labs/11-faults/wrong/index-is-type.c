/* SPDX-License-Identifier: MIT */
/* The index of the entry is compared with the type that it selects. */
static const char *memory_word(u64 attr)
{
	const struct ptdump_field *field = ptdump_fields(PGTABLE_LEVEL_PTE);

	for (; field->word; field++)
		if (field->mask == PTE_ATTRINDX_MASK && field->value == attr)
			return field->word;
	return NULL;
}
