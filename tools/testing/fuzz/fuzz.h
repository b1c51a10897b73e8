/* SPDX-License-Identifier: MIT */
/*
 * What a fuzzer gives and gets. libFuzzer calls LLVMFuzzerTestOneInput() with input after input,
 * each in memory of exactly its size; a sanitizer's report or a FUZZ_ASSERT() stops it, and keeps
 * the input.
 */
#pragma once

#include <kernel/lib/types.h>

/* Tries one input. Returns 0. */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

void fuzz_failed(const char *file, int line, const char *what) __attribute__((noreturn));

/* For what is wrong although no sanitizer sees it. */
#define FUZZ_ASSERT(condition)                                       \
	do {                                                         \
		if (!(condition))                                    \
			fuzz_failed(__FILE__, __LINE__, #condition); \
	} while (0)

/* Reads each byte, so that AddressSanitizer sees one that is not ours to read. */
void fuzz_touch(const void *bytes, size_t size);

/* A copy of the input as a string, in memory of exactly its length and the NUL. free() it. */
char *fuzz_string(const u8 *data, size_t size);
void free(void *string);
