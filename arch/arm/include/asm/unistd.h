/* SPDX-License-Identifier: MIT */
/*
 * System call numbers, Linux's for this architecture. User programs may include this file.
 *
 * Linux counterpart: arch/arm/tools/syscall.tbl
 */
#pragma once

#define __NR_exit          1
#define __NR_read          3
#define __NR_write         4
#define __NR_close         6
#define __NR_execve        11
#define __NR_chdir         12
#define __NR_lseek         19
#define __NR_getpid        20
#define __NR_kill          37
#define __NR_brk           45
#define __NR_ioctl         54
#define __NR_getppid       64
#define __NR_reboot        88
#define __NR_munmap        91
#define __NR_syslog        103
#define __NR_wait4         114
#define __NR_clone         120
#define __NR_uname         122
#define __NR_mprotect      125
#define __NR_init_module   128
#define __NR_delete_module 129
#define __NR_sched_yield   158
#define __NR_nanosleep     162
#define __NR_mremap        163
#define __NR_rt_sigaction  174
#define __NR_getcwd        183
#define __NR_mmap2         192 /* its offset is in units of 4096 bytes */
#define __NR_getdents64    217
#define __NR_exit_group    248
#define __NR_clock_gettime 263
#define __NR_openat        322
#define __NR_mkdirat       323
#define __NR_unlinkat      328
#define __NR_dup3          358
#define __NR_pipe2         359
#define __NR_finit_module  379
#define __NR_statx         397

/* Where a long has 32 bits, seconds need more. */
#define __NR_clock_gettime64 403

/* One more than the highest number that is served. */
#define __NR_syscalls 404
