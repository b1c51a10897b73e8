/* SPDX-License-Identifier: MIT */
/*
 * What the compiler must be told and C has no word for.
 *
 * __iomem and __user mean nothing to the compiler; they are address spaces to sparse, which then
 * refuses a plain dereference of a device or user pointer.
 *
 * Linux counterpart: include/linux/compiler.h, compiler_types.h, compiler_attributes.h
 */
#pragma once

#ifdef __CHECKER__
#define __iomem __attribute__((noderef, address_space(2)))
#define __user  __attribute__((noderef, address_space(1)))
#define __force __attribute__((force))
#else
#define __iomem
#define __user
#define __force
#endif

#define __aligned(x)        __attribute__((aligned(x)))
#define __section(name)     __attribute__((section(name)))
#define __used              __attribute__((used))
#define __maybe_unused      __attribute__((unused))
#define __must_check        __attribute__((warn_unused_result))
#define __printf(fmt, args) __attribute__((format(printf, fmt, args)))
#define __noreturn          __attribute__((noreturn))
#define __weak              __attribute__((weak))
#define __always_inline     inline __attribute__((always_inline))
#define noinline            __attribute__((noinline))
#define fallthrough         __attribute__((fallthrough))

#define unlikely(x) __builtin_expect(!!(x), 0)

/* The compiler may neither cache a value across this point nor move an access over it. */
#define barrier() __asm__ volatile("" ::: "memory")

/* One access, neither torn nor repeated nor left out: for what another context may change. */
#define READ_ONCE(x)       (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val) (*(volatile __typeof__(x) *)&(x) = (val))
