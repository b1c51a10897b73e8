/* SPDX-License-Identifier: MIT */
/* The kernel's log: the system call syslog(2), under the name that C libraries give it. */
#pragma once

#define SYSLOG_ACTION_READ_ALL    3
#define SYSLOG_ACTION_SIZE_BUFFER 10

/* READ_ALL: fills buf, returns the bytes. SIZE_BUFFER: returns the log's capacity. */
int klogctl(int action, char *buf, int size);
