/* SPDX-License-Identifier: MIT */
/*
 * The log: one ring of characters. What is stored is exactly what dmesg reads, "<6>[    1.000000]
 * text\n"; consoles get the same without the level. The oldest characters are overwritten.
 *
 * Linux counterpart: kernel/printk/printk.c (there a lock-free ring of records).
 */
#include <kernel/base/clock.h>
#include <kernel/base/initcall.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

#define LOG_SIZE         SZ_64K
#define MESSAGE_MAX      1024
#define CUT              "...\n" /* the end of a message that is longer */
#define LEVEL_DEFAULT    4
#define LEVEL_INFO       6
#define PREFIX_LEVEL_LEN 3 /* "<6>" */

static char log_buf[LOG_SIZE];
static size_t log_end; /* characters ever stored; the ring holds the last LOG_SIZE of them */
static DEFINE_SPINLOCK(log_lock);
static LIST_HEAD(console_list);
static int console_loglevel = 7;

/* console=, and what came of it. */
static char preferred_console[32];
static bool preferred_registered;
static const struct console *refused_console;

static int line_level = LEVEL_DEFAULT;
static bool at_line_start = true;

static void emit(const char *s, size_t len, bool to_consoles)
{
	struct console *con;
	size_t i;

	for (i = 0; i < len; i++)
		log_buf[log_end++ % LOG_SIZE] = s[i];
	if (!to_consoles || line_level >= console_loglevel)
		return;
	list_for_each_entry(con, &console_list, list)
		con->write(con, s, len);
}

static void begin_line(int level)
{
	char prefix[32];
	u32 rest;
	u64 seconds = div_u64_rem(sched_clock(), 1000000000, &rest);
	int len;

	line_level = level;
	len = scnprintf(prefix, sizeof(prefix), "<%d>", level);
	emit(prefix, len, false);
	len = scnprintf(prefix, sizeof(prefix), "[%5lu.%06u] ", (unsigned long)seconds,
			rest / 1000);
	emit(prefix, len, true);
	at_line_start = false;
}

static void end_line(void)
{
	emit("\n", 1, true);
	at_line_start = true;
}

/*
 * Takes the level off the front of a message. 'c' continues a line, so it keeps that line's. A
 * level of its own begins a line: what an unfinished line before it would make of it has another
 * level and no time, and is a row of dmesg that cannot be found.
 */
static const char *take_level(const char *s, int *level)
{
	if (s[0] != KERN_SOH[0] || !s[1])
		return s;
	if (s[1] != 'c') {
		*level = s[1] - '0';
		if (!at_line_start)
			end_line();
	}
	return s + 2;
}

static void store_message(const char *s)
{
	int level = LEVEL_DEFAULT;

	s = take_level(s, &level);
	while (*s) {
		size_t len = strcspn(s, "\n");

		if (at_line_start)
			begin_line(level);
		emit(s, len, true);
		s += len;
		if (*s == '\n') {
			end_line();
			s++;
		}
	}
}

int printk(const char *fmt, ...)
{
	static char message[MESSAGE_MAX]; /* under log_lock */
	unsigned long flags;
	va_list args;
	int len;

	spin_lock_irqsave(&log_lock, flags);
	va_start(args, fmt);
	len = vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	if (len >= MESSAGE_MAX) {
		len = MESSAGE_MAX - 1;
		memcpy(message + MESSAGE_MAX - sizeof(CUT), CUT, sizeof(CUT));
	}
	store_message(message);
	spin_unlock_irqrestore(&log_lock, flags);
	return len;
}

/* The index of the oldest line that is still whole. */
static size_t oldest_line(void)
{
	size_t pos = log_end > LOG_SIZE ? log_end - LOG_SIZE : 0;

	if (!pos)
		return 0;
	while (pos < log_end && log_buf[pos % LOG_SIZE] != '\n')
		pos++;
	return pos < log_end ? pos + 1 : pos;
}

static size_t next_line(size_t pos)
{
	while (pos < log_end && log_buf[pos % LOG_SIZE] != '\n')
		pos++;
	return pos < log_end ? pos + 1 : log_end;
}

size_t printk_read_log(char *buf, size_t size)
{
	unsigned long flags;
	size_t pos, i;

	spin_lock_irqsave(&log_lock, flags);
	pos = oldest_line();
	while (buf && log_end - pos > size)
		pos = next_line(pos);
	for (i = 0; buf && pos + i < log_end; i++)
		buf[i] = log_buf[(pos + i) % LOG_SIZE];
	i = log_end - pos;
	spin_unlock_irqrestore(&log_lock, flags);
	return i;
}

/* Shows a new console what was said before it came. Levels are for dmesg: they are left out. */
static void replay_log(struct console *con)
{
	size_t pos, next;

	for (pos = oldest_line(); pos < log_end; pos = next) {
		next = next_line(pos);
		for (pos += PREFIX_LEVEL_LEN; pos < next; pos++)
			con->write(con, &log_buf[pos % LOG_SIZE], 1);
	}
}

/* `console=NAME[,options]` chooses among the real consoles; without it each is taken. */
bool console_is_preferred(const char *name)
{
	size_t len = strcspn(preferred_console, ",");

	return len && strlen(name) == len && !memcmp(name, preferred_console, len);
}

static bool is_wanted(const struct console *con)
{
	return con->flags & CON_BOOT || !preferred_console[0] || console_is_preferred(con->name);
}

void register_console(struct console *con)
{
	struct console *old, *next;
	unsigned long flags;

	if (!is_wanted(con)) {
		refused_console = con;
		return;
	}
	preferred_registered |= !(con->flags & CON_BOOT);
	spin_lock_irqsave(&log_lock, flags);
	if (con->flags & CON_PRINTBUFFER && list_empty(&console_list))
		replay_log(con);
	list_for_each_entry_safe(old, next, &console_list, list)
		if (old->flags & CON_BOOT)
			list_del(&old->list);
	list_add_tail(&con->list, &console_list);
	spin_unlock_irqrestore(&log_lock, flags);
	pr_info("printk: %sconsole [%s] enabled\n", con->flags & CON_BOOT ? "boot" : "", con->name);
}

void console_verbose(void)
{
	console_loglevel = 15;
	/* The crash may have come while printing: a mixed line is better than none. */
	spin_lock_init(&log_lock);
}

static int __init loglevel_setup(char *value)
{
	int level;

	if (kstrtoint(value, 0, &level) || level < 0 || level > 15)
		return -EINVAL;
	console_loglevel = level;
	return 0;
}
early_param("loglevel", loglevel_setup);

static int __init console_setup(char *value)
{
	if (strlen(value) >= sizeof(preferred_console))
		return -EINVAL;
	strscpy(preferred_console, value, sizeof(preferred_console));
	return 0;
}
early_param("console", console_setup);

/* By now every driver has registered what it has. */
static int __init console_check(void)
{
	if (preferred_console[0] && !preferred_registered)
		pr_warn("printk: console=%s has no effect: no console has that name%s%s\n",
			preferred_console, refused_console ? "; there is " : "",
			refused_console ? refused_console->name : "");
	return 0;
}
late_initcall(console_check);

static int __init quiet_setup(char *value)
{
	if (*value)
		return -EINVAL;
	console_loglevel = 4;
	return 0;
}
early_param("quiet", quiet_setup);
