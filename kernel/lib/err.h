/* SPDX-License-Identifier: MIT */
/*
 * A pointer or a reason. The last 4095 addresses are never valid objects, so a function that
 * returns a pointer can return a negative errno in it instead.
 *
 * Linux counterpart: include/linux/err.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/types.h>

#define MAX_ERRNO 4095

#define IS_ERR_VALUE(x) unlikely((unsigned long)(x) >= (unsigned long)-MAX_ERRNO)

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void __force *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void __force *ptr)
{
	return IS_ERR_VALUE(ptr);
}

static inline bool IS_ERR_OR_NULL(const void __force *ptr)
{
	return !ptr || IS_ERR_VALUE(ptr);
}

static inline int PTR_ERR_OR_ZERO(const void __force *ptr)
{
	return IS_ERR(ptr) ? (int)PTR_ERR(ptr) : 0;
}
