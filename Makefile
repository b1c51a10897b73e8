# SPDX-License-Identifier: MIT
#
# Mercator builds with plain GNU make. `make help` lists the targets. Everything generated goes to
# build/$(ARCH)/; the tree itself stays clean. Reading order: choices, compiler, sources, rules,
# image, initramfs, testing. What differs between architectures is in arch/$(ARCH)/arch.mk; the user
# programs are in userland/userland.mk, `make run` is in tools/qemu.mk.

# ---- choices (make NAME=value) -------------------------------------------------------------------

ARCH   ?= arm64
MEM    ?= 512M
SMP    ?= 1
GIC    ?= 2
PYTHON ?= /usr/bin/python3
SPLIT  ?= 1
# Builds that differ in the compiler, in what it lets pass, or in BUILD_SUFFIX share no object.
BUILD  ?= build/$(ARCH)$(BUILD_SUFFIX)$(if $(LLVM),-clang)$(if $(W)$(WERROR),-werror)
# Where to say that boot failed before the device tree could be read: the first PL011 of `virt`.
DEBUG_UART ?= 0x09000000
# Also: CROSS_COMPILE=, CPU=, APPEND= (kernel command line), QEMU_ARGS=, BREAK= (a mistake, in an
# image of its own); of yes (1) or no (0): LLVM (Clang), V (full commands), W or WERROR (warnings are
# errors), INITRAMFS_BUILTIN (no -initrd needed), FAILED (make test), SPLIT, DEBUG_LOCKS, BUSYBOX.
SWITCHES := LLVM V W WERROR INITRAMFS_BUILTIN FAILED SPLIT DEBUG_LOCKS BUSYBOX

# $(call quote,TEXT) is TEXT as one word of the shell.
quote   = '$(subst ','\'',$(1))'
refusal := $(shell tools/check-choices.sh $(call quote,TREE=$(CURDIR)) $(foreach \
	name,ARCH MEM SMP GIC CPU BUILD BREAK UBOOT $(SWITCHES),$(call quote,$(name)=$($(name)))))
$(if $(refusal),$(error $(refusal)))
$(foreach name,$(SWITCHES),$(eval override $(name) := $(filter 1,$($(name)))))

all: ## build the kernel and its initramfs (the default)
.PHONY: all test user-tests host-programs host-test host-cflags check sparse lst \
	format compile-commands doctor help clean FORCE
.DELETE_ON_ERROR:
.SUFFIXES:

# Use every processor unless the caller said otherwise.
JOBS := $(if $(MAKELEVEL:0=)$(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null))
MAKEFLAGS += $(JOBS) --no-print-directory --no-builtin-rules

include arch/$(ARCH)/arch.mk tools/variants.mk tools/module/module.mk

# ---- compiler ------------------------------------------------------------------------------------

# The first prefix of TOOLCHAINS (arch.mk) whose gcc, or with LLVM=1 whose ld, is on the PATH.
probe = $(foreach p,$(TOOLCHAINS),$(if $(shell command -v $(p)$(if $(LLVM),ld,gcc)),$(p)))
CROSS := $(or $(CROSS_COMPILE),$(firstword $(probe) $(TOOLCHAINS)))

CC      := $(if $(LLVM),clang --target=$(CLANG_TARGET),$(CROSS)gcc)
LD      := $(CROSS)ld
NM      := $(CROSS)nm
OBJCOPY := $(CROSS)objcopy
OBJDUMP := $(CROSS)objdump

# Not asked for: what is idiom in a kernel, or depends on the word size that generic code shares.
WARNINGS := -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes -Wundef -Wvla \
	    -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers -Wno-type-limits \
	    $(if $(LLVM),-Wno-tautological-constant-out-of-range-compare) \
	    -Werror=implicit-function-declaration $(if $(W)$(WERROR),-Werror)

# Nothing but the compiler's own headers comes from the host. Frame pointers, or arm's tables, and no
# sibling calls keep backtraces and __builtin_return_address(0) honest.
CPPFLAGS := -nostdinc -isystem $(shell $(CC) -print-file-name=include 2>/dev/null) \
	    -I. -Iarch/$(ARCH)/include -Iarch/include -DCONFIG_DEBUG_UART=$(DEBUG_UART)
CFLAGS   := -std=gnu11 -ffreestanding -O2 -g -fno-strict-aliasing -fno-common -fno-pic -fno-pie \
	    -fno-stack-protector -fno-omit-frame-pointer -fno-optimize-sibling-calls \
	    -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-delete-null-pointer-checks \
	    $(if $(LLVM),,-fno-ipa-cp -fno-ipa-sra -fno-partial-inlining -fno-reorder-functions) \
	    $(ARCH_CFLAGS) $(if $(LLVM),$(ARCH_CLANG_CFLAGS),$(ARCH_GCC_CFLAGS)) $(WARNINGS)
LDFLAGS  := -nostdlib -static -z max-page-size=4096 -z noexecstack --build-id=none

# ---- sources: a plain rule, no lists -------------------------------------------------------------

FLOORS  := arch/$(ARCH) kernel mm drivers boot
FOUND   := $(filter-out $(LEFT_OUT),$(sort $(shell find $(FLOORS) -name '*.[cS]' 2>/dev/null)))
# Tests that end in _test.c run inside the kernel too; other files in tests/ are for the host.
SOURCES := $(foreach f,$(FOUND),$(if $(findstring /tests/,$(f)),$(filter %_test.c,$(f)),$(f)))
OBJECTS := $(patsubst %,$(BUILD)/%.o,$(basename $(SOURCES))) $(BUILD)/tools/initramfs.o
include tools/break/break.mk

# ---- rules ---------------------------------------------------------------------------------------

# $(call say,WORD) prints one short line for a command; V=1 shows the command itself instead.
Q  := $(if $(V),,@)
say = $(if $(Q),@printf '  %-7s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@);)
# $(call update,TEXT) writes TEXT to the target only where that changes it.
update = @mkdir -p $(@D); printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' >$@

# What was compiled how: when flags or the list of objects change, so does one of these two.
$(BUILD)/flags: FORCE
	@command -v $(firstword $(CC)) >/dev/null || { echo "$(firstword $(CC)) is not installed: make run" \
	    "installs what is missing, CROSS_COMPILE= names another toolchain"; exit 1; } >&2
	@echo "  TOOLS   $(CC), $(LD)"
	$(call update,$(CC) $(CPPFLAGS) $(CFLAGS) $(LD) $(LDFLAGS))
$(OUT)/objects: FORCE
	$(call update,$(OBJECTS))

compile = $(CC) $(CPPFLAGS) $(CFLAGS) $(FILE_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(compile)
	$(FILE_CHECK)
$(BUILD)/%.o: %.S $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,AS)$(compile)

# These run at physical addresses, before the MMU is on: they must not hold a link address.
EARLY := %/early_map.o %/early_print.o
$(EARLY): FILE_CFLAGS = -fpie -fno-jump-tables -include tools/hidden.h
$(EARLY): FILE_CHECK = @tools/check-pic.sh $(OBJDUMP) $@
# A loop in memset() must not be turned into a call of memset().
%/kernel/lib/string.o: FILE_CFLAGS = $(if $(LLVM),,-fno-tree-loop-distribute-patterns)

-include $(OBJECTS:.o=.d)

# ---- image ---------------------------------------------------------------------------------------

all: $(OUT)/$(IMAGE) $(INITRAMFS)

$(BUILD)/kernel.lds: arch/$(ARCH)/kernel.lds $(BUILD)/flags
	$(call say,LDS)$(CC) $(CPPFLAGS) $(ARCH_CFLAGS) -E -P -x assembler-with-cpp -MMD -MP \
		-MT $@ -MF $@.d -o $@ $<
-include $(BUILD)/kernel.lds.d

# Linked until the symbol table inside agrees with the image around it.
$(OUT)/kernel.elf: $(OBJECTS) $(OUT)/objects $(BUILD)/kernel.lds tools/link.sh tools/gensyms.py
	$(call say,LD)CC='$(CC) $(ARCH_CFLAGS)' NM='$(NM)' PYTHON='$(PYTHON)' tools/link.sh $@ \
		$(LD) $(LDFLAGS) -T $(BUILD)/kernel.lds -Map=$(OUT)/kernel.map $(OBJECTS)

$(OUT)/$(IMAGE): $(OUT)/kernel.elf
	$(call say,OBJCOPY)$(OBJCOPY) -O binary $< $@

lst: $(OUT)/kernel.lst ## disassembly with source: build/$(ARCH)/kernel.lst
$(OUT)/kernel.lst: $(OUT)/kernel.elf
	$(call say,OBJDUMP)$(OBJDUMP) -dS $< >$@

# ---- initramfs -----------------------------------------------------------------------------------

include userland/userland.mk tools/qemu.mk boot/uboot/uboot.mk tools/testing/fuzz/fuzz.mk \
	tools/lab/lab.mk tools/book/book.mk tools/bench/bench.mk tools/beside/beside.mk

$(BUILD)/initramfs.cpio: $(BUILD)/rootfs.list $(USER_PROGRAMS) $(MODULE_FILES) tools/mkcpio.py
	$(call say,CPIO)$(PYTHON) tools/mkcpio.py $< $(BUILD) $@

ifdef INITRAMFS_BUILTIN
$(BUILD)/tools/initramfs.o: FILE_CFLAGS = -DINITRAMFS='"$(BUILD)/$(notdir $(INITRAMFS))"'
$(BUILD)/tools/initramfs.o: $(BUILD)/$(notdir $(INITRAMFS))
endif
$(BUILD)/tools/initramfs.o: $(BUILD)/builtin
$(BUILD)/builtin: FORCE
	$(call update,$(if $(INITRAMFS_BUILTIN),$(notdir $(INITRAMFS))))

# ---- testing -------------------------------------------------------------------------------------

PYTEST := $(PYTHON) -m pytest -c tools/testing/pytest.ini --rootdir=. -o cache_dir=build/pytest
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache

test: ## all tests on both architectures; or some: T=FILE, T=PATTERN, FAILED=1
	$(if $(filter-out build/$(ARCH),$(OUT)),$(error \
		make test runs build/arm64 and build/arm: leave out LLVM=, W=, BUILD= and BREAK=))
	@tools/setup.sh
	@$(MAKE) ARCH=arm64 all user-tests && $(MAKE) ARCH=arm all user-tests
	@$(if $(T)$(FAILED),,$(MAKE) ARCH=arm SMP=4 all && $(MAKE) host-programs)
	@tools/testing/run-tests.sh $(call quote,$(value T)) '$(FAILED)' $(PYTEST)
user-tests: $(USER_TESTS); @:
host-programs: # one that cannot be built fails in its own test; an unknown HOST32 is refused here
	@tools/testing/host32.sh >/dev/null && { $(MAKE) -k -f tools/testing/host/Makefile || true; }
host-test: host-programs ## unit tests on this machine, with sanitizers
	@$(PYTEST) -q tools/testing/test_host.py

host-cflags: ## print flags with which hosted gcc compiles mm/*.c alone
	@printf '%s\n' $(call quote,$(foreach folder,tools/testing/host/include \
		tools/testing/host/generic .,-I$(call path,$(folder))) -DCONFIG_HOST)

check: ## some minutes from nothing: format, warnings as errors (GCC, Clang), sparse, ShellCheck, host tests
	@PYTHON=$(PYTHON) tools/check.sh

sparse: $(patsubst %.c,$(BUILD)/%.sparse,$(filter-out %_test.c %.S,$(SOURCES))) ## check __iomem, __user
$(BUILD)/%.sparse: %.c $(BUILD)/%.o
	$(call say,SPARSE)sparse $(SPARSE_FLAGS) $(CPPFLAGS) $(filter-out -m%,$(CFLAGS)) -Wsparse-error \
		-Wno-decl -Wno-cast-truncate -D__VERSION__='""' $< && touch $@

format: ## rewrite the C files in the house style (clang-format 19)
	@tools/format.sh -i

compile-commands: ## build/compile_commands.json: how each file is compiled, for clangd
	@mkdir -p build && $(PYTHON) tools/compile_commands.py $(ARCH) build/compile_commands.json

doctor: ## what is installed, what is missing or too old
	@tools/doctor.sh

help: ## this list
	@echo 'make TARGET [ARCH=arm64|arm] [MEM=512M] [CPU=] [APPEND=] [QEMU_ARGS=]'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' */*.mk Makefile */*/*.mk */*/*/*.mk | expand -t 16
	@echo 'For yes (0 is no): LLVM=1 Clang, W=1 warnings are errors, V=1 commands, BUSYBOX=1 its shell,'
	@echo '  INITRAMFS_BUILTIN=1 programs inside the image, DEBUG_LOCKS=1 checks of spin locks'

clean: ## remove build/
	rm -rf build
