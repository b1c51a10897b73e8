/* SPDX-License-Identifier: MIT */
/*
 * Saying that something is wrong.
 *
 * BUG_ON(cond) panics, because an invariant of our own is broken. WARN_ON(cond) reports a caller's
 * mistake, with place, reason and backtrace. It returns the condition, so that the code can refuse.
 *
 * Linux counterpart: include/asm-generic/bug.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/macros.h>

#ifdef CONFIG_HOST
extern unsigned int host_warnings; /* counted by the host's printk() */
#define warnings_reported() host_warnings
void panic(const char *fmt, ...) __printf(1, 2);
int printk(const char *fmt, ...) __printf(1, 2);
#define __report_bug(cond) panic("BUG: %s:%d: %s\n", __FILE__, __LINE__, cond)
#define __report_warn(fmt, ...) \
	printk("WARNING: %s:%d: " fmt "\n", __FILE__, __LINE__, ##__VA_ARGS__)
#else
/* The number of warnings since boot. Any context. */
unsigned int warnings_reported(void);

void __noreturn bug_report(const char *file, int line, const char *cond);
void warn_report(const char *file, int line, const char *fmt, ...) __printf(3, 4);
#define __report_bug(cond)      bug_report(__FILE__, __LINE__, cond)
#define __report_warn(fmt, ...) warn_report(__FILE__, __LINE__, fmt, ##__VA_ARGS__)
#endif

#define BUG() __report_bug("reached what cannot be reached")

#define BUG_ON(cond)                         \
	do {                                 \
		if (unlikely(cond))          \
			__report_bug(#cond); \
	} while (0)

/* Reports fmt... when cond holds; the value is cond's truth. */
#define WARN(cond, fmt, ...)                               \
	({                                                 \
		bool _warned = !!(cond);                   \
		if (unlikely(_warned))                     \
			__report_warn(fmt, ##__VA_ARGS__); \
		_warned;                                   \
	})

#define WARN_ON(cond) WARN(cond, "%s", #cond)

#define WARN_ONCE(cond, fmt, ...)                          \
	({                                                 \
		static bool _said;                         \
		bool _once = !!(cond);                     \
		if (unlikely(_once && !_said)) {           \
			_said = true;                      \
			__report_warn(fmt, ##__VA_ARGS__); \
		}                                          \
		_once;                                     \
	})
