/* SPDX-License-Identifier: MIT */
/*
 * The initramfs that is built into the image: `make INITRAMFS_BUILTIN=1` names an archive here;
 * otherwise it is empty and the boot loader passes one (-initrd).
 */
	.section .init.ramfs, "a"
	.balign	4
	.globl	__initramfs_start
	.globl	__initramfs_end
__initramfs_start:
#ifdef INITRAMFS
	.incbin	INITRAMFS
#endif
__initramfs_end:
