/* SPDX-License-Identifier: MIT */
/* What syslog() can be asked. Linux counterpart: include/linux/syslog.h */
#pragma once

#define SYSLOG_ACTION_READ_ALL    3  /* copy the log; returns its bytes */
#define SYSLOG_ACTION_SIZE_BUFFER 10 /* returns the bytes that a copy needs */
