/* SPDX-License-Identifier: MIT */
/*
 * Host: what the tested code prints, as a text. For tests that are about a message; print_log.c
 * stands in for the printk() of stubs.c.
 */
#pragma once

/* From here on, what is printed goes into a text and not to the console. The text is empty. */
void print_log_start(void);

/* Ends that. Returns the text, without levels; it stays until the next start. */
const char *print_log_stop(void);
