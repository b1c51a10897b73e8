/* SPDX-License-Identifier: MIT */
/*
 * The clock: a base, which is a time and the counter's value at that time, and what the counter has
 * gone since. The tick moves the base up. Fractions of a nanosecond stay in the base, shifted as
 * the clocksource shifts, so that nothing is lost however often it moves.
 *
 * Linux counterpart: kernel/time/timekeeping.c (there NTP steers the multiplier)
 */

#include <kernel/base/bug.h>
#include <kernel/base/seqlock.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>

/* Seconds whose nanoseconds still fit into 63 bits. */
#define KTIME_MAX     ((ktime_t)(~0ULL / 2))
#define KTIME_SEC_MAX (KTIME_MAX / NSEC_PER_SEC)

/* lock guards all of it. Each tick of each processor reads it. */
static struct timekeeper {
	seqlock_t lock;
	struct clocksource *clock;
	u64 cycle_last; /* the counter at the base */
	u64 base_ns;    /* the time at the base, whole nanoseconds ... */
	u64 base_frac;  /* ... and the rest, in nanoseconds << shift */
	s64 offs_real;  /* from boot's clock to the wall's */
} tk = { .lock = __SEQLOCK_UNLOCKED };

/*
 * Nanoseconds << shift since the base, the base's own fraction included; the counter's value in
 * *now.
 */
static u64 shifted_ns_since_base(u64 *now)
{
	*now = tk.clock->read(tk.clock);
	return ((*now - tk.cycle_last) & tk.clock->mask) * tk.clock->mult + tk.base_frac;
}

static u64 now_ns(void)
{
	u64 now;

	if (!tk.clock)
		return 0;
	return tk.base_ns + (shifted_ns_since_base(&now) >> tk.clock->shift);
}

static void move_base_to_now(void)
{
	u64 now, shifted;

	if (!tk.clock)
		return;
	shifted = shifted_ns_since_base(&now);
	tk.base_ns += shifted >> tk.clock->shift;
	tk.base_frac = shifted & ((1ULL << tk.clock->shift) - 1);
	tk.cycle_last = now;
}

void update_wall_time(void)
{
	unsigned long flags;

	write_seqlock_irqsave(&tk.lock, flags);
	move_base_to_now();
	write_sequnlock_irqrestore(&tk.lock, flags);
}

void timekeeping_notify(struct clocksource *cs)
{
	unsigned long flags;

	write_seqlock_irqsave(&tk.lock, flags);
	move_base_to_now();
	tk.clock = cs;
	tk.base_frac = 0;
	tk.cycle_last = cs->read(cs);
	write_sequnlock_irqrestore(&tk.lock, flags);
}

ktime_t ktime_get(void)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqbegin(&tk.lock);
		now = now_ns();
	} while (read_seqretry(&tk.lock, seq));
	return now;
}

ktime_t ktime_get_real(void)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqbegin(&tk.lock);
		now = now_ns() + tk.offs_real;
	} while (read_seqretry(&tk.lock, seq));
	return now;
}

/* Rounded up, so that the clock has come to the time when the counter has come to the value. */
static u64 cycles_at(const struct clocksource *cs, ktime_t when)
{
	s64 ns =
		clamp(when - (s64)tk.base_ns, 0LL, (s64)CLOCKSOURCE_INVERSE_SECONDS * NSEC_PER_SEC);

	return tk.cycle_last +
	       ((ns * cs->inverse_mult + (1ULL << cs->inverse_shift) - 1) >> cs->inverse_shift);
}

u64 ktime_to_cycles(const struct clocksource *cs, ktime_t when)
{
	unsigned int seq;
	u64 cycles;

	WARN_ON(cs != tk.clock); /* the base is in cycles of another counter */
	do {
		seq = read_seqbegin(&tk.lock);
		cycles = cycles_at(cs, when);
	} while (read_seqretry(&tk.lock, seq));
	return cycles;
}

struct timespec64 ns_to_timespec64(s64 ns)
{
	struct timespec64 ts;
	u32 rest;

	ts.tv_sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	ts.tv_nsec = rest;
	return ts;
}

bool timespec64_valid(const struct timespec64 *ts)
{
	return ts->tv_sec >= 0 && ts->tv_nsec >= 0 && ts->tv_nsec < NSEC_PER_SEC;
}

ktime_t timespec64_to_ktime(const struct timespec64 *ts)
{
	if (ts->tv_sec >= KTIME_SEC_MAX)
		return KTIME_MAX;
	return ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}

void ktime_get_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get());
}

void ktime_get_real_ts64(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(ktime_get_real());
}

int do_settimeofday64(const struct timespec64 *ts)
{
	unsigned long flags;
	s64 wanted;

	if (!timespec64_valid(ts) || ts->tv_sec >= KTIME_SEC_MAX)
		return -EINVAL;
	wanted = timespec64_to_ktime(ts);
	write_seqlock_irqsave(&tk.lock, flags);
	tk.offs_real = wanted - now_ns();
	write_sequnlock_irqrestore(&tk.lock, flags);
	return 0;
}
