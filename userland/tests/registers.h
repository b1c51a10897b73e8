/* SPDX-License-Identifier: MIT */
/* Registers that no C program names; in userland/tests/<arch>/registers.S. */
#pragma once

/* A register that the kernel might forget to give each process for itself. */
unsigned long read_scratch_register(void);

/* Writes it, where user mode may. Returns what it holds now. */
unsigned long write_scratch_register(unsigned long value);

/* The kernel saves no floating-point register, so it ends who uses one. */
void use_fp_register(void);
