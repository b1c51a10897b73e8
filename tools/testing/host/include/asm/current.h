/* SPDX-License-Identifier: MIT */
/* Host: no task. */
#pragma once

struct task_struct;

#define current ((struct task_struct *)0)
