# SPDX-License-Identifier: MIT
#
# What the Makefile must know about arm64.

TOOLCHAINS   := aarch64-linux-gnu- aarch64-none-elf- aarch64-elf- aarch64-unknown-linux-gnu- \
		aarch64-none-linux-gnu-
CLANG_TARGET := aarch64-linux-gnu

# The kernel never touches FP or SIMD registers (they belong to user programs), and makes no
# unaligned access: those fault on Device memory, and everywhere while the MMU is off.
ARCH_CFLAGS       := -march=armv8-a -mgeneral-regs-only -mno-outline-atomics -mstrict-align
ARCH_GCC_CFLAGS   :=
ARCH_CLANG_CFLAGS :=
SPARSE_FLAGS      := --arch=arm64

# Debian's name of the architecture, and of the package that leads to its kernel.
DEB_ARCH   := arm64
DEB_KERNEL := linux-image-arm64

IMAGE := Image
QEMU  := qemu-system-aarch64
CPU   ?= cortex-a57

# Started by U-Boot: its binary for this machine, the command that starts a plain image, and where
# in RAM a FIT image has the kernel put.
UBOOT       ?= /usr/lib/u-boot/qemu_arm64/u-boot.bin
UBOOT_PLAIN := booti
FIT_LOAD    := 0x40400000
