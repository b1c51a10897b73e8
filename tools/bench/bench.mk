# SPDX-License-Identifier: MIT
#
# The cost of mm's operations, for the top Makefile.

.PHONY: bench profile

bench: all ## guest instructions of ioremap and its kin, beside Linux's (OP=find: some of them)
	@BUDGET=$(call quote,$(BUDGET)) $(PYTHON) tools/bench/bench.py $(ARCH) $(BUILD) $(call quote,$(OP))

profile: all ## which functions they go to (OP=ioremap-4k, OP=boot)
	@$(PYTHON) tools/bench/profiler.py $(ARCH) $(BUILD) $(call quote,$(OP))
