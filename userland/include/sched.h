/* SPDX-License-Identifier: MIT */
/* Give the processor to another process that is ready. */
#pragma once

int sched_yield(void);
