/* SPDX-License-Identifier: MIT */
/* What the parts of calltest share. */
#pragma once

#include "../lib/syscall.h"

/* Notes a fault when a call, made in that line, gave another result. */
void expect(int line, const char *call, long expected, long result);

#define GIVES(result, name, ...) \
	expect(__LINE__, #name, result, raw_system_call(name, ##__VA_ARGS__))

/* calltest/file open for both, and for reading; room for answers; a name too long for a path. */
extern int file, reader;
extern char buf[4096], long_name[4200];

void test_paths(void);
