/* SPDX-License-Identifier: MIT */
/* Which lock word this architecture uses. Linux counterpart: arch/arm64/include/asm/spinlock.h */
#pragma once

#include <kernel/base/ticket_lock.h>
