# SPDX-License-Identifier: MIT
#
# Starting the kernel in QEMU, for the top Makefile.

.PHONY: run debug debug-server record replay console qemu-cmd

# $(call path,NAME) is a file or folder of the tree as one word of the shell, for use in any folder.
# It is quoted only where that is needed: a command line is for reading, too.
ODD_TREE := $(shell case $(call quote,$(CURDIR)) in (*[!A-Za-z0-9_./+-]*) echo 1;; esac)
path      = $(if $(ODD_TREE),$(call quote,$(abspath $(1))),$(abspath $(1)))

# A blank before each option that may be missing: strip would take blanks out of a path.
QEMU_CMD = $(QEMU) -M virt,gic-version=$(GIC)$(MACHINE) -cpu $(CPU) -m $(MEM) -smp $(SMP) -nographic -nic none \
	   -kernel $(call path,$(OUT)/$(IMAGE))$(if $(INITRAMFS_BUILTIN),,\
	   -initrd $(call path,$(INITRAMFS)))$(if $(value APPEND),\
	   -append $(call quote,$(value APPEND)))$(if $(QEMU_ARGS), $(QEMU_ARGS))

# What is said when make adds to the machine's options by itself.
machine_note = $(if $(MACHINE_NOTE),@printf '  %-7s %s\n' MACHINE '$(MACHINE_NOTE)')

# What run-qemu.sh is told besides: with `selftest` on the command line, it judges the tests.
RUN_ENV = APPEND=$(call quote,$(value APPEND)) LOG=$(OUT)/selftest.log PYTHON='$(PYTHON)'

run: ## boot it in QEMU (installs missing tools first); leave with Ctrl-A x
	@tools/setup.sh
	@$(MAKE) all
	$(machine_note)
	@$(RUN_ENV) tools/run-qemu.sh $(QEMU_CMD)

# What debug.sh is told besides. CHOICES: which build this is, for the commands that it names.
CHOICES   = CHOICES='ARCH=$(ARCH)$(if $(LLVM), LLVM=1)$(if $(BREAK), BREAK=$(BREAK))'
DEBUG_ENV = $(CHOICES) GDB_ARGS=$(call quote,$(value GDB_ARGS)) SPLIT=$(SPLIT) PYTHON='$(PYTHON)'

debug: all ## the same under GDB, at the first instruction; try `mc where` (GDB_ARGS=, SPLIT=0)
	@$(DEBUG_ENV) tools/gdb/debug.sh $(OUT)/kernel.elf '' $(QEMU_CMD)

debug-server: all ## the machine alone, stopped: an editor's GDB connects to build/ARCH/gdb
	@tools/debug-server.sh $(OUT)/gdb $(QEMU_CMD)

record: all ## boot it as `run` does, and record what happens, for replay
	$(machine_note)
	@$(CHOICES) $(RUN_ENV) tools/record.sh record $(OUT) $(QEMU_CMD)

replay: ## what was recorded, under GDB, forwards and backwards (GDB_ARGS=, SPLIT=0)
	@$(DEBUG_ENV) tools/record.sh replay $(OUT)

console: ## the console of a machine under debug, in a second terminal; leave with Ctrl-]
	@$(PYTHON) tools/gdb/console.py $(OUT)/console $(OUT)/console.log

qemu-cmd: ## print the QEMU command line (make -s qemu-cmd)
	@printf '%s\n' $(call quote,$(QEMU_CMD))
