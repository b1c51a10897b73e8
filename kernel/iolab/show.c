/* SPDX-License-Identifier: MIT */
/*
 * The commands of /proc/iolab that change nothing: the plan of an ioremap, and the way to an
 * address.
 */

#include <kernel/base/seq_buf.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/string.h>
#include <mm/describe.h>
#include <mm/ioremap.h>
#include <mm/ptdump.h>

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
	if (addr < KERNEL_HALF_START) {
		seq_buf_printf(answer, "failed: 0x%lx is not in the kernel's half", addr);
		return;
	}
	describe_address(answer, addr);
	seq_buf_putc(answer, '\n');
	ptdump_walk(answer, addr, verbose);
}
