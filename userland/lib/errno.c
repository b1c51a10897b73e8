/* SPDX-License-Identifier: MIT */
/*
 * Texts for error numbers (kernel/lib/errno.h) and signals, and the messages that end in one.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	int number;
	const char *text;
} errors[] = {
	{ EPERM, "Operation not permitted" },
	{ ENOENT, "No such file or directory" },
	{ ESRCH, "No such process" },
	{ EINTR, "Interrupted system call" },
	{ EIO, "Input/output error" },
	{ ENXIO, "No such device or address" },
	{ E2BIG, "Argument list too long" },
	{ ENOEXEC, "Exec format error" },
	{ EBADF, "Bad file descriptor" },
	{ ECHILD, "No child processes" },
	{ EAGAIN, "Resource temporarily unavailable" },
	{ ENOMEM, "Cannot allocate memory" },
	{ EACCES, "Permission denied" },
	{ EFAULT, "Bad address" },
	{ EBUSY, "Device or resource busy" },
	{ EEXIST, "File exists" },
	{ EXDEV, "Invalid cross-device link" },
	{ ENODEV, "No such device" },
	{ ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" },
	{ EINVAL, "Invalid argument" },
	{ ENFILE, "Too many open files in system" },
	{ EMFILE, "Too many open files" },
	{ ENOTTY, "Inappropriate ioctl for device" },
	{ EFBIG, "File too large" },
	{ ENOSPC, "No space left on device" },
	{ ESPIPE, "Illegal seek" },
	{ EROFS, "Read-only file system" },
	{ EPIPE, "Broken pipe" },
	{ EDOM, "Numerical argument out of domain" },
	{ ERANGE, "Numerical result out of range" },
	{ ENAMETOOLONG, "File name too long" },
	{ ENOSYS, "Function not implemented" },
	{ ENOTEMPTY, "Directory not empty" },
	{ ELOOP, "Too many levels of symbolic links" },
	{ EOVERFLOW, "Value too large for defined data type" },
	{ EOPNOTSUPP, "Operation not supported" },
	{ ETIMEDOUT, "Connection timed out" },
};

const char *strerror(int number)
{
	static char unknown[sizeof("Unknown error -2147483648")];

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].number == number)
			return errors[i].text;
	snprintf(unknown, sizeof(unknown), "Unknown error %d", number);
	return unknown;
}

const char *strsignal(int number)
{
	static const char *const names[] = {
		[SIGHUP] = "Hangup",
		[SIGINT] = "Interrupt",
		[SIGQUIT] = "Quit",
		[SIGILL] = "Illegal instruction",
		[SIGTRAP] = "Trace/breakpoint trap",
		[SIGABRT] = "Aborted",
		[SIGBUS] = "Bus error",
		[SIGFPE] = "Floating point exception",
		[SIGKILL] = "Killed",
		[SIGSEGV] = "Segmentation fault",
		[SIGPIPE] = "Broken pipe",
		[SIGALRM] = "Alarm clock",
		[SIGTERM] = "Terminated",
	};
	static char other[sizeof("Signal -2147483648")];

	if (number > 0 && number <= SIGTERM && names[number])
		return names[number];
	snprintf(other, sizeof(other), "Signal %d", number);
	return other;
}

static void message(const char *reason, const char *fmt, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, fmt, args);
	if (reason)
		fprintf(stderr, ": %s", reason);
	putc('\n', stderr);
}

void warn(const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list args;

	va_start(args, fmt);
	message(reason, fmt, args);
	va_end(args);
}

void warnx(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	message(NULL, fmt, args);
	va_end(args);
}

void err(int status, const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list args;

	va_start(args, fmt);
	message(reason, fmt, args);
	va_end(args);
	exit(status);
}

void errx(int status, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	message(NULL, fmt, args);
	va_end(args);
	exit(status);
}
