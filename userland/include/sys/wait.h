/* SPDX-License-Identifier: MIT */
/* Waiting for children, and the status word that tells how one ended. */
#pragma once

#include <kernel/uapi/wait.h>
#include <sys/types.h>

#define WIFEXITED(status)   (WTERMSIG(status) == 0)
#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0)
#define WTERMSIG(status)    (0x7f & (status))

/* pid -1: any child. Returns its pid; with WNOHANG 0 when none has ended; -1 and ECHILD. */
pid_t waitpid(pid_t pid, int *status, int options);
