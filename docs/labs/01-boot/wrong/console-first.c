/* SPDX-License-Identifier: MIT */
/* The tree is asked before it is checked. */
void __init find_device_tree(void)
{
	phys_addr_t phys = handoff.regs[HANDOFF_DTB_REG];
	void *fdt = fixmap_remap_fdt(phys);

	if (!fdt)
		panic("no device tree: " HANDOFF_DTB_NAME
		      " holds 0x%llx, and a tree's address is aligned to 8 bytes and not 0. "
		      "Start the kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
	setup_earlycon_stdout();
	if (!early_init_dt_verify(fdt, phys))
		panic("no device tree: what " HANDOFF_DTB_NAME
		      " points to, 0x%llx, is not one. Start "
		      "the kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
}
