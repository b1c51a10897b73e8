# SPDX-License-Identifier: MIT
# ARMv7 with the virtualization extensions (it has sdiv and udiv, so that no program needs libgcc
# for a division), arm instructions, no floating point.
USER_ARCH_CFLAGS := -march=armv7ve -marm -mfloat-abi=soft -mno-unaligned-access
