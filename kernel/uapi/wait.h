/* SPDX-License-Identifier: MIT */
/* Options of wait4(). Linux counterpart: include/uapi/linux/wait.h */
#pragma once

#define WNOHANG    1 /* do not sleep: 0 when no child has ended */
#define WUNTRACED  2 /* also when one stops, which none does */
#define WCONTINUED 8 /* or goes on */
