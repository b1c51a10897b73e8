# SPDX-License-Identifier: MIT
#
# Programs and kernels from elsewhere, for the top Makefile: Debian's busybox on our kernel,
# and Debian's Linux on the same machine. docs/beside-linux.md is the chapter about them. Packages
# are fetched once, to build/apt, and never installed.

APT := build/apt/$(DEB_ARCH)

$(APT)/%.deb:
	@$(PYTHON) tools/beside/fetch.py $(DEB_ARCH) $* $@

# ---- BUSYBOX=1: busybox and its commands in a second archive, behind ours ------------------------

$(BUILD)/initramfs-busybox.cpio: $(BUILD)/initramfs.cpio $(BUILD)/busybox.cpio
	$(call say,CPIO)cat $^ >$@

$(BUILD)/busybox.cpio: $(APT)/busybox-static.deb tools/beside/busybox.py tools/beside/shrc \
		       tools/mkcpio.py
	$(call say,CPIO)$(PYTHON) tools/beside/busybox.py $< $@ tools/beside/shrc=etc/shrc

# ---- Debian's Linux on the same machine ----------------------------------------------------------

.PHONY: linux linux-cmd compare-linux
LINUX := $(APT)/vmlinuz $(APT)/linux.cpio

# Its first program, poweroff and reboot are scripts of ours for busybox.
$(APT)/linux.cpio: $(APT)/busybox-static.deb tools/beside/busybox.py tools/beside/init \
		   tools/beside/halt tools/beside/shrc tools/mkcpio.py
	$(call say,CPIO)$(PYTHON) tools/beside/busybox.py $< $@ tools/beside/init=init \
		tools/beside/halt=bin/poweroff tools/beside/halt=bin/reboot tools/beside/shrc=etc/shrc

# The kernel is one of the first files of a package of thousands: tar need not read the others.
$(APT)/vmlinuz: $(APT)/$(DEB_KERNEL).deb
	$(call say,UNPACK)dpkg-deb --fsys-tarfile $< 2>/dev/null | \
		tar -xO --wildcards --occurrence=1 './boot/vmlinuz-*' >$@.new && mv $@.new $@

# The machine as it is for our kernel; but where that can do without highmem=off, Linux may not.
linux_machine  = $(QEMU) -M virt,gic-version=$(GIC)$(LINUX_MACHINE) -cpu $(CPU) -m $(MEM) -smp $(SMP) \
	-nographic -nic none
LINUX_QEMU     = $(linux_machine) -kernel $(call path,$(APT)/vmlinuz) \
	-initrd $(call path,$(APT)/linux.cpio)$(if $(QEMU_ARGS), $(QEMU_ARGS))
LINUX_CMD      = $(LINUX_QEMU) -no-reboot \
	-append $(call quote,console=ttyAMA0 nokaslr panic=-1 rdinit=/init$(if $(value APPEND), $(value APPEND)))
COMPARED_QEMU  = $(linux_machine) -kernel $(call path,$(OUT)/$(IMAGE)) \
	-initrd $(call path,$(OUT)/initramfs.cpio)$(if $(QEMU_ARGS), $(QEMU_ARGS))

linux: $(LINUX) ## Debian's own Linux on the same machine, to a shell; leave with exit or Ctrl-A x
	@dpkg-deb -W --showformat '  LINUX   $${Package} $${Version}\n' $(APT)/$(DEB_KERNEL).deb
	@APPEND= tools/run-qemu.sh $(LINUX_CMD)

linux-cmd: ## print the QEMU command line of linux
	@printf '%s\n' $(call quote,$(LINUX_CMD))

compare-linux: $(LINUX) $(OUT)/$(IMAGE) $(OUT)/initramfs.cpio ## both kernels' lists side by side, with reasons
	@$(PYTHON) tools/beside/compare.py $(ARCH) $(call quote,$(LINUX_QEMU)) $(call quote,$(COMPARED_QEMU))
