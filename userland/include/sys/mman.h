/* SPDX-License-Identifier: MIT */
/* Mapping memory, and files and devices that can be mapped. */
#pragma once

#include <kernel/uapi/mman.h>
#include <stddef.h>
#include <sys/types.h>

/* An address, or MAP_FAILED. offset is in bytes, a multiple of the page size. */
void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset);

int munmap(void *addr, size_t len);
int mprotect(void *addr, size_t len, int prot);

/* With MREMAP_FIXED the new address follows. */
void *mremap(void *addr, size_t old_len, size_t new_len, int flags, ...);
