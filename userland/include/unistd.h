/* SPDX-License-Identifier: MIT */
/*
 * The system calls about files and processes. Each returns -1 and sets errno on failure. What a
 * call does is Linux's; section 2 of its manual describes it.
 */
#pragma once

#include <kernel/uapi/fcntl.h>
#include <stddef.h>
#include <sys/types.h>

#define STDIN_FILENO  0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

extern char **environ;

ssize_t read(int fd, void *buf, size_t size);
ssize_t write(int fd, const void *buf, size_t size);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int dup2(int old, int new);
int dup3(int old, int new, int flags);
int pipe(int ends[2]);
int pipe2(int ends[2], int flags);
int isatty(int fd);
int unlink(const char *path);
int rmdir(const char *path);

int chdir(const char *path);

/* Returns buf. */
char *getcwd(char *buf, size_t size);

pid_t fork(void);
int execve(const char *path, char *const argv[], char *const envp[]);

/*
 * execve() in this environment, with a name looked up in the directories of PATH (/bin when it
 * is unset); a name with a slash is a path. Returns only on failure: ENOENT when it is nowhere.
 */
int execvp(const char *name, char *const argv[]);
_Noreturn void _exit(int status);
pid_t getpid(void);
pid_t getppid(void);

/* Move the end of the heap by so many bytes; returns the old end, or (void *)-1. */
void *sbrk(ptrdiff_t increment);

unsigned int sleep(unsigned int seconds);
