/* SPDX-License-Identifier: MIT */
/* The table of error names: every number in errno.h. Linux counterpart: lib/errname.c */
#include <kernel/lib/errname.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define NAME(err) [err] = "-" #err

static const char *const names[] = {
	NAME(EPERM),   NAME(ENOENT),       NAME(ESRCH),   NAME(EINTR),      NAME(EIO),
	NAME(ENXIO),   NAME(E2BIG),        NAME(ENOEXEC), NAME(EBADF),      NAME(ECHILD),
	NAME(EAGAIN),  NAME(ENOMEM),       NAME(EACCES),  NAME(EFAULT),     NAME(EBUSY),
	NAME(EEXIST),  NAME(EXDEV),        NAME(ENODEV),  NAME(ENOTDIR),    NAME(EISDIR),
	NAME(EINVAL),  NAME(ENFILE),       NAME(EMFILE),  NAME(ENOTTY),     NAME(EFBIG),
	NAME(ENOSPC),  NAME(ESPIPE),       NAME(EROFS),   NAME(EPIPE),      NAME(EDOM),
	NAME(ERANGE),  NAME(ENAMETOOLONG), NAME(ENOSYS),  NAME(ENOTEMPTY),  NAME(ELOOP),
	NAME(ENODATA), NAME(EOVERFLOW),    NAME(EILSEQ),  NAME(EOPNOTSUPP), NAME(ETIMEDOUT),
};

const char *errname(int err)
{
	unsigned int positive = err < 0 ? -(unsigned int)err : (unsigned int)err;

	/* Too far from the others for the table. */
	if (positive == EPROBE_DEFER)
		return "-EPROBE_DEFER";
	return positive < ARRAY_SIZE(names) ? names[positive] : NULL;
}
