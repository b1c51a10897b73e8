/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab that change nothing: the plan of an ioremap, and the way to an
 * address.
 */

#include <kernel/base/seq_buf.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/string.h>
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
	bool verbose = !strcmp(argv[0], "-v");
	unsigned long addr;

	if (verbose != (argc > 1)) {
		seq_buf_puts(answer, "failed: usage: walk [-v] VADDR");
		return;
	}
	if (!iolab_parse_address(argv[verbose], &addr, answer))
		return;
	/* A user address is one of the program's that writes the command. */
	if (addr < TASK_SIZE)
		ptwalk_show(answer, current->mm, addr, verbose);
	else if (addr >= KERNEL_HALF_START)
		ptwalk_show(answer, &init_mm, addr, verbose);
	else
		seq_buf_printf(answer, "failed: 0x%lx is in neither half", addr);
}
