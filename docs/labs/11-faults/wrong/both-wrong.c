/* SPDX-License-Identifier: MIT */
/* A fault is taken for agreement where the tables map the address. */
static void compare(const struct path *path, const struct processor_answer *answer)
{
	bool mapped = path->words;

	if (answer->fault && !mapped)
		seq_buf_printf(path->s, ": differs, the tables map %s\n",
			       mapped ? "it" : "nothing");
	else if (answer->phys != path->phys)
		seq_buf_printf(path->s, ": differs, the tables lead to 0x%016llx\n", path->phys);
	else if (answer->memory && !has_word(path, answer->memory))
		seq_buf_puts(path->s, ": differs, the tables name another memory type\n");
	else
		seq_buf_puts(path->s, ": agree\n");
}
