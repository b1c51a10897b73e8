/* SPDX-License-Identifier: MIT */
/*
 * Pipes: a ring of one page between two open files. A reader sleeps while it is empty and has
 * a writer. A writer sleeps while it is full and has a reader.
 *
 * Bytes of one write of up to PIPE_BUF arrive together. pipe->mutex protects everything; head and
 * tail run freely and are used modulo the size, so head - tail is always the fill.
 *
 * Linux counterpart: fs/pipe.c (there a ring of pages)
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/uapi/poll.h>
#include <mm/slab.h>

#define PIPE_SIZE 4096u
#define PIPE_BUF  PIPE_SIZE

struct pipe_inode_info {
	struct mutex mutex;
	wait_queue_head_t wait;
	unsigned int head, tail;
	unsigned int readers, writers; /* ends that are open: 0 or 1 */
	char *buffer;
};

static unsigned int pipe_used(const struct pipe_inode_info *pipe)
{
	return READ_ONCE(pipe->head) - READ_ONCE(pipe->tail);
}

static unsigned int pipe_room(const struct pipe_inode_info *pipe)
{
	return PIPE_SIZE - pipe_used(pipe);
}

/* --- reading --- */

/* Moves what lies in one piece up to the end of the ring; twice is all there is. */
static size_t take_piece(struct pipe_inode_info *pipe, struct iov_iter *to)
{
	unsigned int offset = pipe->tail % PIPE_SIZE;
	size_t bytes = min(pipe_used(pipe), PIPE_SIZE - offset);

	bytes = copy_to_iter(pipe->buffer + offset, bytes, to);
	pipe->tail += bytes;
	return bytes;
}

static ssize_t take_bytes(struct pipe_inode_info *pipe, struct iov_iter *to)
{
	size_t bytes;

	bytes = take_piece(pipe, to);
	bytes += take_piece(pipe, to);
	wake_up(&pipe->wait);
	return bytes ? (ssize_t)bytes : -EFAULT;
}

static ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct pipe_inode_info *pipe = iocb->ki_filp->private_data;
	ssize_t ret = 0;

	if (!to->count)
		return 0;
	mutex_lock(&pipe->mutex);
	while (!pipe_used(pipe) && pipe->writers && !ret) {
		if (iocb->ki_filp->f_flags & O_NONBLOCK) {
			ret = -EAGAIN;
			break;
		}
		mutex_unlock(&pipe->mutex);
		ret = wait_event_interruptible(pipe->wait, pipe_used(pipe) || !pipe->writers);
		mutex_lock(&pipe->mutex);
	}
	if (!ret && pipe_used(pipe))
		ret = take_bytes(pipe, to);
	mutex_unlock(&pipe->mutex);
	return ret;
}

/* --- writing --- */

static size_t put_piece(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	unsigned int offset = pipe->head % PIPE_SIZE;
	size_t bytes = min(pipe_room(pipe), PIPE_SIZE - offset);

	bytes = copy_from_iter(pipe->buffer + offset, bytes, from);
	pipe->head += bytes;
	return bytes;
}

/* What the pipe must have room for before bytes go in. */
static unsigned int room_wanted(const struct iov_iter *from)
{
	return from->count <= PIPE_BUF ? from->count : 1;
}

/*
 * Waits for room. Returns 0, -EPIPE when no reader is left, -ERESTARTSYS, or -EAGAIN when it may
 * not wait. pipe->mutex is held, and released while waiting.
 */
static int wait_for_room(struct pipe_inode_info *pipe, unsigned int wanted, bool may_wait)
{
	int error = 0;

	if (!may_wait && pipe_room(pipe) < wanted && pipe->readers)
		return -EAGAIN;
	while (pipe_room(pipe) < wanted && pipe->readers && !error) {
		mutex_unlock(&pipe->mutex);
		error = wait_event_interruptible(pipe->wait,
						 pipe_room(pipe) >= wanted || !pipe->readers);
		mutex_lock(&pipe->mutex);
	}
	return error ? error : (pipe->readers ? 0 : -EPIPE);
}

static ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct pipe_inode_info *pipe = iocb->ki_filp->private_data;
	size_t done = 0, bytes;
	int error = 0;

	mutex_lock(&pipe->mutex);
	while (from->count && !error) {
		error = wait_for_room(pipe, room_wanted(from),
				      !(iocb->ki_filp->f_flags & O_NONBLOCK));
		if (error)
			break;
		bytes = put_piece(pipe, from);
		bytes += put_piece(pipe, from);
		done += bytes;
		wake_up(&pipe->wait);
		if (!bytes)
			error = -EFAULT;
	}
	mutex_unlock(&pipe->mutex);
	if (error == -EPIPE)
		send_sig(SIGPIPE, current);
	return done ? (ssize_t)done : error;
}

/* --- the ends --- */

static void free_pipe(struct pipe_inode_info *pipe)
{
	kfree(pipe->buffer);
	kfree(pipe);
}

static void pipe_release(struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;
	bool last;

	mutex_lock(&pipe->mutex);
	if ((file->f_flags & O_ACCMODE) == O_RDONLY)
		pipe->readers--;
	else
		pipe->writers--;
	last = !pipe->readers && !pipe->writers;
	wake_up(&pipe->wait);
	mutex_unlock(&pipe->mutex);
	if (last)
		free_pipe(pipe);
}

static unsigned int pipe_poll(struct file *file, wait_queue_head_t **wait)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int mask = 0;

	*wait = &pipe->wait;
	if ((file->f_flags & O_ACCMODE) == O_RDONLY) {
		if (pipe_used(pipe))
			mask |= POLLIN;
		if (!READ_ONCE(pipe->writers))
			mask |= POLLHUP;
	} else {
		if (pipe_room(pipe))
			mask |= POLLOUT;
		if (!READ_ONCE(pipe->readers))
			mask |= POLLERR;
	}
	return mask;
}

static const struct file_operations pipefifo_fops = {
	.poll = pipe_poll,
	.read_iter = pipe_read,
	.write_iter = pipe_write,
	.release = pipe_release,
};

static struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (!pipe)
		return NULL;
	pipe->buffer = kmalloc(PIPE_SIZE, GFP_KERNEL);
	if (!pipe->buffer) {
		kfree(pipe);
		return NULL;
	}
	mutex_init(&pipe->mutex);
	init_waitqueue_head(&pipe->wait);
	return pipe;
}

int create_pipe_files(struct file *files[2], unsigned int flags)
{
	struct pipe_inode_info *pipe = alloc_pipe_info();

	if (!pipe)
		return -ENOMEM;
	files[0] = alloc_file_pseudo(&pipefifo_fops, O_RDONLY | flags, pipe);
	if (!files[0])
		goto free_pipe;
	pipe->readers = 1;
	files[1] = alloc_file_pseudo(&pipefifo_fops, O_WRONLY | flags, pipe);
	if (!files[1])
		goto put_reader; /* its release frees the pipe */
	pipe->writers = 1;
	return 0;

put_reader:
	fput(files[0]);
	return -ENOMEM;
free_pipe:
	free_pipe(pipe);
	return -ENOMEM;
}
