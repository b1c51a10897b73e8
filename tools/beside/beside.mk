# SPDX-License-Identifier: MIT
#
# Programs and kernels that nobody here wrote, for the top Makefile: Debian's busybox on our kernel,
# and Debian's Linux on the same machine. docs/beside-linux.md is the chapter about them. Packages
# are fetched once, to build/apt, and never installed.

APT := build/apt/$(DEB_ARCH)

$(APT)/%.deb:
	@$(PYTHON) tools/beside/fetch.py $(DEB_ARCH) $* $@

# ---- BUSYBOX=1: busybox and its commands in a second archive, behind ours ------------------------

$(BUILD)/initramfs-busybox.cpio: $(BUILD)/initramfs.cpio $(BUILD)/busybox.cpio
	$(call say,CPIO)cat $^ >$@

$(BUILD)/busybox.cpio: $(APT)/busybox-static.deb tools/beside/busybox.py tools/mkcpio.py
	$(call say,CPIO)$(PYTHON) tools/beside/busybox.py $< $@
