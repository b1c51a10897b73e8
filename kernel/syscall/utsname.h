/* SPDX-License-Identifier: MIT */
/*
 * What the system calls itself: uname() and /proc/version. Linux counterpart: include/linux/uts.h
 */
#pragma once

#include <asm/elf.h>

#define UTS_SYSNAME  "Mercator"
#define UTS_NODENAME "mercator"
#define UTS_RELEASE  "0.1"
#define UTS_VERSION  "#1"

/* Version, compiler and build in one line. */
#define UTS_BANNER                                                                     \
	UTS_SYSNAME " version " UTS_RELEASE " (compiler " __VERSION__ ") " UTS_VERSION \
		    " " UTS_MACHINE
