# SPDX-License-Identifier: MIT
#
# What the Makefile must know about 32-bit arm.

TOOLCHAINS   := arm-linux-gnueabihf- arm-linux-gnueabi- arm-none-eabi- arm-unknown-linux-gnueabihf- \
		arm-none-linux-gnueabihf-
CLANG_TARGET := arm-linux-gnueabihf

# ARMv7 with the Virtualization Extensions (Cortex-A15), ARM instructions, no FP registers, no
# unaligned access.
ARCH_CFLAGS       := -march=armv7ve -marm -mfloat-abi=soft -mno-unaligned-access
# APCS frames can be walked; Clang cannot lay them out, so its backtraces need another way.
ARCH_GCC_CFLAGS   := -mapcs-frame -DCONFIG_APCS_FRAME
ARCH_CLANG_CFLAGS :=
SPARSE_FLAGS      := --arch=arm

IMAGE := zImage
QEMU  := qemu-system-arm
CPU   ?= cortex-a15

# Started by U-Boot: its binary for this machine, the command that starts a plain image, and where
# in RAM a FIT image has the kernel put.
UBOOT       ?= /usr/lib/u-boot/qemu_arm/u-boot.bin
UBOOT_PLAIN := bootz
FIT_LOAD    := 0x40408000
