/* SPDX-License-Identifier: MIT */
/*
 * A state of 64 bits that goes forward by an odd constant at each number, and a mixing function
 * that makes each step look unlike the one before (the generator SplitMix64).
 *
 * Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
 */

#include <kernel/base/clock.h>
#include <kernel/base/random.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define GOLDEN_GAMMA 0x9e3779b97f4a7c15ULL

static DEFINE_SPINLOCK(random_lock);
static u64 state; /* under random_lock */

static u64 mix(u64 z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

void add_device_randomness(const void *seed, size_t size)
{
	const u8 *bytes = seed;
	unsigned long flags;

	spin_lock_irqsave(&random_lock, flags);
	while (size--)
		state = mix(state ^ *bytes++) + GOLDEN_GAMMA;
	spin_unlock_irqrestore(&random_lock, flags);
}

/* The clock goes in too, so that two boots without a seed part sooner or later. */
static u64 next_random(void)
{
	unsigned long flags;
	u64 value;

	spin_lock_irqsave(&random_lock, flags);
	state += GOLDEN_GAMMA;
	value = mix(state ^ sched_clock());
	spin_unlock_irqrestore(&random_lock, flags);
	return value;
}

void get_random_bytes(void *buf, size_t size)
{
	char *to = buf;
	size_t bytes;
	u64 value;

	for (; size; size -= bytes, to += bytes) {
		value = next_random();
		bytes = min(size, sizeof(value));
		memcpy(to, &value, bytes);
	}
}
