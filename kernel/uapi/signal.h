/* SPDX-License-Identifier: MIT */
/* Signals that end a process. Linux counterpart: include/uapi/asm-generic/signal.h */
#pragma once

#define SIGINT  2
#define SIGILL  4
#define SIGTRAP 5
#define SIGBUS  7
#define SIGFPE  8
#define SIGKILL 9
#define SIGSEGV 11
#define SIGPIPE 13
#define SIGTERM 15
#define SIGCHLD 17
