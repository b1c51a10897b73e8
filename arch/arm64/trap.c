/* SPDX-License-Identifier: MIT */
/*
 * What each exception means. ESR_EL1 says what happened; a table turns it into words.
 *
 * A fault at an instruction with a fixup goes on there. A fault from user mode ends that process.
 * Any other fault is the kernel's own error: it is described, and the kernel stops.
 *
 * Linux counterpart: arch/arm64/mm/fault.c, arch/arm64/kernel/traps.c, entry-common.c
 */
#include <asm/processor.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/extable.h>
#include <kernel/base/hardirq.h>
#include <kernel/base/panic.h>
#include <kernel/base/percpu.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/stacktrace.h>
#include <kernel/irq/irq.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <mm/describe.h>

#define EC_UNKNOWN  0x00
#define EC_FP       0x07
#define EC_SVC64    0x15
#define EC_IABT_EL0 0x20
#define EC_IABT_EL1 0x21
#define EC_PC_ALIGN 0x22
#define EC_DABT_EL0 0x24
#define EC_DABT_EL1 0x25
#define EC_SP_ALIGN 0x26

/* Entry code calls these. */
void handle_el1_sync(struct pt_regs *regs);
void handle_el0_sync(struct pt_regs *regs);
void handle_irq(struct pt_regs *regs);
void handle_bad_vector(struct pt_regs *regs);
void handle_stack_overflow(struct pt_regs *regs);

DEFINE_PER_CPU(u8[OVERFLOW_STACK_SIZE], overflow_stack) __aligned(16);

/* Exception classes, and the signal that a program gets; 0: SIGILL. Aborts have their own table. */
static const struct {
	const char *name;
	int sig;
} classes[64] = {
	[EC_UNKNOWN] = { "undefined instruction" },
	[0x01] = { "trapped wfi or wfe" },
	[EC_FP] = { "trapped floating point" },
	[0x0e] = { "illegal execution state" },
	[EC_SVC64] = { "svc" },
	[0x18] = { "trapped system register" },
	[EC_IABT_EL0] = { "instruction abort" },
	[EC_IABT_EL1] = { "instruction abort" },
	[EC_PC_ALIGN] = { "misaligned pc", SIGBUS },
	[EC_DABT_EL0] = { "data abort" },
	[EC_DABT_EL1] = { "data abort" },
	[EC_SP_ALIGN] = { "misaligned stack pointer", SIGBUS },
	[0x2f] = { "SError", SIGBUS },
	[0x3c] = { "breakpoint", SIGTRAP },
};

static bool is_abort(unsigned int ec)
{
	return (ec >= EC_IABT_EL0 && ec <= EC_DABT_EL1) && ec != EC_PC_ALIGN;
}

static bool is_instruction_abort(unsigned int ec)
{
	return ec == EC_IABT_EL0 || ec == EC_IABT_EL1;
}

static const char *fault_name(u64 esr)
{
	unsigned int ec = ESR_EC(esr);

	if (is_abort(ec))
		return fault_status_name(ESR_FSC(esr));
	return classes[ec].name ?: "unknown exception";
}

static enum mem_access mem_access(u64 esr)
{
	if (is_instruction_abort(ESR_EC(esr)))
		return MEM_EXECUTION;
	return esr & ESR_WNR ? MEM_WRITE : MEM_READ;
}

void show_regs(struct pt_regs *regs)
{
	int i;

	pr_emerg("pc : %pS\n", (void *)regs->pc);
	pr_emerg("lr : %pS\n", (void *)regs->regs[30]);
	pr_emerg("sp : %016llx pstate: %08llx\n", regs->sp, regs->pstate);
	for (i = 0; i < 28; i += 4)
		pr_emerg("x%-2d: %016llx %016llx %016llx %016llx\n", i, regs->regs[i],
			 regs->regs[i + 1], regs->regs[i + 2], regs->regs[i + 3]);
	pr_emerg("x28: %016llx %016llx\n", regs->regs[28], regs->regs[29]);
}

static void __noreturn die(struct pt_regs *regs, u64 esr, const char *what)
{
	crash_begin();
	oops_in_progress = true;
	pr_emerg("Internal error: %s: esr 0x%llx\n", what, esr);
	print_task_line();
	show_regs(regs);
	dump_backtrace(regs);
	panic("unhandled exception in the kernel: %s", what);
}

static void __noreturn die_of_exception(struct pt_regs *regs, u64 esr, u64 far)
{
	char where[160];
	struct seq_buf s;

	crash_begin();
	oops_in_progress = true;
	if (is_abort(ESR_EC(esr))) {
		seq_buf_init(&s, where, sizeof(where));
		describe_address(&s, far);
		pr_emerg("Unable to handle kernel %s of 0x%016llx: %s\n",
			 mem_access_names[mem_access(esr)], far, fault_name(esr));
		pr_emerg("  that address: %s\n", where);
	}
	die(regs, esr, fault_name(esr));
}

void handle_el1_sync(struct pt_regs *regs)
{
	u64 esr = read_sysreg(esr_el1), far = read_sysreg(far_el1);

	if (!fixup_exception(regs))
		die_of_exception(regs, esr, far);
}

static void handle_user_abort(struct pt_regs *regs, u64 esr, u64 far)
{
	enum mem_access access = mem_access(esr);

	switch (ESR_FSC(esr)) {
	case FSC_ALIGNMENT:
		force_sig_fault(SIGBUS, BUS_ADRALN, far, regs, access,
				"the address is not aligned");
		break;
	case FSC_EXTERNAL:
		force_sig_fault(SIGBUS, BUS_ADRERR, far, regs, access, "nothing answers there");
		break;
	default:
		force_sig_mapping(far, regs, access);
	}
}

void handle_el0_sync(struct pt_regs *regs)
{
	u64 esr = read_sysreg(esr_el1), far = read_sysreg(far_el1);
	int sig = classes[ESR_EC(esr)].sig;

	if (ESR_EC(esr) == EC_SVC64) {
		do_syscall(regs);
		return;
	}
	if (ESR_EC(esr) == EC_FP && fpu_take())
		return;
	if (is_abort(ESR_EC(esr)))
		handle_user_abort(regs, esr, far);
	else
		force_sig(sig ? sig : SIGILL, regs, fault_name(esr));
}

void handle_irq(struct pt_regs *regs)
{
	irq_enter();
	handle_arch_irq(regs);
	irq_exit();
}

void handle_bad_vector(struct pt_regs *regs)
{
	pr_emerg("exception through vector %llu, which nothing should use\n", regs->vector);
	die_of_exception(regs, read_sysreg(esr_el1), read_sysreg(far_el1));
}

void handle_stack_overflow(struct pt_regs *regs)
{
	crash_begin();
	report_stack_overflow(regs->sp);
	die(regs, read_sysreg(esr_el1), "kernel stack overflow");
}
