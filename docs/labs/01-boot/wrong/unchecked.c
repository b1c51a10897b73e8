/* SPDX-License-Identifier: MIT */
/* Any bytes are taken for a device tree. */
void __init find_device_tree(void)
{
	phys_addr_t phys = handoff.regs[HANDOFF_DTB_REG];
	void *fdt = fixmap_remap_fdt(phys);

	if (!fdt)
		panic("no device tree: " HANDOFF_DTB_NAME
		      " holds 0x%llx, and a tree's address is aligned to 8 bytes and not 0. "
		      "Start the kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
	early_init_dt_verify(fdt, phys);
	setup_earlycon_stdout();
}
