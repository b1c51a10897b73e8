/* SPDX-License-Identifier: MIT */
/*
 * vfork(): the child runs in its parent's address space, on its parent's stack, and the parent
 * sleeps until the child has a program of its own or has ended. Nothing ends this sleep early, not
 * even SIGKILL: the child is using the stack that the parent would return on.
 *
 * Linux counterpart: kernel/fork.c (wait_for_vfork_done, mm_release)
 */

#include <kernel/sched/sched.h>

void vfork_wait(struct task_struct *p)
{
	bool done = false;

	p->vfork_done = &done;
	wake_up_new_task(p);
	wait_event(current->wait_chldexit, READ_ONCE(done));
}

/*
 * The flag is on the parent's stack, and the parent may be gone once it is set: one lock for all.
 */
void vfork_release(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	if (p->vfork_done) {
		WRITE_ONCE(*p->vfork_done, true);
		p->vfork_done = NULL;
		wake_up(&p->parent->wait_chldexit);
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
}
