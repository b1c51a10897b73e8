# SPDX-License-Identifier: MIT
#
# Builds a module in a folder outside the tree. The Makefile there has three lines:
#
#	obj-m := hello.o
#	MERCATOR := ../mercator
#	include $(MERCATOR)/tools/module/outside.mk
#
# and `make` builds build/arm64/hello.ko from hello.c, `make ARCH=arm` that for arm. `make run` boots
# the kernel with the module in /lib/modules.

ARCH ?= arm64

.PHONY: modules run clean
modules run:
	@$(MAKE) --no-print-directory -C $(MERCATOR) $@ M='$(CURDIR)' obj-m='$(obj-m)' ARCH=$(ARCH)
clean:
	rm -rf build
