/* SPDX-License-Identifier: MIT */
/* Units of time. Linux counterpart: include/vdso/time64.h */
#pragma once

#define MSEC_PER_SEC  1000L
#define USEC_PER_SEC  1000000L
#define NSEC_PER_SEC  1000000000L
#define NSEC_PER_MSEC 1000000L
#define NSEC_PER_USEC 1000L
