/* SPDX-License-Identifier: MIT */
/*
 * The frame of a signal handler, as Linux lays it out: C libraries and debuggers read it. There are
 * two kinds: with struct siginfo in front, for a handler with SA_SIGINFO, and without. Each has its
 * own call for the way back.
 *
 * Linux counterpart: arch/arm/kernel/signal.c, include/{,uapi/}asm/{ucontext,sigcontext}.h
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

#define VFP_MAGIC 0x56465001

/* What a program may set in its status register: flags, and the instruction set. */
#define PSR_USER_BITS (UL(0xf80f0000) | PSR_IT_BITS | PSR_T_BIT)
#define PSR_IT_BITS   UL(0x0600fc00) /* how far an IT instruction's block has come */

struct vfp_sigframe {
	u32 magic, size;
	u64 fpregs[32];
	u32 fpscr, unused;
	u32 fpexc, fpinst, fpinst2, unused2;
};

struct sigcontext {
	u32 trap_no, error_code, oldmask;
	u32 regs[13], sp, lr, pc, cpsr;
	u32 fault_address;
};

struct ucontext {
	u32 uc_flags, uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	u64 uc_sigmask;
	u8 unused_mask[120];
	struct vfp_sigframe vfp __aligned(8);
	u32 end_of_records[2];
	u8 unused_records[512 - sizeof(struct vfp_sigframe) - 8];
};

struct rt_sigframe {
	struct siginfo info;
	struct ucontext uc;
};

_Static_assert(offsetof(struct ucontext, uc_sigmask) == 104, "struct ucontext");
_Static_assert(offsetof(struct ucontext, vfp) == 232, "struct ucontext");
_Static_assert(sizeof(struct vfp_sigframe) == 0x120, "struct vfp_sigframe");

/* mov r7, #119 (sigreturn); svc #0; mov r7, #173 (rt_sigreturn); svc #0 */
const u32 sigreturn_code[SIGRETURN_WORDS] = { 0xe3a07077, 0xef000000, 0xe3a070ad, 0xef000000 };

static int write_registers(struct ucontext __user *uc, u64 mask, const struct pt_regs *regs)
{
	struct sigcontext context = {
		.oldmask = mask,
		.sp = regs->sp,
		.lr = regs->lr,
		.pc = regs->pc,
		.cpsr = regs->psr,
	};
	stack_t stack = current->altstack;

	memcpy(context.regs, regs->regs, sizeof(context.regs));
	if (!stack.ss_size)
		stack.ss_flags = SS_DISABLE;
	if (put_user(0, &uc->uc_flags) || put_user(0, &uc->uc_link) ||
	    copy_to_user(&uc->uc_stack, &stack, sizeof(stack)) ||
	    copy_to_user(&uc->uc_mcontext, &context, sizeof(context)) ||
	    copy_to_user(&uc->uc_sigmask, &mask, sizeof(mask)))
		return -EFAULT;
	return 0;
}

static int write_vfp(struct ucontext __user *uc)
{
	const struct fpu_state *fpu = &current->thread.fpu;
	struct vfp_sigframe __user *to = &uc->vfp;

	fpu_release(); /* the values are in memory from here on */
	if (put_user(VFP_MAGIC, &to->magic) || put_user(sizeof(*to), &to->size) ||
	    copy_to_user(to->fpregs, fpu->vregs, sizeof(fpu->vregs)) ||
	    put_user(fpu->fpscr, &to->fpscr) || put_user(0, &uc->end_of_records[0]))
		return -EFAULT;
	return 0;
}

static bool wants_siginfo(const struct ksignal *ksig)
{
	return ksig->action.flags & SA_SIGINFO;
}

int setup_rt_frame(const struct ksignal *ksig, u64 mask, unsigned long top, struct pt_regs *regs)
{
	struct rt_sigframe __user *frame = (void __user *)(ALIGN_DOWN(top, 8) - sizeof(*frame));
	u32 thumb = ksig->action.handler & 1;

	if (copy_to_user(&frame->info, &ksig->info, sizeof(ksig->info)) ||
	    write_registers(&frame->uc, mask, regs) || write_vfp(&frame->uc))
		return -EFAULT;
	regs->regs[0] = ksig->sig;
	regs->regs[1] = (unsigned long)&frame->info;
	regs->regs[2] = (unsigned long)&frame->uc;
	/* The way back finds the frame by the stack pointer. */
	regs->sp = wants_siginfo(ksig) ? (unsigned long)frame : (unsigned long)&frame->uc;
	regs->lr = SIGPAGE + (wants_siginfo(ksig) ? 8 : 0);
	if (ksig->action.flags & SA_RESTORER)
		regs->lr = ksig->action.restorer;
	regs->pc = ksig->action.handler & ~1UL;
	regs->psr = (regs->psr & ~(PSR_IT_BITS | PSR_T_BIT)) | (thumb ? PSR_T_BIT : 0);
	return 0;
}

/* The frame is the program's to change: of the status register only the harmless bits are taken. */
static int restore_context(struct pt_regs *regs, struct ucontext __user *uc, u64 *mask)
{
	struct fpu_state *fpu = &current->thread.fpu;
	struct sigcontext context;

	fpu_release(); /* or the old values would replace those of the frame */
	if (copy_from_user(mask, &uc->uc_sigmask, sizeof(*mask)) ||
	    copy_from_user(&context, &uc->uc_mcontext, sizeof(context)) ||
	    copy_from_user(fpu->vregs, uc->vfp.fpregs, sizeof(fpu->vregs)) ||
	    get_user(fpu->fpscr, &uc->vfp.fpscr))
		return -EFAULT;
	memcpy(regs->regs, context.regs, sizeof(context.regs));
	regs->sp = context.sp;
	regs->lr = context.lr;
	regs->pc = context.pc;
	regs->psr = MODE_USR | (context.cpsr & PSR_USER_BITS);
	return 0;
}

int restore_rt_frame(struct pt_regs *regs, u64 *mask)
{
	struct rt_sigframe __user *frame = (void __user *)regs->sp;

	return restore_context(regs, &frame->uc, mask);
}

int restore_frame(struct pt_regs *regs, u64 *mask)
{
	return restore_context(regs, (void __user *)regs->sp, mask);
}
