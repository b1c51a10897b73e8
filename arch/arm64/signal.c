/* SPDX-License-Identifier: MIT */
/*
 * The frame of a signal handler, as Linux lays it out: C libraries and debuggers read it. Behind
 * the registers lies a row of records, each with a number and a size; one holds the floating-point
 * registers, one of size 0 ends the row. A frame record at the top lets an unwinder go on from the
 * handler into the code that was interrupted.
 *
 * Linux counterpart: arch/arm64/kernel/signal.c, include/uapi/asm/{ucontext,sigcontext}.h
 */
#include <asm/fpu.h>
#include <asm/processor.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>
#include <mm/uaccess.h>

#define FPSIMD_MAGIC 0x46508001

/* What a program may set in its processor state: the condition flags. */
#define PSR_USER_BITS UL(0xf0000000)

struct fpsimd_context {
	u32 magic, size;
	u32 fpsr, fpcr;
	u64 vregs[32][2];
};

struct sigcontext {
	u64 fault_address;
	u64 regs[31];
	u64 sp, pc, pstate;
	struct fpsimd_context fpsimd __aligned(16);
	u64 end_of_records;
	u8 unused_records[4096 - sizeof(struct fpsimd_context) - sizeof(u64)];
};

struct ucontext {
	u64 uc_flags, uc_link;
	stack_t uc_stack;
	u64 uc_sigmask;
	u8 unused_mask[120];
	struct sigcontext uc_mcontext;
};

struct rt_sigframe {
	struct siginfo info;
	struct ucontext uc;
	u64 frame_record[2]; /* x29 and x30 of the interrupted code */
};

_Static_assert(offsetof(struct ucontext, uc_mcontext) == 176, "struct ucontext");
_Static_assert(offsetof(struct sigcontext, fpsimd) == 288, "struct sigcontext");
_Static_assert(sizeof(struct fpsimd_context) == 0x210, "struct fpsimd_context");

/* mov x8, #139 (rt_sigreturn); svc #0: unwinders know a signal frame by these two. */
const u32 sigreturn_code[SIGRETURN_WORDS] = { 0xd2801168, 0xd4000001 };

/* The part in front of the mask, and the registers: built here and copied in one piece each. */
static int write_context(struct ucontext __user *uc, u64 mask, const struct pt_regs *regs)
{
	struct {
		u64 fault_address, regs[31], sp, pc, pstate;
	} mcontext = { .sp = regs->sp, .pc = regs->pc, .pstate = regs->pstate };
	stack_t stack = current->altstack;

	memcpy(mcontext.regs, regs->regs, sizeof(mcontext.regs));
	if (!stack.ss_size)
		stack.ss_flags = SS_DISABLE;
	if (put_user(0, &uc->uc_flags) || put_user(0, &uc->uc_link) ||
	    copy_to_user(&uc->uc_stack, &stack, sizeof(stack)) || put_user(mask, &uc->uc_sigmask) ||
	    copy_to_user(&uc->uc_mcontext, &mcontext, sizeof(mcontext)))
		return -EFAULT;
	return 0;
}

static int write_fpsimd(struct sigcontext __user *context)
{
	const struct fpu_state *fpu = &current->thread.fpu;
	struct fpsimd_context __user *to = &context->fpsimd;

	fpu_release(); /* the values are in memory from here on */
	if (put_user(FPSIMD_MAGIC, &to->magic) || put_user(sizeof(*to), &to->size) ||
	    put_user(fpu->fpsr, &to->fpsr) || put_user(fpu->fpcr, &to->fpcr) ||
	    copy_to_user(to->vregs, fpu->vregs, sizeof(fpu->vregs)) ||
	    put_user(0, &context->end_of_records))
		return -EFAULT;
	return 0;
}

int setup_rt_frame(const struct ksignal *ksig, u64 mask, unsigned long top, struct pt_regs *regs)
{
	size_t size = ALIGN(sizeof(struct rt_sigframe), 16);
	struct rt_sigframe __user *frame = (void __user *)(ALIGN_DOWN(top, 16) - size);

	if (copy_to_user(&frame->info, &ksig->info, sizeof(ksig->info)) ||
	    write_context(&frame->uc, mask, regs) || write_fpsimd(&frame->uc.uc_mcontext) ||
	    copy_to_user(frame->frame_record, &regs->regs[29], sizeof(frame->frame_record)))
		return -EFAULT;
	regs->regs[0] = ksig->sig;
	regs->regs[1] = (unsigned long)&frame->info;
	regs->regs[2] = (unsigned long)&frame->uc;
	regs->regs[29] = (unsigned long)frame->frame_record;
	regs->regs[30] = ksig->action.flags & SA_RESTORER ? ksig->action.restorer : SIGPAGE;
	regs->sp = (unsigned long)frame;
	regs->pc = ksig->action.handler;
	return 0;
}

/* The frame is the program's to change: of the processor state only the flags are taken. */
int restore_rt_frame(struct pt_regs *regs, u64 *mask)
{
	struct rt_sigframe __user *frame = (void __user *)regs->sp;
	struct sigcontext __user *context = &frame->uc.uc_mcontext;
	struct fpu_state *fpu = &current->thread.fpu;
	u64 pstate;

	fpu_release(); /* or the old values would replace those of the frame */
	if (get_user(*mask, &frame->uc.uc_sigmask) ||
	    copy_from_user(regs->regs, context->regs, sizeof(regs->regs)) ||
	    get_user(regs->sp, &context->sp) || get_user(regs->pc, &context->pc) ||
	    get_user(pstate, &context->pstate) || get_user(fpu->fpsr, &context->fpsimd.fpsr) ||
	    get_user(fpu->fpcr, &context->fpsimd.fpcr) ||
	    copy_from_user(fpu->vregs, context->fpsimd.vregs, sizeof(fpu->vregs)))
		return -EFAULT;
	regs->pstate = PSR_MODE_EL0t | (pstate & PSR_USER_BITS);
	return 0;
}
