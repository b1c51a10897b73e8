/* SPDX-License-Identifier: MIT */
/*
 * execve(): a new program in the same task.
 *
 * Everything that can fail happens on the side: the strings are copied to the kernel, the new
 * address space is built, its stack is filled. Only then does the task change over, and that cannot
 * fail.
 *
 * The stack of a new program, from its stack pointer up:
 *     argc, argv[0..argc-1], NULL, envp[..], NULL, auxv pairs, AT_NULL, the strings, STACK_TOP
 *
 * Linux counterpart: fs/exec.c, create_elf_tables() of fs/binfmt_elf.c
 */

#include <asm/mmu_context.h>
#include <kernel/exec/binfmt_elf.h>
#include <kernel/exec/exec.h>
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

#define AT_NULL   0
#define AT_PAGESZ 6
#define AT_ENTRY  9

/* argv or envp, in user memory or in the kernel's. */
struct string_array {
	bool user;
	union {
		const char *const *kernel;
		const char __user *const __user *users;
	};
};

/* What is copied for the new program: argc + envc strings in a row, each with its NUL. */
struct linux_binprm {
	const char *filename;
	char *strings;
	size_t used;
	unsigned int argc, envc;
	struct mm_struct *mm;
	unsigned long entry;
	unsigned long sp;
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

/* --- the stack --- */

/*
 * Writes the addresses of `count` strings and a NULL to table; returns the address behind the
 * strings.
 */
static unsigned long fill_pointers(const char *strings, unsigned long *table, unsigned int count,
				   unsigned long addr)
{
	unsigned int n;

	for (n = 0; n < count; n++) {
		size_t size = strlen(strings) + 1;

		table[n] = addr;
		strings += size;
		addr += size;
	}
	table[count] = 0;
	return addr;
}

/* The stack's pages are all there: less than len is written only beyond its end. */
static int write_stack(struct mm_struct *mm, unsigned long addr, void *data, size_t len)
{
	return access_remote_vm(mm, addr, data, len, FOLL_WRITE) == len ? 0 : -E2BIG;
}

static int setup_stack(struct linux_binprm *bprm)
{
	const unsigned long auxv[] = {
		AT_PAGESZ, PAGE_SIZE, AT_ENTRY, bprm->entry, AT_NULL, 0,
	};
	size_t words = 1 + bprm->argc + 1 + bprm->envc + 1 + ARRAY_SIZE(auxv);
	unsigned long strings = STACK_TOP - ALIGN(bprm->used, 16), envp;
	unsigned long *table;
	int error;

	table = kcalloc(words, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	table[0] = bprm->argc;
	envp = fill_pointers(bprm->strings, &table[1], bprm->argc, strings);
	fill_pointers(bprm->strings + (envp - strings), &table[1 + bprm->argc + 1], bprm->envc,
		      envp);
	memcpy(&table[words - ARRAY_SIZE(auxv)], auxv, sizeof(auxv));

	bprm->sp = ALIGN_DOWN(strings - words * sizeof(*table), 16);
	bprm->mm->start_stack = bprm->sp;
	error = write_stack(bprm->mm, strings, bprm->strings, bprm->used);
	if (!error)
		error = write_stack(bprm->mm, bprm->sp, table, words * sizeof(*table));
	kfree(table);
	return error;
}

/* --- the program --- */

static int load_program(struct linux_binprm *bprm)
{
	struct file *file = filp_open(bprm->filename, O_RDONLY, 0);
	int error;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (file->f_inode && S_ISREG(file->f_inode->i_mode))
		error = load_elf_binary(file, bprm->filename, bprm->mm, &bprm->entry);
	else
		error = -EACCES;
	fput(file);
	return error;
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
	if (!error)
		error = setup_stack(bprm);
	if (error)
		mmput(bprm->mm);
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
}

static int exec_program(struct linux_binprm *bprm)
{
	int error = build_mm(bprm);

	if (error)
		return error;
	exec_mmap(bprm->mm);
	set_task_comm(current, bprm->filename);
	current->unknown_call_told = false;
	do_close_on_exec(current->files);
	start_thread(current_pt_regs(), bprm->entry, bprm->sp);
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
