/* SPDX-License-Identifier: MIT */
/* The register gets the one bit, and loses those of the other pins. */
static void pl061_change(struct pl061 *pl061, unsigned int reg, unsigned int offset, bool set)
{
	writeb(set ? PIN(offset) : 0, pl061->base + reg);
}
