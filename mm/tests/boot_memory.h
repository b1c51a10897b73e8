/* SPDX-License-Identifier: MIT */
/*
 * For tests of the allocators: have them ready. The kernel has booted when it runs tests, so
 * nothing is to be done there; on the host page_alloc_hosttest.c boots them, once, in memory of
 * its own.
 */
#pragma once

void boot_memory(void);

/* On the host: what boot had reserved there, to part of its first and of its last page. */
extern char *host_reserved, *host_reserved_end;
