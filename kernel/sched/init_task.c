/* SPDX-License-Identifier: MIT */
/*
 * The boot task, pid 0: the one task that is not forked. head.S makes it current and starts on its
 * stack; start_kernel() runs as it; at last it becomes the idle task.
 *
 * Linux counterpart: init/init_task.c
 */

#include <kernel/sched/sched.h>
#include <mm/address_space.h>

struct task_struct init_task = {
	.stack = init_stack,
	.state = TASK_RUNNING,
	.active_mm = &init_mm,
	.comm = "swapper",
	.usage = 2,
	.siglock = __SPIN_LOCK_UNLOCKED,
	.parent = &init_task,
	.children = LIST_HEAD_INIT(init_task.children),
	.sibling = LIST_HEAD_INIT(init_task.sibling),
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.wait_chldexit = __WAIT_QUEUE_HEAD_INITIALIZER(init_task.wait_chldexit),
};
