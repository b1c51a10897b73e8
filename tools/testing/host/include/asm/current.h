/* SPDX-License-Identifier: MIT */
/* Host: no task, but for a test that has made one up. */
#pragma once

struct task_struct;

extern struct task_struct *host_current;

#define current host_current
