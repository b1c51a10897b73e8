/* SPDX-License-Identifier: MIT */
/* Host: the registers that tested code reads, with the values that a test expects. */
#pragma once

#include <kernel/lib/types.h>

#define read_sysreg(reg) host_sysreg_##reg

/* 48 bits of physical address. */
#define host_sysreg_id_aa64mmfr0_el1 5
#define host_sysreg_mair_el1         MAIR_VALUE
