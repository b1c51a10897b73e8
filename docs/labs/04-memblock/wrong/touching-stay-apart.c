/* SPDX-License-Identifier: MIT */
/* Pieces that touch and have equal flags are not joined. */
static void write_piece(struct writer *out, phys_addr_t start, phys_addr_t end, unsigned int state)
{
	if ((state & ABSENT) || start >= end)
		return;
	out->last = (struct memblock_region){ start, end - start, state };
	out->written++;
	if (out->written > out->read + out->ahead)
		out->ahead = out->written - out->read;
	out->total_size += end - start;
	if (out->regions)
		out->regions[out->written - 1] = out->last;
}
