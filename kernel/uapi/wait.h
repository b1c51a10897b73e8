/* SPDX-License-Identifier: MIT */
/* Options of wait4(). Linux counterpart: include/uapi/linux/wait.h */
#pragma once

#define WNOHANG 1 /* do not sleep: 0 when no child has ended */
