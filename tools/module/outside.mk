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

$(if $(word 2,$(CURDIR)),$(error this folder has a blank in its path, which make cannot handle: $(CURDIR)))
$(if $(obj-m),,$(error obj-m is empty: obj-m := NAME.o builds a module from NAME.c))
$(foreach object,$(obj-m),$(if $(wildcard $(object:.o=.c)),,\
	$(error obj-m names $(object), and there is no $(object:.o=.c) in this folder)))

.PHONY: modules run clean
modules run:
	@$(MAKE) --no-print-directory -C $(MERCATOR) $@ M='$(CURDIR)' obj-m='$(obj-m)' ARCH=$(ARCH)
clean:
	rm -rf build
