/* SPDX-License-Identifier: MIT */
/*
 * The executor: fork, pipe, dup2, execve, wait. How a shell works is in run_command() and
 * run_pipeline().
 *
 * A child never returns into the shell's loop: it ends in exec_program() or exit().
 */
#include "exec.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "builtins.h"
#include "expand.h"
#include "vars.h"

/* Where the shell keeps its own descriptors 0 to 9 while a builtin's are redirected. */
#define SAVED 10

bool interrupted;

/* Ctrl-C is for the programs of the foreground, which get it as if the shell had not ignored it. */
static bool spared_from_interrupts;

void spare_from_interrupts(void)
{
	signal(SIGINT, SIG_IGN);
	spared_from_interrupts = true;
}

/* The user knows of Ctrl-C; a broken pipe is how `... | head` ends. */
static void report_signal(pid_t pid, int signal)
{
	interrupted |= signal == SIGINT;
	if (signal != SIGINT && signal != SIGPIPE)
		warnx("process %d: %s", pid, strsignal(signal));
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			warn("wait");
			return 1;
		}
	}
	if (!WIFSIGNALED(status))
		return WEXITSTATUS(status);
	report_signal(pid, WTERMSIG(status));
	return STATUS_SIGNAL + WTERMSIG(status);
}

/* No output may be buffered now, or parent and child would both write it: see run_here(). */
static pid_t start_child(void)
{
	pid_t pid = fork();

	if (pid < 0)
		warn("fork");
	if (!pid && spared_from_interrupts)
		signal(SIGINT, SIG_DFL);
	return pid;
}

/* Returns -1 after a message when `to` cannot be taken; `from` is closed all the same. */
static int move_fd(int from, int to)
{
	int result;

	if (from == to)
		return 0;
	result = dup2(from, to);
	if (result < 0)
		warn("%d", to);
	close(from);
	return result < 0 ? -1 : 0;
}

static int redirect(const struct redirect *r)
{
	char *target = expand_word(r->target);
	int fd;

	if (r->flags == DUPLICATE) {
		fd = isdigit(*target) && !target[1] ? dup2(*target - '0', r->fd) : -1;
		if (fd < 0)
			warnx("%s: not an open descriptor", target);
		return fd;
	}
	fd = open(target, r->flags, 0666);
	if (fd < 0) {
		warn("%s", target);
		return -1;
	}
	return move_fd(fd, r->fd);
}

static int redirect_all(const struct redirect *r)
{
	for (; r; r = r->next)
		if (redirect(r) < 0)
			return -1;
	return 0;
}

/* An exec that succeeds does not return; the status says how this one failed. */
static _Noreturn void exec_program(char **argv)
{
	execvp(argv[0], argv);
	if (errno == ENOENT && strchr(argv[0], '/'))
		errx(STATUS_NOT_FOUND, "%s: not found", argv[0]);
	if (errno == ENOENT)
		errx(STATUS_NOT_FOUND, "%s: not found; `help` lists the commands", argv[0]);
	err(STATUS_NOT_RUNNABLE, "%s", argv[0]);
}

/* Carries out the assignments in front of a command; returns the words that follow them. */
static char *const *assign(char *const *words)
{
	for (; *words && assignment_name(*words); words++)
		var_assign(expand_word(*words));
	return words;
}

/* In a child: become the command. */
static _Noreturn void run_in_child(const struct command *c)
{
	char **argv = expand_words(assign(c->words));

	if (redirect_all(c->redirects))
		exit(1);
	if (!argv[0])
		exit(0);
	if (!is_builtin(argv[0]))
		exec_program(argv);
	exit(run_builtin(argv));
}

static void save_fds(const struct redirect *r)
{
	for (; r; r = r->next)
		if (r->fd < SAVED)
			dup3(r->fd, SAVED + r->fd, O_CLOEXEC);
}

/* A descriptor that could not be saved was not open before. */
static void restore_fds(const struct redirect *r)
{
	fflush(stdout);
	for (; r; r = r->next) {
		if (dup2(SAVED + r->fd, r->fd) < 0)
			close(r->fd);
	}
	for (int fd = SAVED; fd < 2 * SAVED; fd++)
		close(fd);
}

/* In the shell itself: a builtin, or no command at all. */
static int run_here(char **argv, const struct redirect *redirects)
{
	int status = 1;

	fflush(stdout);
	if (redirects)
		save_fds(redirects);
	if (!redirect_all(redirects))
		status = argv[0] ? run_builtin(argv) : 0;
	if (redirects)
		restore_fds(redirects);
	fflush(stdout);
	return status;
}

/* A command that is not part of a pipe. Only a program needs a process of its own. */
static int run_command(const struct command *c)
{
	char *const *words = c->words;
	char **argv;
	pid_t pid;

	while (*words && assignment_name(*words))
		words++;
	argv = expand_words(words);
	if (!argv[0] || is_builtin(argv[0])) {
		assign(c->words);
		return run_here(argv, c->redirects);
	}
	pid = start_child();
	if (!pid)
		run_in_child(c);
	return pid < 0 ? 1 : wait_for(pid);
}

/* Starts all commands of a pipe, each reading what the one before it writes; then waits. */
static int run_pipeline(const struct pipeline *p)
{
	int input = STDIN_FILENO;
	int status = 1;

	if (!p->first->next)
		return run_command(p->first);
	for (struct command *c = p->first; c; c = c->next) {
		int ends[2] = { STDIN_FILENO, STDOUT_FILENO };

		if (c->next && pipe2(ends, O_CLOEXEC)) {
			warn("pipe");
			break;
		}
		c->pid = start_child();
		if (!c->pid) {
			if (move_fd(input, STDIN_FILENO) || move_fd(ends[1], STDOUT_FILENO))
				exit(1);
			run_in_child(c);
		}
		if (input != STDIN_FILENO)
			close(input);
		if (c->next)
			close(ends[1]);
		input = ends[0];
	}
	if (input != STDIN_FILENO)
		close(input);
	for (struct command *c = p->first; c; c = c->next)
		status = c->pid > 0 ? wait_for(c->pid) : 1;
	return status;
}

static void run_and_or(const struct and_or *a)
{
	for (const struct pipeline *p = a->first; p && !interrupted; p = p->next) {
		if (p->condition == IF_SUCCEEDED && last_status)
			continue;
		if (p->condition == IF_FAILED && !last_status)
			continue;
		last_status = run_pipeline(p);
	}
}

/* The console's input belongs to the foreground, and so does Ctrl-C. */
static void run_in_background(const struct and_or *a)
{
	pid_t pid = start_child();
	int null;

	last_status = pid < 0;
	if (pid)
		return;
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	spared_from_interrupts = false;
	null = open("/dev/null", O_RDONLY);
	if (null < 0)
		err(1, "/dev/null");
	if (move_fd(null, STDIN_FILENO))
		exit(1);
	run_and_or(a);
	exit(last_status);
}

void run_list(const struct and_or *list)
{
	for (; list && !interrupted; list = list->next) {
		if (list->background)
			run_in_background(list);
		else
			run_and_or(list);
	}
}

void reap_background(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (WIFSIGNALED(status))
			report_signal(pid, WTERMSIG(status));
}
