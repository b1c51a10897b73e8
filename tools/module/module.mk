# SPDX-License-Identifier: MIT
#
# Modules, for the top Makefile: which files of the tree are modules, and how any module is built.
#
# A module is one C file. NAME.elf is its object code with what a debugger reads, NAME.ko the same
# without that, for the initramfs. M=FOLDER and obj-m=NAME.o build a module of a folder outside the
# tree; outside.mk passes them.

# Left out of the image, and in the initramfs as /lib/modules/NAME.ko.
MODULES  ?= drivers/misc/edu drivers/misc/hello
LEFT_OUT += $(MODULES:=.c)
$(foreach module,$(MODULES),$(if $(wildcard $(module).c),,\
	$(error MODULES names $(module), and there is no $(module).c in this tree)))

# Builds that share no object inside the tree share none outside.
OUTSIDE      := $(if $(M),$(M)/build/$(notdir $(BUILD)))
IN_TREE      := $(MODULES:%=$(BUILD)/%.ko)
MODULE_FILES := $(IN_TREE) $(patsubst %.o,$(OUTSIDE)/%.ko,$(if $(M),$(obj-m)))

.PHONY: modules
.SECONDARY: $(foreach end,elf m.o self.o,$(MODULE_FILES:ko=$(end)))
modules: $(MODULE_FILES) ## build the modules alone: MODULES='drivers/misc/hello' says which

# $* is the path without the ending. Its last part is the module's name, with _ for -, as in Linux.
module_compile = @mkdir -p $(@D)
module_compile += $(NEWLINE)$(call say,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -DMODULE \
	-DKBUILD_MODNAME='"$(subst -,_,$(notdir $*))"' -MMD -MP -c -o $@ $<

define NEWLINE


endef

$(BUILD)/%.m.o: %.c $(BUILD)/flags
	$(module_compile)
%.self.o: tools/module/self.c $(BUILD)/flags
	$(module_compile)
ifdef M
$(OUTSIDE)/%.m.o: $(M)/%.c $(BUILD)/flags
	$(module_compile)
endif

$(MODULE_FILES:.ko=.elf): %.elf: %.m.o %.self.o
	$(call say,LD)$(LD) -r -o $@ $^
$(MODULE_FILES): %.ko: %.elf
	$(call say,STRIP)$(OBJCOPY) --strip-debug $< $@
-include $(MODULE_FILES:.ko=.m.d) $(MODULE_FILES:.ko=.self.d)

# Which module drives which device, as depmod would write it: "alias pci:v00001234d000011E8* edu".
$(BUILD)/modules.alias: $(MODULE_FILES) FORCE
	@mkdir -p $(@D)
	@for file in $(MODULE_FILES); do $(OBJCOPY) -O binary -j .modinfo $$file $@.one; \
		name=$${file##*/}; tr '\0' '\n' <$@.one | \
		sed -n "s/^alias=\(.*\)/alias \1 $${name%.ko}/p"; done >$@; rm -f $@.one

# The initramfs is userland's list and the modules: the tree's with paths from $(BUILD), because the
# tree's own path may have blanks, and those of another folder with whole ones.
$(BUILD)/rootfs.list: userland/rootfs.list $(BUILD)/modules.alias FORCE
	@mkdir -p $(@D)
	@{ cat $<; echo 'dir /lib 0755'; echo 'dir /lib/modules 0755'; \
	   echo 'file /lib/modules/modules.alias modules.alias 0644'; \
	   for file in $(MODULES:=.ko) $(filter $(OUTSIDE)/%,$(MODULE_FILES)); do \
		echo "file /lib/modules/$${file##*/} $$file 0644"; done; } >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
