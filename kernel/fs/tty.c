/* SPDX-License-Identifier: MIT */
/*
 * The line discipline.
 *
 * Bytes come in by interrupt and land in a ring. In canonical mode the last, unfinished line in the
 * ring can still be edited: bytes from `canon` on belong to it, and readers see only what is
 * before. In raw mode every byte is before it at once. The three indices run freely and are used
 * modulo the size: tail <= canon <= head <= tail + TTY_BUF_SIZE.
 *
 * tty.lock, interrupt-safe, protects the indices and the modes; the port is written without it.
 *
 * Linux counterpart: drivers/tty/n_tty.c
 */

#include <kernel/fs/tty.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/uapi/poll.h>
#include <kernel/uapi/termios.h>
#include <mm/uaccess.h>

#define TTY_BUF_SIZE 4096u

#define CTRL(letter) ((letter) & 0x1f)

/* ^D in the ring: ends a read without being part of the text. It is not the value of any byte. */
#define END_OF_FILE 0x100

static struct {
	spinlock_t lock;
	const struct tty_port_ops *port;
	struct termios termios;
	struct winsize winsize;
	pid_t pgrp; /* the foreground process group */
	wait_queue_head_t read_wait;
	unsigned int tail, canon, head;
	u16 buffer[TTY_BUF_SIZE]; /* bytes, and END_OF_FILE */
} tty = {
	.lock = __SPIN_LOCK_UNLOCKED,
	.termios = {
		.c_iflag = ICRNL,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = CS8 | CREAD,
		.c_lflag = ISIG | ICANON | ECHO | ECHOE,
		.c_cc = { [VINTR] = CTRL('C'), [VQUIT] = CTRL('\\'), [VERASE] = 0x7f,
			  [VKILL] = CTRL('U'), [VEOF] = CTRL('D'), [VMIN] = 1 },
	},
	.pgrp = 1,
	.read_wait = __WAIT_QUEUE_HEAD_INITIALIZER(tty.read_wait),
};

/* There is one session with a terminal, that of task 1. */
static pid_t init_session = 1;

pid_t tty_foreground(void)
{
	return READ_ONCE(tty.pgrp);
}

void tty_register_port(const struct tty_port_ops *ops)
{
	WRITE_ONCE(tty.port, ops);
}

bool tty_has_port(void)
{
	return READ_ONCE(tty.port);
}

/* --- output --- */

static void port_write(const char *s, size_t n)
{
	const struct tty_port_ops *port = READ_ONCE(tty.port);

	if (port && n)
		port->write(s, n);
}

/* A newline becomes carriage return and newline, unless a program wants its bytes untouched. */
static void tty_output(const char *s, size_t n)
{
	const char *newline;

	if (!(tty.termios.c_oflag & OPOST) || !(tty.termios.c_oflag & ONLCR)) {
		port_write(s, n);
		return;
	}
	while ((newline = memchr(s, '\n', n))) {
		port_write(s, newline - s);
		port_write("\r\n", 2);
		n -= newline + 1 - s;
		s = newline + 1;
	}
	port_write(s, n);
}

static ssize_t tty_write(struct kiocb *iocb, struct iov_iter *from)
{
	char chunk[128];
	size_t bytes, done = 0;

	while (from->count && !signal_pending(current)) {
		bytes = copy_from_iter(chunk, sizeof(chunk), from);
		if (!bytes)
			return done ? (ssize_t)done : -EFAULT;
		tty_output(chunk, bytes);
		done += bytes;
		cond_resched();
	}
	return done;
}

/* --- input, in interrupt context; tty.lock is held --- */

static bool mode(unsigned int flag)
{
	return tty.termios.c_lflag & flag;
}

static bool is_control_char(char c, unsigned int which)
{
	return c && (u8)c == tty.termios.c_cc[which];
}

/* One byte is kept free for the newline or ^D that makes a full line readable. */
static void put_char(u16 c, unsigned int reserve)
{
	if (tty.head - tty.tail < TTY_BUF_SIZE - reserve)
		tty.buffer[tty.head++ % TTY_BUF_SIZE] = c;
}

static void finish_line(u16 c)
{
	put_char(c, 0);
	tty.canon = tty.head;
}

/* Bytes of UTF-8 that belong to the character before them. */
static bool is_continuation(char c)
{
	return (c & 0xc0) == 0x80;
}

/* Takes the last character of the unfinished line back, from the ring and from the screen. */
static bool erase_char(void)
{
	if (tty.head == tty.canon)
		return false;
	do
		tty.head--;
	while (tty.head != tty.canon && is_continuation(tty.buffer[tty.head % TTY_BUF_SIZE]));
	if (mode(ECHO))
		tty_output("\b \b", 3);
	return true;
}

static void echo(char c)
{
	const char caret[2] = { '^', c ^ 0x40 };

	if (!mode(ECHO))
		return;
	if ((u8)c < ' ' && c != '\n' && c != '\t')
		tty_output(caret, sizeof(caret));
	else
		tty_output(&c, 1);
}

/* Edits the line or lets it grow. */
static void receive_canonical(char c)
{
	if (is_control_char(c, VERASE) || c == '\b') {
		erase_char();
	} else if (is_control_char(c, VKILL)) {
		while (erase_char())
			;
	} else if (is_control_char(c, VEOF)) {
		finish_line(END_OF_FILE);
	} else {
		echo(c);
		if (c == '\n')
			finish_line(c);
		else
			put_char((u8)c, 1);
	}
}

static void receive_raw(char c)
{
	echo(c);
	finish_line((u8)c);
}

/* ^C and ^\ also drop what was typed so far. */
static void interrupt_foreground(char c, int sig)
{
	echo(c);
	tty.head = tty.canon;
	kill_pgrp(tty.pgrp, sig);
}

static void receive_char(char c)
{
	if (c == '\r' && (tty.termios.c_iflag & ICRNL))
		c = '\n';
	if (mode(ISIG) && is_control_char(c, VINTR))
		interrupt_foreground(c, SIGINT);
	else if (mode(ISIG) && is_control_char(c, VQUIT))
		interrupt_foreground(c, SIGQUIT);
	else if (mode(ICANON))
		receive_canonical(c);
	else
		receive_raw(c);
}

void tty_receive(char c)
{
	unsigned long flags;
	bool readable;

	spin_lock_irqsave(&tty.lock, flags);
	receive_char(c);
	readable = tty.canon != tty.tail;
	spin_unlock_irqrestore(&tty.lock, flags);
	if (readable)
		wake_up_interruptible(&tty.read_wait);
}

/* --- reading --- */

static bool input_available(void)
{
	return READ_ONCE(tty.canon) != READ_ONCE(tty.tail);
}

/*
 * Moves bytes to buf: in canonical mode up to the end of one line. *end_of_read tells that no more
 * may follow.
 */
static size_t take_input(char *buf, size_t size, bool *end_of_read)
{
	unsigned long flags;
	size_t n = 0;
	u16 c;

	spin_lock_irqsave(&tty.lock, flags);
	while (n < size && tty.tail != tty.canon && !*end_of_read) {
		c = tty.buffer[tty.tail++ % TTY_BUF_SIZE];
		*end_of_read = mode(ICANON) && (c == '\n' || c == END_OF_FILE);
		if (c != END_OF_FILE)
			buf[n++] = c;
		else if (!mode(ICANON)) /* typed before the change: a key to a raw reader */
			buf[n++] = tty.termios.c_cc[VEOF];
	}
	*end_of_read |= tty.tail == tty.canon;
	spin_unlock_irqrestore(&tty.lock, flags);
	return n;
}

static ssize_t tty_read(struct kiocb *iocb, struct iov_iter *to)
{
	bool end_of_read = false;
	size_t done = 0, bytes;
	char chunk[128];
	int error;

	if (!to->count)
		return 0;
	if ((iocb->ki_filp->f_flags & O_NONBLOCK) && !input_available())
		return -EAGAIN;
	error = wait_event_interruptible(tty.read_wait, input_available());
	if (error)
		return error;
	while (to->count && !end_of_read) {
		bytes = take_input(chunk, min(to->count, sizeof(chunk)), &end_of_read);
		if (copy_to_iter(chunk, bytes, to) < bytes)
			return done ? (ssize_t)done : -EFAULT;
		done += bytes;
	}
	return done;
}

/* --- modes --- */

/* What was typed ahead stays; a line that was being edited becomes readable as it is. */
static void set_termios(const struct termios *termios)
{
	unsigned long flags;

	spin_lock_irqsave(&tty.lock, flags);
	tty.termios = *termios;
	if (!mode(ICANON))
		tty.canon = tty.head;
	spin_unlock_irqrestore(&tty.lock, flags);
}

static void flush_input(void)
{
	unsigned long flags;

	spin_lock_irqsave(&tty.lock, flags);
	tty.tail = tty.canon = tty.head;
	spin_unlock_irqrestore(&tty.lock, flags);
}

static long change_modes(unsigned int cmd, void __user *user)
{
	struct termios termios;

	if (copy_from_user(&termios, user, sizeof(termios)))
		return -EFAULT;
	set_termios(&termios);
	if (cmd == TCSETSF)
		flush_input();
	return 0;
}

/* Requests that read size bytes of a variable, or write them. */
static const struct tty_value {
	unsigned int cmd;
	bool writes;
	void *value;
	size_t size;
} tty_values[] = {
	{ TCGETS, false, &tty.termios, sizeof(tty.termios) },
	{ TIOCGWINSZ, false, &tty.winsize, sizeof(tty.winsize) },
	{ TIOCSWINSZ, true, &tty.winsize, sizeof(tty.winsize) },
	{ TIOCGPGRP, false, &tty.pgrp, sizeof(tty.pgrp) },
	{ TIOCSPGRP, true, &tty.pgrp, sizeof(tty.pgrp) },
	{ TIOCGSID, false, &init_session, sizeof(init_session) },
};

/* By way of a copy: an access to user memory may fault, and must not under a spin lock. */
static long move_value(const struct tty_value *row, void __user *user)
{
	char copy[sizeof(struct termios)];
	unsigned long flags;

	if (row->writes && copy_from_user(copy, user, row->size))
		return -EFAULT;
	spin_lock_irqsave(&tty.lock, flags);
	memcpy(row->writes ? row->value : copy, row->writes ? copy : row->value, row->size);
	spin_unlock_irqrestore(&tty.lock, flags);
	return !row->writes && copy_to_user(user, copy, row->size) ? -EFAULT : 0;
}

static long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tty_values); i++)
		if (tty_values[i].cmd == cmd)
			return move_value(&tty_values[i], user);
	switch (cmd) {
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return change_modes(cmd, user);
	case TCFLSH:
		flush_input();
		return 0;
	case TCSBRK: /* all output is out when a write returns */
	case TIOCSCTTY:
		return 0;
	default:
		return -ENOTTY;
	}
}

static unsigned int tty_poll(struct file *file, wait_queue_head_t **wait)
{
	*wait = &tty.read_wait;
	return input_available() ? POLLIN | POLLOUT : POLLOUT;
}

const struct file_operations tty_file_operations = {
	.read_iter = tty_read,
	.write_iter = tty_write,
	.unlocked_ioctl = tty_ioctl,
	.poll = tty_poll,
};
