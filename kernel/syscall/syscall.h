/* SPDX-License-Identifier: MIT */
/*
 * The door from user mode. A system call is a function of the user's registers; SYSCALL_DEFINEn
 * makes one from an ordinary function, and syscalls.def lists them all.
 *
 * Every argument is hostile: pointers go through mm/uaccess.h alone, descriptors through fget().
 *
 * Linux counterpart: include/linux/syscalls.h, arch/arm64/kernel/syscall.c. Numbers: asm/unistd.h.
 */
#pragma once

#include <asm/ptrace.h>
#include <asm/unistd.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * Runs the call that regs ask for and stores its result in them. Called by the entry code
 * (arch/<name>/trap.c) with interrupts off, on the task's own stack; it may sleep.
 */
void do_syscall(struct pt_regs *regs);

#define SYSCALL(name) long sys_##name(struct pt_regs *regs);
#define SYSCALL_AS(name, function)
#include <kernel/syscall/syscalls.def>
#undef SYSCALL
#undef SYSCALL_AS

/*
 * SYSCALL_DEFINE2(kill, pid_t, pid, int, sig) { body } defines sys_kill(), which takes its
 * arguments out of the registers and hands them, with their types, to the body.
 */
#define SYSCALL_DEFINE0(name)                     \
	static inline long __do_sys_##name(void); \
	long sys_##name(struct pt_regs *regs)     \
	{                                         \
		return __do_sys_##name();         \
	}                                         \
	static inline long __do_sys_##name(void)

#define __SYSCALL_DEFINE(name, parameters, ...)        \
	static inline long __do_sys_##name parameters; \
	long sys_##name(struct pt_regs *regs)          \
	{                                              \
		return __do_sys_##name(__VA_ARGS__);   \
	}                                              \
	static inline long __do_sys_##name parameters

#define __ARG(type, n) (type) syscall_arg(regs, n)

#define SYSCALL_DEFINE1(name, t0, a0) __SYSCALL_DEFINE(name, (t0 a0), __ARG(t0, 0))
#define SYSCALL_DEFINE2(name, t0, a0, t1, a1) \
	__SYSCALL_DEFINE(name, (t0 a0, t1 a1), __ARG(t0, 0), __ARG(t1, 1))
#define SYSCALL_DEFINE3(name, t0, a0, t1, a1, t2, a2) \
	__SYSCALL_DEFINE(name, (t0 a0, t1 a1, t2 a2), __ARG(t0, 0), __ARG(t1, 1), __ARG(t2, 2))
#define SYSCALL_DEFINE4(name, t0, a0, t1, a1, t2, a2, t3, a3)                            \
	__SYSCALL_DEFINE(name, (t0 a0, t1 a1, t2 a2, t3 a3), __ARG(t0, 0), __ARG(t1, 1), \
			 __ARG(t2, 2), __ARG(t3, 3))
#define SYSCALL_DEFINE5(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4)                           \
	__SYSCALL_DEFINE(name, (t0 a0, t1 a1, t2 a2, t3 a3, t4 a4), __ARG(t0, 0), __ARG(t1, 1), \
			 __ARG(t2, 2), __ARG(t3, 3), __ARG(t4, 4))
#define SYSCALL_DEFINE6(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)            \
	__SYSCALL_DEFINE(name, (t0 a0, t1 a1, t2 a2, t3 a3, t4 a4, t5 a5), __ARG(t0, 0), \
			 __ARG(t1, 1), __ARG(t2, 2), __ARG(t3, 3), __ARG(t4, 4), __ARG(t5, 5))
