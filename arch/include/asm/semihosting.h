/* SPDX-License-Identifier: MIT */
/*
 * Calls to the debugger or emulator that the processor runs under. In arch/<name>/firmware.S.
 *
 * Source: Arm IHI 0014, "Semihosting for AArch32 and AArch64".
 */
#pragma once

/* Operation and its parameter block; the operation's result, -1 when no debugger listens. */
long semihosting_call(unsigned long operation, const void *parameter);
