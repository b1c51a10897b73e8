/* SPDX-License-Identifier: MIT */
/*
 * Calls to the debugger or emulator that the processor runs under: operation and parameter in two
 * registers, result in the first. Without one that listens, the instruction is undefined.
 *
 * Source: Arm IHI 0014, "Semihosting for AArch32 and AArch64".
 */
#pragma once

/* hlt #0xf000 */
static inline long semihosting_call(unsigned long operation, const void *parameter)
{
	register unsigned long _op __asm__("x0") = operation;
	register const void *_parameter __asm__("x1") = parameter;

	__asm__ volatile("hlt #0xf000" : "+r"(_op) : "r"(_parameter) : "memory");
	return _op;
}
