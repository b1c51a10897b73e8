# SPDX-License-Identifier: MIT
#
# The cost of mm's operations, for the top Makefile.

.PHONY: bench

bench: all ## guest instructions of ioremap and its kin, beside Linux's (OP=find: some of them)
	@BUDGET=$(call quote,$(BUDGET)) $(PYTHON) tools/bench/bench.py $(ARCH) $(BUILD) $(call quote,$(OP))
