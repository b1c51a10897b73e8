/* SPDX-License-Identifier: MIT */
/* The kernel's log: the system call syslog(2), under the name that C libraries give it. */
#pragma once

#include <kernel/uapi/syslog.h>

/* READ_ALL: fills buf, returns the bytes. SIZE_BUFFER: returns the log's capacity. */
int klogctl(int action, char *buf, int size);
