/* SPDX-License-Identifier: MIT */
/*
 * The kernel's voice: lines with a level and a time stamp, kept in a ring for dmesg and written to
 * every console whose loglevel lets them through. Callable from anywhere, interrupts and panic
 * included; never sleeps.
 *
 * A line's parts may come in several calls, the later ones by pr_cont(); the prefix is printed when
 * a line begins. A message with a level begins a line, whatever came before it.
 *
 * Lock: the log's own, inside.
 * Linux counterpart: include/linux/printk.h, kernel/printk/printk.c, include/linux/console.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

#define KERN_SOH     "\001"
#define KERN_EMERG   KERN_SOH "0"
#define KERN_ALERT   KERN_SOH "1"
#define KERN_CRIT    KERN_SOH "2"
#define KERN_ERR     KERN_SOH "3"
#define KERN_WARNING KERN_SOH "4"
#define KERN_NOTICE  KERN_SOH "5"
#define KERN_INFO    KERN_SOH "6"
#define KERN_DEBUG   KERN_SOH "7"
#define KERN_CONT    KERN_SOH "c"

/*
 * Formats by kernel/lib/vsprintf.h, with %pS, %pa, %px. A message that is longer than 1 KiB is cut;
 * it ends in "..." then, and ends its line. Returns the characters of the message.
 */
int printk(const char *fmt, ...) __printf(1, 2);

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)  printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)    printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)   printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...) printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)   printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)   printk(KERN_CONT fmt, ##__VA_ARGS__)

#define CON_PRINTBUFFER 1 /* write the log so far when registered, unless another console has */
#define CON_BOOT        2 /* goes away when the next console comes */

/* write() is called with interrupts off, under the log's lock; it may not printk. */
struct console {
	char name[16];
	void (*write)(struct console *con, const char *s, unsigned int len);
	unsigned int flags;
	void *data;
	struct list_head list;
};

/* Whether console=NAME on the command line names this one. From parse_early_param() on. */
bool console_is_preferred(const char *name);

/* Adds a console; it drives out the boot console before it. Any context but interrupts. */
void register_console(struct console *con);

/*
 * From here on everything goes to the consoles, whatever its level, and even if the log is locked:
 * for panic, where nothing that was interrupted goes on.
 */
void console_verbose(void);

/*
 * Copies the newest whole lines of the log that fit, each as "<level>[time] text\n", to buf.
 * Returns the bytes copied. With buf NULL: the bytes there are.
 */
size_t printk_read_log(char *buf, size_t size);
