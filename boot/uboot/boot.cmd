# SPDX-License-Identifier: MIT
#
# What U-Boot runs when it finds boot.scr on a disk. uboot.env on the same disk says how to start
# (start, plain, image, initramfs) and gives the kernel command line (bootargs); a variable that is already set
# in the environment wins, so that `setenv bootargs ...; boot` at U-Boot's prompt does what it says.

setenv disk ${devtype} ${devnum}:${distro_bootpart}
setenv typed "${bootargs}"
setenv chosen "${start}"
load ${disk} ${pxefile_addr_r} uboot.env
env import -t ${pxefile_addr_r} ${filesize} start plain image initramfs bootargs
if test -n "${typed}"; then
	setenv bootargs "${typed}"
fi
if test -n "${chosen}"; then
	setenv start "${chosen}"
fi

if test "${start}" = bootm; then
	load ${disk} ${ramdisk_addr_r} mercator.itb
	bootm ${ramdisk_addr_r}#mercator ${ramdisk_addr_r}#mercator ${fdt_addr}
else
	load ${disk} ${kernel_addr_r} ${image}
	load ${disk} ${ramdisk_addr_r} ${initramfs}
	${plain} ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr}
fi
