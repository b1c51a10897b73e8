/* SPDX-License-Identifier: MIT */
/* Up and down are mistaken for each other. */
static void __init show_image(struct seq_buf *s)
{
	u64 now = __pa(_text), then = handoff.loaded_at;

	seq_buf_printf(s, "image         loaded at 0x%llx, ", then);
	if (now == then)
		seq_buf_puts(s, "stays there\n");
	else
		seq_buf_printf(s, "moved %s to 0x%llx\n", now < then ? "up" : "down", now);
}
