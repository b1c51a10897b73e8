# SPDX-License-Identifier: MIT
#
# What the Makefile must know about 32-bit arm.

TOOLCHAINS   := arm-linux-gnueabihf- arm-linux-gnueabi- arm-none-eabi- arm-unknown-linux-gnueabihf- \
		arm-none-linux-gnueabihf-
CLANG_TARGET := arm-linux-gnueabihf

# A kernel for several processors is a build of its own, which maps by pages only: a copy of a
# first-level entry, in the tables that another processor walks, cannot be changed in time. Pages
# reach 4 GiB, so the machine is asked to keep its PCI windows below.
comma        := ,
SEVERAL      := $(filter-out 1,$(SMP))
BUILD_SUFFIX := $(if $(SEVERAL),-smp)
LEFT_OUT     := $(if $(SEVERAL),arch/arm/sections.c arch/arm/tests/leaf_test.c)
MACHINE      := $(if $(SEVERAL),$(comma)highmem=off)
MACHINE_NOTE := $(if $(SEVERAL),with several processors arm maps by pages$(comma) which reach 4 GiB: \
		highmem=off keeps the PCI windows below)

# ARMv7 with the Virtualization Extensions (Cortex-A15), ARM instructions, no FP registers, no
# unaligned access. Backtraces go by tables (unwind.c) and need no frame pointer.
ARCH_CFLAGS       := -march=armv7ve -marm -mfloat-abi=soft -mno-unaligned-access \
		     -fomit-frame-pointer -funwind-tables -DCONFIG_SMP=$(if $(SEVERAL),1,0)
ARCH_GCC_CFLAGS   :=
ARCH_CLANG_CFLAGS :=
SPARSE_FLAGS      := --arch=arm

# Debian's name of the architecture, and of the package that leads to its kernel.
DEB_ARCH   := armhf
DEB_KERNEL := linux-image-armmp
# It has 32-bit physical addresses, which must reach the PCI windows.
LINUX_MACHINE := $(comma)highmem=off

IMAGE := zImage
QEMU  := qemu-system-arm
CPU   ?= cortex-a15

# Started by U-Boot: its binary for this machine, the command that starts a plain image, and where
# in RAM a FIT image has the kernel put.
UBOOT       ?= /usr/lib/u-boot/qemu_arm/u-boot.bin
UBOOT_PLAIN := bootz
FIT_LOAD    := 0x40408000
