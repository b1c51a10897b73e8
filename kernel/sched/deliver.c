/* SPDX-License-Identifier: MIT */
/*
 * Taking signals, on the way back to user mode. A handler is called by a frame on the user's stack:
 * the architecture saves there what the program was doing, and lets user mode go on in the handler
 * (setup_rt_frame). The handler returns into a few instructions that call sigreturn(), and that
 * restores what was saved.
 *
 * A system call that a signal has interrupted has left its result in restart_code.
 *
 * Linux counterpart: kernel/signal.c (get_signal), arch/<name>/kernel/signal.c (do_signal)
 */

#include <kernel/base/panic.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/signal.h>

static void fill_siginfo(struct siginfo *info, int sig, const struct signal_cause *cause)
{
	*info = (struct siginfo){ .si_signo = sig, .si_code = cause->code };
	if (cause->addr) {
		info->si_addr = cause->addr;
	} else {
		info->si_pid = cause->pid;
		info->si_status = cause->status;
	}
}

/* What is to be done with it. Only current changes its actions, so no lock is needed to read. */
static void fill_ksignal(struct ksignal *ksig, int sig, const struct signal_cause *cause)
{
	struct kernel_sigaction *action = &current->sighand->action[sig - 1];

	ksig->sig = sig;
	ksig->action = *action;
	fill_siginfo(&ksig->info, sig, cause);
	if (action->flags & SA_RESETHAND)
		change_action(sig, &(struct kernel_sigaction){ .handler = SIG_DFL }, NULL);
}

static u64 action_mask(const struct ksignal *ksig)
{
	u64 mask = ksig->action.mask[0];

	if (sizeof(long) == 4)
		mask |= (u64)ksig->action.mask[1] << 32;
	return ksig->action.flags & SA_NODEFER ? mask : mask | SIGMASK(ksig->sig);
}

/* Where the stack of the handler begins: on current's own or its alternate stack. */
static unsigned long signal_stack_top(const struct ksignal *ksig, unsigned long sp)
{
	const stack_t *alternate = &current->altstack;

	if (!(ksig->action.flags & SA_ONSTACK) || !alternate->ss_size ||
	    sp - alternate->ss_sp < alternate->ss_size)
		return sp;
	return alternate->ss_sp + alternate->ss_size;
}

/* What the program sees of the interrupted call once the handler has returned. */
static void end_interrupted_call(const struct ksignal *ksig, struct pt_regs *regs)
{
	int code = current->restart_code;

	current->restart_code = 0;
	if (code == ERESTARTNOINTR || (code == ERESTARTSYS && (ksig->action.flags & SA_RESTART)))
		syscall_rollback(regs);
	else if (code == ERESTARTSYS || code == ERESTARTNOHAND)
		syscall_set_return(regs, -EINTR);
}

static u64 take_saved_mask(void)
{
	u64 mask = current->restore_sigmask ? current->saved_sigmask : current->blocked;

	current->restore_sigmask = false;
	return mask;
}

void do_signal(struct pt_regs *regs)
{
	struct signal_cause cause;
	struct ksignal ksig;
	int sig = take_signal(&cause);
	unsigned long top;
	u64 mask;

	if (!sig || signal_ignored(current, sig))
		return;
	fill_ksignal(&ksig, sig, &cause);
	if (ksig.action.handler == SIG_DFL)
		do_exit(sig);
	end_interrupted_call(&ksig, regs);
	mask = take_saved_mask();
	top = signal_stack_top(&ksig, user_stack_pointer(regs));
	if (setup_rt_frame(&ksig, mask, top, regs)) {
		force_sig(SIGSEGV, regs, "no room on the stack for a signal handler's frame");
		return;
	}
	set_current_blocked(current->blocked | action_mask(&ksig));
}

void restart_call(struct pt_regs *regs)
{
	if (current->restart_code != EKEEPREGS)
		syscall_rollback(regs);
	current->restart_code = 0;
	set_current_blocked(take_saved_mask());
}
