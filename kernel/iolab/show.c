/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab that change nothing: the plan of an ioremap, and the way to an
 * address.
 */

#include <kernel/base/seq_buf.h>
#include <kernel/iolab/iolab.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/ioremap.h>
#include <mm/ptwalk.h>

void cmd_explain(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct iolab_request want;

	if (iolab_parse_request(argc, argv, &want, answer))
		ioremap_explain(answer, want.phys, want.size, want.mtype);
}

void cmd_walk(struct iolab_session *session, unsigned int argc, char *argv[],
	      struct seq_buf *answer)
{
	unsigned long addr;

	if (!iolab_parse_address(argv[0], &addr, answer))
		return;
	/* A user address is one of the program's that writes the command. */
	if (addr < TASK_SIZE)
		ptwalk_show(answer, current->mm, addr, session->verbose);
	else if (addr >= KERNEL_HALF_START)
		ptwalk_show(answer, &init_mm, addr, session->verbose);
	else
		seq_buf_printf(answer, "failed: 0x%lx is in neither half", addr);
}
