# SPDX-License-Identifier: MIT
#
# Started as a board starts: U-Boot is the firmware, and finds on a disk what it boots. The disk
# holds the FIT image, the plain image and initramfs, boot.scr and the environment (docs/uboot.md).
# Nothing here needs root.

# How boot.scr starts the kernel: bootm (the FIT image), booti (arm64) or bootz (arm).
START ?= bootm
START_COMMANDS := bootm $(UBOOT_PLAIN)
$(if $(filter-out $(START_COMMANDS),$(START)),$(error START=$(START): use one of $(START_COMMANDS)))

UBOOT_CMD = $(QEMU) -M virt,gic-version=$(GIC)$(MACHINE) -cpu $(CPU) -m $(MEM) -smp $(SMP) -nographic \
	    -nic none -bios $(call path,$(UBOOT)) \
	    -drive if=none,id=disk,format=raw,readonly=on,file=$(call path,$(OUT)/disk.img) \
	    -device virtio-blk-device,drive=disk$(if $(QEMU_ARGS), $(QEMU_ARGS))

# Where it starts the kernel: bootm as the FIT image says, the others at U-Boot's kernel_addr_r.
UBOOT_ENTRY ?= $(sort $(FIT_LOAD) 0x40400000)

.PHONY: run-uboot debug-uboot uboot-disk uboot-cmd
run-uboot: ## the same, started by U-Boot from a disk image (START=bootm|booti|bootz)
	@tools/setup.sh
	@$(MAKE) uboot-disk
	@$(RUN_ENV) tools/run-uboot.sh $(UBOOT) $(UBOOT_CMD)

debug-uboot: uboot-disk $(UBOOT) ## debug, through U-Boot
	@$(DEBUG_ENV) tools/gdb/debug.sh $(OUT)/kernel.elf '$(UBOOT_ENTRY)' $(UBOOT_CMD)

$(UBOOT):
	@echo "$@ is not installed (package u-boot-qemu);" \
		"\`make debug-uboot UBOOT=FILE\` takes another" >&2; exit 1

uboot-disk: $(OUT)/disk.img
uboot-cmd: ## print the QEMU command line of run-uboot
	@printf '%s\n' $(call quote,$(UBOOT_CMD))

# Which initramfs is in it may change, so it is made each time, and kept when it is the same.
$(OUT)/mercator.its: boot/uboot/mercator.its FORCE
	@mkdir -p $(@D); sed -e 's,@ARCH@,$(ARCH),' -e 's,@IMAGE@,$(IMAGE),' -e 's,@LOAD@,$(FIT_LOAD),' \
		-e 's,@INITRAMFS@,$(notdir $(INITRAMFS)),' $< >$@.new
	@cmp -s $@.new $@ || mv $@.new $@; rm -f $@.new

# dtc, which mkimage calls, finds the images beside the source that names them.
$(OUT)/mercator.itb: $(OUT)/mercator.its $(OUT)/$(IMAGE) $(INITRAMFS)
	$(call say,FIT)mkimage -f $< $@ >$@.log || { cat $@.log; rm -f $@; exit 1; }

$(OUT)/boot.scr: boot/uboot/boot.cmd
	@mkdir -p $(@D)
	$(call say,SCRIPT)mkimage -A $(ARCH) -T script -C none -n 'Mercator boot.scr' -d $< $@ >/dev/null

# U-Boot's environment for this run. A line that is not there leaves the variable alone. To
# `env import -t` a backslash is an escape, so a backslash of ours stands there twice.
$(OUT)/uboot.env: FORCE
	@mkdir -p $(@D); printf '%s\n' start=$(START) plain=$(UBOOT_PLAIN) image=$(IMAGE) \
		initramfs=$(notdir $(INITRAMFS)) \
		$(call quote,$(subst \,\\,bootargs=$(value APPEND))) >$@.new
	@cmp -s $@.new $@ || mv $@.new $@; rm -f $@.new

$(OUT)/disk.img: $(OUT)/mercator.itb $(OUT)/$(IMAGE) $(INITRAMFS) $(OUT)/boot.scr \
		   $(OUT)/uboot.env tools/mkdisk.sh
	$(call say,DISK)tools/mkdisk.sh $@ $(filter-out %.sh,$^)
