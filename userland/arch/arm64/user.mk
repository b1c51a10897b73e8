# SPDX-License-Identifier: MIT
# Plain ARMv8.0; no program touches a floating-point register, so the kernel need not save any.
USER_ARCH_CFLAGS := -march=armv8-a -mgeneral-regs-only -mstrict-align
