# SPDX-License-Identifier: MIT
#
# Fuzzing, for the top Makefile. What there is to fuzz, and the defaults, are in the Makefile beside
# this file.

.PHONY: fuzz
fuzz: ## random input to all that parses foreign bytes (SECONDS=60 for each, FUZZERS='fdt cpio')
	@tools/setup.sh
	@$(MAKE) ARCH=arm64 all && $(MAKE) ARCH=arm all
	@$(MAKE) -f tools/testing/fuzz/Makefile run
