/* SPDX-License-Identifier: MIT */
/*
 * Waiting for several descriptors at once. The waiter puts itself on the queue of each file, looks
 * at all of them, and sleeps if none is ready: in this order no wake-up is lost.
 *
 * Linux counterpart: fs/select.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/timespec.h>
#include <kernel/time/jiffies.h>
#include <kernel/uapi/poll.h>
#include <mm/slab.h>

/* Events that are reported even when they were not asked for. */
#define POLL_ALWAYS (POLLERR | POLLHUP | POLLNVAL)

#define MAX_POLL_FDS NR_OPEN_DEFAULT

/* One descriptor of a waiter. */
struct poll_entry {
	struct pollfd poll;
	struct file *file;       /* NULL: not asked for, or not open */
	wait_queue_head_t *wait; /* NULL: always ready */
	struct wait_queue_entry entry;
};

struct poll_table {
	unsigned int count;
	struct poll_entry entries[MAX_POLL_FDS];
};

static unsigned int look_at(struct poll_entry *entry)
{
	if (entry->poll.fd < 0)
		return 0;
	if (!entry->file)
		return POLLNVAL;
	if (!entry->file->f_op->poll)
		return POLLIN | POLLOUT;
	return entry->file->f_op->poll(entry->file, &entry->wait);
}

/* Takes the files of the entries. look_at() also finds their queues. */
static void begin_poll(struct poll_table *table)
{
	struct poll_entry *entry;

	for (entry = table->entries; entry < table->entries + table->count; entry++) {
		entry->file = entry->poll.fd < 0 ? NULL : fget(entry->poll.fd);
		entry->wait = NULL;
		init_wait_entry(&entry->entry);
		look_at(entry);
	}
}

static void end_poll(struct poll_table *table)
{
	struct poll_entry *entry;

	for (entry = table->entries; entry < table->entries + table->count; entry++) {
		if (entry->wait)
			finish_wait(entry->wait, &entry->entry);
		if (entry->file)
			fput(entry->file);
	}
	__set_current_state(TASK_RUNNING);
}

/* Announces the sleep everywhere, then counts what is ready. */
static int count_ready(struct poll_table *table)
{
	struct poll_entry *entry;
	int ready = 0;

	set_current_state(TASK_INTERRUPTIBLE);
	for (entry = table->entries; entry < table->entries + table->count; entry++)
		if (entry->wait)
			prepare_to_wait(entry->wait, &entry->entry, TASK_INTERRUPTIBLE);
	for (entry = table->entries; entry < table->entries + table->count; entry++) {
		entry->poll.revents = look_at(entry) & (entry->poll.events | POLL_ALWAYS);
		ready += entry->poll.revents != 0;
	}
	return ready;
}

/* Sleeps for at most `timeout` ticks. Returns how many are ready, or -ERESTARTNOHAND. */
static int wait_for_any(struct poll_table *table, long timeout)
{
	int ready;

	begin_poll(table);
	while (!(ready = count_ready(table)) && timeout) {
		if (signal_pending(current)) {
			ready = -ERESTARTNOHAND;
			break;
		}
		timeout = schedule_timeout(timeout);
	}
	end_poll(table);
	return ready;
}

/*
 * Waits with another mask. The old one is restored here, or, when a signal has ended the wait,
 * after its handler has run.
 */
static int wait_with_mask(struct poll_table *table, long timeout, const u64 *mask)
{
	u64 saved = current->blocked;
	int ready;

	if (mask)
		set_current_blocked(*mask);
	ready = wait_for_any(table, timeout);
	if (mask && ready == -ERESTARTNOHAND) {
		current->saved_sigmask = saved;
		current->restore_sigmask = true;
	} else if (mask) {
		set_current_blocked(saved);
	}
	return ready;
}

/* --- ppoll --- */

static int read_pollfds(struct poll_table *table, const struct pollfd __user *fds)
{
	unsigned int i;

	for (i = 0; i < table->count; i++)
		if (copy_from_user(&table->entries[i].poll, &fds[i], sizeof(*fds)))
			return -EFAULT;
	return 0;
}

static int write_pollfds(const struct poll_table *table, struct pollfd __user *fds)
{
	unsigned int i;

	for (i = 0; i < table->count; i++)
		if (copy_to_user(&fds[i], &table->entries[i].poll, sizeof(*fds)))
			return -EFAULT;
	return 0;
}

static bool valid_timeout(const struct timespec64 *ts)
{
	return !ts || timespec64_valid(ts);
}

long do_ppoll(struct pollfd __user *fds, unsigned int nfds, const struct timespec64 *ts,
	      const u64 __user *user_mask)
{
	struct poll_table *table;
	u64 mask;
	long ret;

	if (nfds > MAX_POLL_FDS || !valid_timeout(ts))
		return -EINVAL;
	if (user_mask && copy_from_user(&mask, user_mask, sizeof(mask)))
		return -EFAULT;
	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	table->count = nfds;
	ret = read_pollfds(table, fds);
	if (!ret)
		ret = wait_with_mask(table, timeout_jiffies(ts), user_mask ? &mask : NULL);
	if (ret >= 0 && write_pollfds(table, fds))
		ret = -EFAULT;
	kfree(table);
	return ret;
}

SYSCALL_DEFINE4(ppoll, struct pollfd __user *, fds, unsigned int, nfds,
		const struct __kernel_old_timespec __user *, user_ts, const u64 __user *, mask)
{
	struct timespec64 ts;

	if (user_ts && get_old_timespec64(&ts, user_ts))
		return -EFAULT;
	return do_ppoll(fds, nfds, user_ts ? &ts : NULL, mask);
}

/* --- pselect6: the same by three sets of bits; all descriptors fit one u32 --- */

static const short set_events[3] = { POLLIN, POLLOUT, 0 };
/* What each set reports: a pipe without a writer is readable, one without a reader writable. */
static const short set_meaning[3] = { POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, 0 };

/* The sets are read as words, which is how the program has laid them out. */
static int read_set(unsigned long *set, const unsigned long __user *user)
{
	*set = 0;
	return user && get_user(*set, user) ? -EFAULT : 0;
}

static void fill_from_sets(struct poll_table *table, int n, const unsigned long sets[3])
{
	struct poll_entry *entry = table->entries;
	int fd, i;

	for (fd = 0; fd < n; fd++) {
		short events = 0;

		for (i = 0; i < 3; i++)
			if (sets[i] >> fd & 1)
				events |= set_events[i];
		if (!((sets[0] | sets[1] | sets[2]) >> fd & 1))
			continue;
		entry++->poll = (struct pollfd){ .fd = fd, .events = events };
	}
	table->count = entry - table->entries;
}

/* Returns the number of bits set, or -EBADF. */
static long results_to_sets(const struct poll_table *table, unsigned long sets[3])
{
	unsigned long asked[3] = { sets[0], sets[1], sets[2] };
	const struct poll_entry *entry;
	long bits = 0;
	int i;

	sets[0] = sets[1] = sets[2] = 0;
	for (entry = table->entries; entry < table->entries + table->count; entry++) {
		if (entry->poll.revents & POLLNVAL)
			return -EBADF;
		for (i = 0; i < 3; i++) {
			if (!(asked[i] >> entry->poll.fd & 1) ||
			    !(entry->poll.revents & set_meaning[i]))
				continue;
			sets[i] |= 1UL << entry->poll.fd;
			bits++;
		}
	}
	return bits;
}

static long select_fds(int n, unsigned long sets[3], const struct timespec64 *ts, const u64 *mask)
{
	struct poll_table *table = kzalloc(sizeof(*table), GFP_KERNEL);
	long ret;

	if (!table)
		return -ENOMEM;
	fill_from_sets(table, n, sets);
	ret = wait_with_mask(table, timeout_jiffies(ts), mask);
	if (ret >= 0)
		ret = results_to_sets(table, sets);
	kfree(table);
	return ret;
}

/* The sixth argument of pselect6(): a mask's address and size. */
static int read_mask(u64 *mask, bool *present, const void __user *user)
{
	unsigned long pair[2] = { 0, 0 };

	if (user && copy_from_user(pair, user, sizeof(pair)))
		return -EFAULT;
	*present = pair[0];
	if (*present && copy_from_user(mask, (const void __user *)pair[0], sizeof(*mask)))
		return -EFAULT;
	return 0;
}

long do_pselect(int n, unsigned long __user *const user_sets[3], const struct timespec64 *ts,
		const void __user *user_mask)
{
	unsigned long sets[3];
	bool has_mask;
	u64 mask;
	long ret;
	int i;

	if (n < 0 || !valid_timeout(ts))
		return -EINVAL;
	for (i = 0; i < 3; i++)
		if (read_set(&sets[i], n ? user_sets[i] : NULL))
			return -EFAULT;
	if (read_mask(&mask, &has_mask, user_mask))
		return -EFAULT;
	ret = select_fds(min(n, MAX_POLL_FDS), sets, ts, has_mask ? &mask : NULL);
	for (i = 0; i < 3 && ret >= 0; i++)
		if (n && user_sets[i] && put_user(sets[i], user_sets[i]))
			ret = -EFAULT;
	return ret;
}

SYSCALL_DEFINE6(pselect6, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, const struct __kernel_old_timespec __user *, user_ts,
		const void __user *, mask)
{
	struct timespec64 ts;

	if (user_ts && get_old_timespec64(&ts, user_ts))
		return -EFAULT;
	return do_pselect(n, (unsigned long __user *[3]){ in, out, ex }, user_ts ? &ts : NULL,
			  mask);
}
