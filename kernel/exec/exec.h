/* SPDX-License-Identifier: MIT */
/*
 * Starting programs: static ELF executables of the kernel's own architecture. The new address space
 * is built completely beside the old one, so that a failure leaves the caller as it was.
 *
 * Linux counterpart: fs/exec.c, fs/binfmt_elf.c, init/main.c (run_init_process)
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/* Bytes of all argument and environment strings together, and their number. */
#define ARG_MAX_BYTES   (8 * 4096)
#define ARG_MAX_STRINGS 2048

/*
 * Replaces current's program. Arguments are arrays of strings that end with NULL. Returns 0, and
 * the task enters the program when it next goes to user mode; or an errno (-ENOENT, -ENOEXEC,
 * -E2BIG, -ENOMEM), and nothing has changed. Process context.
 */
int kernel_execve(const char *path, const char *const *argv, const char *const *envp);

/* The same for arrays and strings in user memory: -EFAULT. */
int do_execve(const char *path, const char __user *const __user *argv,
	      const char __user *const __user *envp);

/*
 * Turns the kernel thread that calls, pid 1, into the first program: opens /dev/console three times
 * and executes path, or, when path is NULL, /init. Returns 0, and then the thread's function must
 * return as well; panics, with advice, when there is nothing to run.
 */
int run_init(const char *path, const char *const *argv);
