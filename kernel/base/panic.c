/* SPDX-License-Identifier: MIT */
/*
 * BUG, WARN and panic. `panic=N` restarts N seconds after a panic, `panic=-1` at once; the
 * default, 0, stays where it is, so that the message can be read and a debugger attached.
 *
 * Linux counterpart: kernel/panic.c, lib/bug.c
 */
#include <asm/processor.h>
#include <asm/timex.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/lock_debug.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/base/stacktrace.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/vsprintf.h>

#define CUT_HERE "------------[ cut here ]------------\n"

bool oops_in_progress;

static void (*describe_task)(struct seq_buf *s);
static void (*restart)(void);
static void (*stop_other_cpus)(void);
static unsigned int crashed_cpu = NR_CPUS; /* that number: none has */
static int panic_timeout;
static unsigned int nr_warnings;

void panic_set_describe_task(void (*fn)(struct seq_buf *s))
{
	describe_task = fn;
}

void panic_set_restart(void (*fn)(void))
{
	restart = fn;
}

void panic_set_stop_other_cpus(void (*fn)(void))
{
	stop_other_cpus = fn;
}

static void __noreturn halt(void)
{
	for (;;)
		cpu_do_idle();
}

void crash_begin(void)
{
	unsigned int none = NR_CPUS, this_cpu = smp_processor_id();

	local_irq_disable();
	lock_debug_off();
	if (__atomic_compare_exchange_n(&crashed_cpu, &none, this_cpu, false, __ATOMIC_ACQUIRE,
					__ATOMIC_ACQUIRE)) {
		if (stop_other_cpus)
			stop_other_cpus();
	} else if (none != this_cpu) {
		halt();
	}
	/* Last: a processor that was stopped while it printed may have left its lock behind. */
	console_verbose();
}

void print_task_line(void)
{
	char text[80];
	struct seq_buf s;

	if (!describe_task)
		return;
	seq_buf_init(&s, text, sizeof(text));
	describe_task(&s);
	pr_warn("%s\n", text);
}

unsigned int warnings_reported(void)
{
	return nr_warnings;
}

void warn_report(const char *file, int line, const char *fmt, ...)
{
	char reason[256];
	va_list args;

	va_start(args, fmt);
	vscnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);

	nr_warnings++;
	pr_warn(CUT_HERE);
	pr_warn("WARNING: %s:%d: %s\n", file, line, reason);
	print_task_line();
	dump_stack();
}

void bug_report(const char *file, int line, const char *cond)
{
	pr_emerg(CUT_HERE);
	pr_emerg("kernel BUG at %s:%d: %s\n", file, line, cond);
	panic("BUG at %s:%d", file, line);
}

static void wait_seconds(int seconds)
{
	u64 end = get_cycles() + (u64)seconds * get_cycles_hz();

	while (get_cycles() < end)
		cpu_relax();
}

void panic(const char *fmt, ...)
{
	char reason[256];
	va_list args;

	crash_begin();
	va_start(args, fmt);
	vscnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);

	pr_emerg("Kernel panic - not syncing: %s\n", reason);
	if (!oops_in_progress) {
		oops_in_progress = true;
		print_task_line();
		dump_stack();
	}
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", reason);

	if (panic_timeout && restart) {
		if (panic_timeout > 0)
			wait_seconds(panic_timeout);
		restart();
	}
	pr_emerg("Halted. Leave QEMU with Ctrl-A x.\n");
	halt();
}

static int __init panic_setup(char *value)
{
	int seconds;

	if (kstrtoint(value, 0, &seconds))
		return -EINVAL;
	panic_timeout = seconds;
	return 0;
}
early_param("panic", panic_setup);
