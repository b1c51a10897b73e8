/* SPDX-License-Identifier: MIT */
/*
 * The terminal: a line discipline between one serial port and the tasks that read /dev/console.
 * There is one terminal. Canonical mode echoes, edits the line and hands it over at newline or ^D;
 * raw mode hands over every byte. ^C (with ISIG) sends SIGINT to the foreground process group,
 * which a shell with job control names (TIOCSPGRP). The background may read and write all the same.
 *
 * Linux counterpart: include/linux/tty.h, tty_port.h, drivers/tty/n_tty.c
 */
#pragma once

#include <kernel/lib/types.h>

#include <kernel/fs/fs.h>

/* What a serial driver offers. write() takes all n bytes, in any context, waiting where it must. */
struct tty_port_ops {
	void (*write)(const char *s, size_t n);
};

/* Connects the port; the last one registered counts. Any time. */
void tty_register_port(const struct tty_port_ops *ops);

/* Has a driver taken the terminal? Without one, what programs print is lost. */
bool tty_has_port(void);

/* The process group that Ctrl-C is for. Any context. */
pid_t tty_foreground(void);

/* One byte has come in. Any context, also interrupts. */
void tty_receive(char c);

extern const struct file_operations tty_file_operations;
