# SPDX-License-Identifier: MIT
#
# HOST32, CC32, RUN32 and SANITIZE32 for the Makefiles that build 32-bit programs: what host32.sh
# decides. BUILD is the folder of the including Makefile, HOST_CC the host's own compiler.

# Written whole and then renamed, because another make may be reading it.
$(shell mkdir -p $(BUILD); new=$$(mktemp $(BUILD)/host32.XXXXXX); \
	HOST_CC='$(HOST_CC)' HOST32='$(HOST32)' SANITIZE32='$(SANITIZE32)' \
	tools/testing/host32.sh >$$new && mv $$new $(BUILD)/host32.mk || { rm $$new; false; })
$(if $(filter 0,$(.SHELLSTATUS)),,$(error no 32-bit program can be built))
include $(BUILD)/host32.mk
$(if $(PROBLEM32),$(warning $(PROBLEM32)))
