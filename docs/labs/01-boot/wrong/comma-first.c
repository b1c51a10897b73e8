/* SPDX-License-Identifier: MIT */
/* Each name begins with a comma. */
static void __init show_switches(struct seq_buf *s, const char *label, u64 control)
{
	static const struct {
		u64 bit;
		const char *name;
	} bits[] = {
		{ SCTLR_M, "MMU" },
		{ SCTLR_C, "D-cache" },
		{ SCTLR_I, "I-cache" },
		{ SCTLR_A, "alignment checks" },
	};
	const char *before = label;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		if (control & bits[i].bit) {
			seq_buf_printf(s, "%s, %s", before, bits[i].name);
			before = ", ";
		}
	}
	if (before != label)
		seq_buf_putc(s, '\n');
}
