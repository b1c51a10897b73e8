/* SPDX-License-Identifier: MIT */
/*
 * Included by the Makefile before the first line of what runs while the MMU is off. Hidden symbols
 * live in this image for sure, so the compiler reaches them relative to the program counter, not
 * through a global offset table, whose entries would be link addresses.
 */
#pragma GCC visibility push(hidden)
