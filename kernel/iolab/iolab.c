/* SPDX-License-Identifier: MIT */
/*
 * /proc/iolab, the bench for experiments: a write is one command, and reading the same open file
 * gives its answer, a result, nothing, or one line `failed: REASON`. A read before the first write
 * gives the list of commands.
 *
 * What a command maps stays until iounmap or vfree, also when the file is closed, because programs
 * of one command each make the mapping and use it. After `scope`, closing the file undoes it.
 *
 * This file takes the command apart and finds its row in the table (kernel/uapi/iolab.def); the
 * rows' functions are in the files beside it. iolab_mutex lets one command run at a time, but for
 * vmstress, which gives it up while it runs.
 */

#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/slab.h>

#define COMMAND_MAX 256
#define MAX_WORDS   (1 + 1 + IOLAB_MAX_ARGS + 1) /* the name, -v, arguments, and one too many */

static const struct iolab_command {
	const char *name;
	unsigned int min_args, max_args;
	const char *arguments;
	void (*run)(struct iolab_session *session, unsigned int argc, char *argv[],
		    struct seq_buf *answer);
} commands[] = {
#define IOLAB(name, min, max, arguments, ...) { #name, min, max, arguments, cmd_##name },
#include <kernel/uapi/iolab.def>
#undef IOLAB
	{ "scope", 0, 0, "", cmd_scope },
};

#define COMMANDS_END (commands + ARRAY_SIZE(commands))

DEFINE_MUTEX(iolab_mutex);

/* Cuts line into words in place. Returns how many: at most MAX_WORDS, which no command takes. */
static unsigned int split(char *line, char *words[])
{
	unsigned int n = 0;

	for (line = skip_spaces(line); *line && n < MAX_WORDS; line = skip_spaces(line)) {
		words[n++] = line;
		line += strcspn(line, " \t\n");
		if (*line)
			*line++ = '\0';
	}
	return n;
}

static const struct iolab_command *find_command(const char *name)
{
	const struct iolab_command *command;

	for (command = commands; command < COMMANDS_END; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

static void list_commands(struct seq_buf *answer)
{
	const struct iolab_command *command;

	for (command = commands; command < COMMANDS_END; command++)
		seq_buf_printf(answer, "%s%s%s\n", command->name, *command->arguments ? " " : "",
			       command->arguments);
}

/* Whether the command knows -v, and that is the first of its n words. */
static bool is_verbose(const struct iolab_command *command, unsigned int n, char *words[])
{
	return n && !strcmp(words[0], "-v") && !strncmp(command->arguments, "[-v]", 4);
}

/* Which words the command takes, when n are not right. */
static void refuse_usage(const struct iolab_command *command, unsigned int n,
			 struct seq_buf *answer)
{
	bool repeats = n > command->max_args && strstr(command->arguments, "...");

	seq_buf_printf(answer, "failed: usage: %s %s%s", command->name, command->arguments,
		       repeats ? ", each in a line of its own" : "");
}

static void run_command(struct iolab_session *session, char *line, struct seq_buf *answer)
{
	const struct iolab_command *command;
	char *words[MAX_WORDS], **args = words + 1;
	unsigned int n = split(line, words);

	command = n ? find_command(words[0]) : NULL;
	if (!command) {
		seq_buf_puts(answer, "failed: no such command; cat /proc/iolab lists them");
		return;
	}
	session->verbose = is_verbose(command, --n, args);
	args += session->verbose;
	n -= session->verbose;
	if (n < command->min_args || n > command->max_args)
		refuse_usage(command, n, answer);
	else
		command->run(session, n, args, answer);
}

static ssize_t iolab_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct iolab_session *session = iocb->ki_filp->private_data;
	size_t count = from->count;
	char line[COMMAND_MAX];
	struct seq_buf answer;

	if (count >= sizeof(line))
		return -EINVAL;
	if (copy_from_iter(line, count, from) < count)
		return -EFAULT;
	line[count] = '\0';
	seq_buf_init(&answer, session->answer, sizeof(session->answer));
	mutex_lock(&iolab_mutex);
	run_command(session, line, &answer);
	mutex_unlock(&iolab_mutex);
	if (answer.len && answer.buffer[seq_buf_used(&answer) - 1] != '\n')
		seq_buf_putc(&answer, '\n');
	session->size = seq_buf_used(&answer);
	iocb->ki_pos = 0; /* the answer is read from its start */
	return count;
}

static ssize_t iolab_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct iolab_session *session = iocb->ki_filp->private_data;

	return simple_copy_to_iter(to, &iocb->ki_pos, session->answer, session->size);
}

static int iolab_open(struct inode *inode, struct file *file)
{
	struct iolab_session *session = kzalloc(sizeof(*session), GFP_KERNEL);
	struct seq_buf answer;

	if (!session)
		return -ENOMEM;
	seq_buf_init(&answer, session->answer, sizeof(session->answer));
	list_commands(&answer);
	session->size = seq_buf_used(&answer);
	file->private_data = session;
	return 0;
}

static void iolab_release(struct file *file)
{
	struct iolab_session *session = file->private_data;

	mutex_lock(&iolab_mutex);
	iolab_undo(session);
	mutex_unlock(&iolab_mutex);
	kfree(session);
}

static const struct file_operations iolab_operations = {
	.read_iter = iolab_read,
	.write_iter = iolab_write,
	.llseek = generic_file_llseek,
	.open = iolab_open,
	.release = iolab_release,
};

static int __init iolab_init(void)
{
	return proc_create_ops("iolab", 0600, &iolab_operations);
}
fs_initcall(iolab_init);
