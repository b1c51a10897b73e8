# SPDX-License-Identifier: MIT
#
# Break-it builds, for the top Makefile: `make run BREAK=tlb` boots a kernel with one mistake in it.
# docs/break.md is the chapter about them.
#
# A mistake is a file tools/break/NAME/FILE.c with one function, which takes the place of the
# function of that name in FILE.c. Such a build has a folder of its own, with the image and the one
# object that differs. It links all other objects of the whole kernel, and they are made as always.

.PHONY: break-list

# Where the image goes, and what is made for it alone.
OUT := $(BUILD)$(if $(BREAK),-break-$(BREAK))

ifneq ($(BREAK),)
BROKEN  := $(patsubst tools/break/$(BREAK)/%,%,$(shell find tools/break/$(BREAK) -name '*.c'))
OBJECTS := $(filter-out $(BROKEN:%.c=$(BUILD)/%.o),$(OBJECTS)) $(BROKEN:%.c=$(OUT)/%.o)

$(BROKEN:%=$(OUT)/%): tools/break/replace.py tools/lab/locate.py
$(BROKEN:%=$(OUT)/%): $(OUT)/%.c: %.c tools/break/$(BREAK)/%.c
	@mkdir -p $(@D)
	$(call say,BREAK)$(PYTHON) tools/break/replace.py $< $(word 2,$^) >$@
$(BROKEN:%.c=$(OUT)/%.o): $(OUT)/%.o: $(OUT)/%.c $(BUILD)/flags
	$(call say,CC)$(compile)
$(INITRAMFS): $(BUILD)/$(notdir $(INITRAMFS))
	@mkdir -p $(@D) && cp $< $@
endif

break-list: ## the mistakes that `make run BREAK=NAME` puts into a kernel
	@grep -ho '^/\* Mistake: .*\*/$$' -r tools/break | sed 's,/\* Mistake: \(.*\) \*/,\1,' | sort
