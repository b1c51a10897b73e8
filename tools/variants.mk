# SPDX-License-Identifier: MIT
#
# Builds that differ from the usual one by a choice, for the top Makefile; each has its own folder.

# DEBUG_LOCKS=1: each spin lock is checked when it is taken and given back.
ARCH_CFLAGS  += $(if $(DEBUG_LOCKS),-DCONFIG_DEBUG_LOCKS)
LEFT_OUT     += $(if $(DEBUG_LOCKS),,kernel/base/lock_debug.c)
BUILD_SUFFIX := $(BUILD_SUFFIX)$(if $(DEBUG_LOCKS),-locks)

# BUSYBOX=1: the same kernel, with another initramfs (tools/beside/beside.mk).
INITRAMFS = $(OUT)/initramfs$(if $(BUSYBOX),-busybox).cpio
