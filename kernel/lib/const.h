/* SPDX-License-Identifier: MIT */
/*
 * Constants that C and assembly share: the suffix exists for C only. Linux counterpart:
 * include/linux/const.h
 */
#pragma once

#ifdef __ASSEMBLER__
#define UL(x)  x
#define ULL(x) x
#else
#define UL(x)  x##UL
#define ULL(x) x##ULL
#endif
