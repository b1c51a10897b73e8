/* SPDX-License-Identifier: MIT */
/* What poll() asks and answers. Linux counterpart: include/uapi/asm-generic/poll.h */
#pragma once

#define POLLIN   0x001 /* a read returns at once */
#define POLLOUT  0x004 /* a write does */
#define POLLERR  0x008 /* the other end of a pipe does not read any more; always told */
#define POLLHUP  0x010 /* it does not write any more; always told */
#define POLLNVAL 0x020 /* not an open descriptor; always told */

struct pollfd {
	int fd;
	short events;
	short revents;
};
