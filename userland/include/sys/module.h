/* SPDX-License-Identifier: MIT */
/* Loading and removing modules. */
#pragma once

/* Loads a module: one that is in memory, or that a descriptor leads to. 0, or -1 with errno. */
int init_module(const void *image, unsigned long size, const char *parameters);
int finit_module(int fd, const char *parameters, int flags);

/* Removes the module of that name. 0, or -1 with errno. */
int delete_module(const char *name, unsigned int flags);
