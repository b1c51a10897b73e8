/* SPDX-License-Identifier: MIT */
/* An address of an area is only said to be in vmalloc space. */
void describe_address(struct seq_buf *s, unsigned long addr)
{
	const struct region *region = find_region(addr);
	struct vm_struct area;

	if (region)
		seq_buf_puts(s, region->sentence);
	else if (read_owner(addr, &area))
		describe_area(s, &area, addr);
	else if (!describe_user(s, addr))
		seq_buf_puts(s, "nothing");
}
