/* SPDX-License-Identifier: MIT */
/*
 * System call numbers, Linux's for this architecture. User programs may include this file.
 *
 * Linux counterpart: include/uapi/asm-generic/unistd.h
 */
#pragma once

#define __NR_getcwd        17
#define __NR_dup3          24
#define __NR_ioctl         29
#define __NR_mkdirat       34
#define __NR_unlinkat      35
#define __NR_chdir         49
#define __NR_openat        56
#define __NR_close         57
#define __NR_pipe2         59
#define __NR_getdents64    61
#define __NR_lseek         62
#define __NR_read          63
#define __NR_write         64
#define __NR_exit          93
#define __NR_exit_group    94
#define __NR_nanosleep     101
#define __NR_init_module   105
#define __NR_delete_module 106
#define __NR_clock_gettime 113
#define __NR_syslog        116
#define __NR_sched_yield   124
#define __NR_kill          129
#define __NR_rt_sigaction  134
#define __NR_reboot        142
#define __NR_uname         160
#define __NR_getpid        172
#define __NR_getppid       173
#define __NR_brk           214
#define __NR_munmap        215
#define __NR_mremap        216
#define __NR_clone         220
#define __NR_execve        221
#define __NR_mmap          222
#define __NR_mprotect      226
#define __NR_wait4         260
#define __NR_finit_module  273
#define __NR_statx         291

/* One more than the highest number that is served. */
#define __NR_syscalls 292
