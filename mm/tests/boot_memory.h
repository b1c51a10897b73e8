/* SPDX-License-Identifier: MIT */
/*
 * For tests of the allocators: have them ready. The kernel has booted when it runs tests, so
 * nothing is to be done there; on the host page_alloc_hosttest.c boots them, once, in memory of
 * its own.
 */
#pragma once

void boot_memory(void);
