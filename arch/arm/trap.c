/* SPDX-License-Identifier: MIT */
/*
 * What each exception means. The fault status register says what happened; a table turns it into
 * words.
 *
 * A first-level entry of vmalloc space that is missing in this address space is copied from
 * init_mm's table, if it has one. A fault at an instruction with a fixup goes on there. A fault
 * from user mode ends that process. Any other fault is the kernel's own error: it is described, and
 * the kernel stops.
 *
 * Linux counterpart: arch/arm/mm/fault.c, fsr-2level.c, arch/arm/kernel/traps.c
 */
#include <asm/mmu_context.h>
#include <asm/processor.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/extable.h>
#include <kernel/base/hardirq.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/stacktrace.h>
#include <kernel/irq/irq.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <mm/address_space.h>
#include <mm/describe.h>

/* Entry code calls these. */
void handle_undef(struct pt_regs *regs);
void handle_prefetch_abort(struct pt_regs *regs);
void handle_data_abort(struct pt_regs *regs);
void handle_irq(struct pt_regs *regs);
void handle_svc(struct pt_regs *regs);
void handle_bad_vector(struct pt_regs *regs);
void handle_stack_overflow(struct pt_regs *regs);

void show_regs(struct pt_regs *regs)
{
	int i;

	pr_emerg("pc : %pS\n", (void *)(unsigned long)regs->pc);
	pr_emerg("lr : %pS\n", (void *)(unsigned long)regs->lr);
	pr_emerg("sp : %08x psr: %08x\n", regs->sp, regs->psr);
	for (i = 0; i < 12; i += 4)
		pr_emerg("r%-2d: %08x %08x %08x %08x\n", i, regs->regs[i], regs->regs[i + 1],
			 regs->regs[i + 2], regs->regs[i + 3]);
	pr_emerg("r12: %08x\n", regs->regs[12]);
}

static void __noreturn die(struct pt_regs *regs, const char *what)
{
	crash_begin();
	pr_emerg("Internal error: %s\n", what);
	oops_in_progress = true;
	print_task_line();
	show_regs(regs);
	dump_backtrace(regs);
	panic("unhandled exception in the kernel: %s", what);
}

static void __noreturn die_of_abort(struct pt_regs *regs, u32 fsr, u32 far, enum mem_access access)
{
	const char *what = fault_status_name(FSR_STATUS(fsr));
	char where[160];
	struct seq_buf s;

	crash_begin();
	oops_in_progress = true;
	seq_buf_init(&s, where, sizeof(where));
	describe_address(&s, far);
	pr_emerg("Unable to handle kernel %s of 0x%08x: %s\n", mem_access_names[access], far, what);
	pr_emerg("  that address: %s\n", where);
	die(regs, what);
}

/*
 * Copies init_mm's entry for addr if this address space lacks it. Returns whether it did: then the
 * access is tried again. The entries are compared, not their counts: another processor may have
 * entered a table, and be about to count that.
 */
static bool fix_vmalloc_entry(u32 fsr, unsigned long addr)
{
	struct mm_struct *mm = current->active_mm;

	if (FSR_STATUS(fsr) != FSR_TRANSLATION_L1 || addr < VMALLOC_START || addr >= VMALLOC_END ||
	    mm == &init_mm)
		return false;
	return copy_kernel_entry(mm, addr);
}

static void handle_user_abort(struct pt_regs *regs, u32 fsr, u32 far, enum mem_access access)
{
	switch (FSR_STATUS(fsr)) {
	case FSR_ALIGNMENT:
		force_sig_fault(SIGBUS, BUS_ADRALN, far, regs, access,
				"the address is not aligned");
		break;
	case FSR_DEBUG:
		force_sig(SIGTRAP, regs, "breakpoint");
		break;
	case FSR_EXTERNAL:
	case FSR_EXTERNAL_ASYNC:
		force_sig_fault(SIGBUS, BUS_ADRERR, far, regs, access, "nothing answers there");
		break;
	default:
		force_sig_mapping(far, regs, access);
	}
}

static void handle_abort(struct pt_regs *regs, u32 fsr, u32 far, enum mem_access access)
{
	if (user_mode(regs))
		handle_user_abort(regs, fsr, far, access);
	else if (!fix_vmalloc_entry(fsr, far) && !fixup_exception(regs))
		die_of_abort(regs, fsr, far, access);
}

void handle_data_abort(struct pt_regs *regs)
{
	u32 fsr = read_cp15(CP15_DFSR), far = read_cp15(CP15_DFAR);

	handle_abort(regs, fsr, far, fsr & FSR_WRITE ? MEM_WRITE : MEM_READ);
}

void handle_prefetch_abort(struct pt_regs *regs)
{
	u32 fsr = read_cp15(CP15_IFSR), far = read_cp15(CP15_IFAR);

	handle_abort(regs, fsr, far, MEM_EXECUTION);
}

void handle_undef(struct pt_regs *regs)
{
	if (user_mode(regs)) {
		if (regs->psr & PSR_T_BIT) /* entry took off four bytes, an instruction has two */
			regs->pc += 2;
		if (!fpu_take()) /* it may be the first use: then the instruction runs again */
			force_sig(SIGILL, regs, "undefined instruction");
	} else if (!fixup_exception(regs)) {
		die(regs, "undefined instruction");
	}
}

void handle_svc(struct pt_regs *regs)
{
	if (syscall_nr(regs) >= __ARM_NR_BASE)
		private_call(regs);
	else
		do_syscall(regs);
}

void handle_irq(struct pt_regs *regs)
{
	irq_enter();
	handle_arch_irq(regs);
	irq_exit();
}

void handle_bad_vector(struct pt_regs *regs)
{
	die(regs, "exception through a vector that nothing should use");
}

void handle_stack_overflow(struct pt_regs *regs)
{
	crash_begin();
	report_stack_overflow(regs->sp);
	die(regs, "kernel stack overflow");
}
