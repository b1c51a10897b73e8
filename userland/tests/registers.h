/* SPDX-License-Identifier: MIT */
/* Registers and instructions that no C program names; in userland/tests/<arch>/registers.S. */
#pragma once

/* A register that the kernel might forget to give each process for itself. */
unsigned long read_scratch_register(void);

/* Writes it, where user mode may. Returns what it holds now. */
unsigned long write_scratch_register(unsigned long value);

/*
 * The floating-point and SIMD registers, each twice 64 bits or once: register n holds
 * value + n * step. The second function returns how many do not.
 */
void write_fp_registers(unsigned long value, unsigned long step);
unsigned long wrong_fp_registers(unsigned long value, unsigned long step);

/* What ends a program otherwise: an address that is not aligned, where this instruction cares, */
void load_unaligned(const void *address);

/* a breakpoint without a debugger, */
void stop_at_breakpoint(void);

/* and an instruction that does not exist. */
void run_undefined_instruction(void);
