/* SPDX-License-Identifier: MIT */
/*
 * The little that stubs.c needs from the host's C library. The library's own headers and the
 * kernel's cannot be included together: they define the same names.
 */
#pragma once

#include <stddef.h>

void host_write(const char *text, size_t length);
void *host_alloc(size_t size, size_t align);
void host_free(void *ptr);
void host_abort(void) __attribute__((noreturn));
