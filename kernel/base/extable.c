/* SPDX-License-Identifier: MIT */
/*
 * The exception table: a handful of entries, searched from end to end.
 * Linux counterpart: kernel/extable.c (there sorted at build time).
 */
#include <asm/ptrace.h>
#include <kernel/base/extable.h>

/* Both are distances from the field itself, so that the table needs no relocation. */
struct exception_table_entry {
	s32 insn;
	s32 fixup;
};

extern const struct exception_table_entry __start_ex_table[], __stop_ex_table[];

bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *entry;

	for (entry = __start_ex_table; entry < __stop_ex_table; entry++) {
		if ((unsigned long)&entry->insn + entry->insn != instruction_pointer(regs))
			continue;
		instruction_pointer_set(regs, (unsigned long)&entry->fixup + entry->fixup);
		return true;
	}
	return false;
}
