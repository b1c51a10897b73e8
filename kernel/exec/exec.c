/* SPDX-License-Identifier: MIT */
/*
 * execve(): a new program in the same task.
 *
 * Everything that can fail happens on the side: the strings are copied to the kernel, the new
 * address space is built, its stack is filled. Only then does the task change over, and that cannot
 * fail.
 *
 * Linux counterpart: fs/exec.c
 */

#include <asm/mmu_context.h>
#include <kernel/exec/binfmt_elf.h>
#include <kernel/exec/binprm.h>
#include <kernel/exec/exec.h>
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

/* argv or envp, in user memory or in the kernel's. */
struct string_array {
	bool user;
	union {
		const char *const *kernel;
		const char __user *const __user *users;
	};
};

/* --- the strings --- */

/* Appends string number n. Returns 1, 0 when the array ends there, or an errno. */
static int copy_user_string(struct linux_binprm *bprm, const char __user *const __user *array,
			    unsigned int n)
{
	size_t room = ARG_MAX_BYTES - bprm->used;
	const char __user *string;
	long len;

	if (get_user(string, array + n))
		return -EFAULT;
	if (!string)
		return 0;
	len = strncpy_from_user(bprm->strings + bprm->used, string, room);
	if (len < 0)
		return len;
	if ((size_t)len >= room)
		return -E2BIG;
	bprm->used += len + 1;
	return 1;
}

static int copy_kernel_string(struct linux_binprm *bprm, const char *const *array, unsigned int n)
{
	ssize_t len;

	if (!array[n])
		return 0;
	len = strscpy(bprm->strings + bprm->used, array[n], ARG_MAX_BYTES - bprm->used);
	if (len < 0)
		return len;
	bprm->used += len + 1;
	return 1;
}

/*
 * Appends all strings of the array; a NULL array is an empty one. Returns their number or an errno.
 */
static int copy_strings(struct linux_binprm *bprm, struct string_array array)
{
	unsigned int n;
	int copied;

	if (!array.kernel)
		return 0;
	for (n = 0; n < ARG_MAX_STRINGS; n++) {
		copied = array.user ? copy_user_string(bprm, array.users, n)
				    : copy_kernel_string(bprm, array.kernel, n);
		if (copied <= 0)
			return copied ? copied : (int)n;
	}
	return -E2BIG;
}

static int copy_arguments(struct linux_binprm *bprm, struct string_array argv,
			  struct string_array envp)
{
	int count = copy_strings(bprm, argv);

	if (count < 0)
		return count;
	bprm->argc = count;
	count = copy_strings(bprm, envp);
	if (count < 0)
		return count;
	bprm->envc = count;
	return 0;
}

/* --- the program --- */

static int load_program(struct linux_binprm *bprm)
{
	struct file *file = filp_open(bprm->filename, O_RDONLY, 0);
	int error;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (file->f_inode && S_ISREG(file->f_inode->i_mode))
		error = load_elf_binary(file, bprm->filename, bprm->mm, &bprm->elf);
	else
		error = -EACCES;
	if (!error)
		bprm->exe = ihold(file->f_inode);
	fput(file);
	return error;
}

/* What a signal handler without a restorer returns to. */
static int map_sigpage(struct mm_struct *mm)
{
	int error = do_mmap(mm, SIGPAGE, PAGE_SIZE, VM_READ | VM_EXEC, "[sigpage]");

	if (error)
		return error;
	access_remote_vm(mm, SIGPAGE, (void *)sigreturn_code, sizeof(sigreturn_code), FOLL_WRITE);
	/* The code was written as data: a fetch would miss what is only in the data cache. */
	flush_user_icache_range(mm, SIGPAGE, sizeof(sigreturn_code));
	return 0;
}

static int build_mm(struct linux_binprm *bprm)
{
	int error;

	bprm->mm = mm_alloc();
	if (!bprm->mm)
		return -ENOMEM;
	error = load_program(bprm);
	if (!error)
		error = do_mmap(bprm->mm, STACK_TOP - STACK_SIZE, STACK_SIZE, VM_READ | VM_WRITE,
				"[stack]");
	error = error ?: map_sigpage(bprm->mm);
	error = error ?: setup_stack(bprm);
	if (error) {
		iput(bprm->exe);
		mmput(bprm->mm);
	}
	return error;
}

/* Moves current over to mm and frees what it had. */
static void exec_mmap(struct mm_struct *mm)
{
	struct mm_struct *old = current->mm, *old_active = current->active_mm;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	current->mm = mm;
	current->active_mm = mm;
	switch_mm(old_active, mm);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	mmput(old);
	vfork_release(current);
}

/* The first program has no actions yet: its task was a kernel thread. */
static int have_sighand(void)
{
	if (current->sighand)
		return 0;
	current->sighand = alloc_sighand();
	init_real_timer(current);
	return current->sighand ? 0 : -ENOMEM;
}

static int exec_program(struct linux_binprm *bprm)
{
	int error = have_sighand();

	error = error ?: build_mm(bprm);
	if (error)
		return error;
	exec_mmap(bprm->mm);
	set_task_exe(current, bprm->exe);
	flush_signal_handlers(current);
	current->altstack = (stack_t){};
	set_task_comm(current, bprm->filename);
	current->unknown_call_told = false;
	do_close_on_exec(current->files);
	start_thread(current_pt_regs(), bprm->elf.entry, bprm->sp);
	return 0;
}

static int do_execveat_common(const char *path, struct string_array argv, struct string_array envp)
{
	struct linux_binprm bprm = { .filename = path };
	int error;

	bprm.strings = kmalloc(ARG_MAX_BYTES, GFP_KERNEL);
	if (!bprm.strings)
		return -ENOMEM;
	error = copy_arguments(&bprm, argv, envp);
	if (!error)
		error = exec_program(&bprm);
	kfree(bprm.strings);
	return error;
}

int kernel_execve(const char *path, const char *const *argv, const char *const *envp)
{
	return do_execveat_common(path, (struct string_array){ .kernel = argv },
				  (struct string_array){ .kernel = envp });
}

int do_execve(const char *path, const char __user *const __user *argv,
	      const char __user *const __user *envp)
{
	return do_execveat_common(path, (struct string_array){ .user = true, .users = argv },
				  (struct string_array){ .user = true, .users = envp });
}
