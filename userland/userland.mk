# SPDX-License-Identifier: MIT
#
# Builds userland: every program is one static ELF file, linked from crt0, its own objects and the
# parts of the C library that it uses (--gc-sections drops the rest). The library takes strings and
# formats from the kernel's sources, compiled for user mode.
#
# Included by the top Makefile, from which it takes ARCH, BUILD, CC, LD, OBJCOPY and say.
# Gives USER_PROGRAMS, the stripped files for the initramfs (beside each stands NAME.elf, with
# symbols, for the debugger), and USER_TESTS, what its tests need besides.

include userland/arch/$(ARCH)/user.mk

USER_OUT := $(BUILD)/userland
USER_RULES := userland/userland.mk userland/arch/$(ARCH)/user.mk

USER_CFLAGS := $(USER_ARCH_CFLAGS) -std=gnu11 -Os -g -Wall -Wextra -Wno-unused-parameter \
	$(if $(W)$(WERROR),-Werror) \
	-ffreestanding -fno-builtin -fno-pic -fno-common -fno-stack-protector \
	-fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections \
	-nostdinc -isystem $(shell $(CC) -print-file-name=include 2>/dev/null) \
	-I userland/include -I arch/$(ARCH)/include -I.

USER_LDFLAGS := -static -nostdlib -T userland/user.lds --gc-sections --build-id=none \
	-z max-page-size=4096 -z noexecstack

# Of kernel/lib. pointer.c, what %p prints, is each side's own.
SHARED_WITH_KERNEL := format math64 string vsprintf

user-objects = $(patsubst userland/%,$(USER_OUT)/%.o,$(basename $(wildcard $(1))))

USER_LIB := $(call user-objects,userland/arch/$(ARCH)/*.S userland/lib/*.c) \
	$(SHARED_WITH_KERNEL:%=$(USER_OUT)/kernel/lib/%.o)
USER_TOOLS := $(patsubst userland/%.c,$(USER_OUT)/%,$(wildcard userland/bin/*.c))
USER_PROGRAMS := $(USER_TOOLS) $(USER_OUT)/bin/sh $(USER_OUT)/bin/init
USER_TESTS := $(addprefix $(USER_OUT)/tests/,libtest calltest regtest hogtest mmaptest \
	sharetest modtest sigtest)

all: $(USER_TESTS)

# What each program is made of, beside the library.
$(USER_TOOLS:=.elf): $(USER_OUT)/bin/%.elf: $(USER_OUT)/bin/%.o
$(USER_OUT)/bin/sh.elf: $(call user-objects,userland/sh/*.c)
$(USER_OUT)/bin/init.elf: $(call user-objects,userland/init/*.c)
$(USER_TESTS:=.elf): $(USER_OUT)/tests/%.elf: $(USER_OUT)/tests/%.o
$(USER_OUT)/tests/calltest.elf: $(USER_OUT)/tests/callpaths.o
$(USER_OUT)/tests/regtest.elf $(USER_OUT)/tests/sigtest.elf: $(USER_OUT)/tests/$(ARCH)/registers.o

$(USER_PROGRAMS) $(USER_TESTS): %: %.elf
	$(call say,STRIP)$(OBJCOPY) --strip-all $< $@

$(USER_PROGRAMS:=.elf) $(USER_TESTS:=.elf): $(USER_LIB) userland/user.lds
	@mkdir -p $(@D)
	$(call say,LD)$(LD) $(USER_LDFLAGS) -o $@ $(filter %.o,$^)

$(USER_OUT)/%.o: userland/%.c $(USER_RULES)
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(USER_CFLAGS) -MMD -MP -c -o $@ $<

$(USER_OUT)/kernel/%.o: kernel/%.c $(USER_RULES)
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(USER_CFLAGS) -MMD -MP -c -o $@ $<

$(USER_OUT)/%.o: userland/%.S $(USER_RULES)
	@mkdir -p $(@D)
	$(call say,AS)$(CC) $(USER_CFLAGS) -MMD -MP -c -o $@ $<

-include $(shell find $(USER_OUT) -name '*.d' 2>/dev/null)
