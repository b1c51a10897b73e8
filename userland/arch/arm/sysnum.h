/* SPDX-License-Identifier: MIT */
/*
 * The numbers of the system calls that userland uses: Linux's for arm (EABI).
 * Where arm has several generations of a call, this is the one whose structures hold `long`.
 */
#pragma once

#define __NR_read	   3
#define __NR_write	   4
#define __NR_close	   6
#define __NR_execve	   11
#define __NR_chdir	   12
#define __NR_lseek	   19
#define __NR_getpid	   20
#define __NR_mount	   21
#define __NR_kill	   37
#define __NR_brk	   45
#define __NR_ioctl	   54
#define __NR_getppid	   64
#define __NR_reboot	   88
#define __NR_syslog	   103
#define __NR_wait4	   114
#define __NR_clone	   120
#define __NR_uname	   122
#define __NR_sched_yield   158
#define __NR_nanosleep	   162
#define __NR_getcwd	   183
#define __NR_getdents64	   217
#define __NR_exit_group	   248
#define __NR_clock_gettime 263
#define __NR_openat	   322
#define __NR_mkdirat	   323
#define __NR_unlinkat	   328
#define __NR_dup3	   358
#define __NR_pipe2	   359
#define __NR_statx	   397
