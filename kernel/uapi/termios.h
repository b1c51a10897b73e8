/* SPDX-License-Identifier: MIT */
/*
 * The modes of a terminal, and the requests to ioctl() that read and set them. Programs get the
 * kernel's own layout (the libc structure of big systems has more control characters, and their
 * libraries convert).
 *
 * Linux counterpart: include/uapi/asm-generic/{termbits,ioctls}.h
 */
#pragma once

#define TCGETS  0x5401
#define TCSETS  0x5402
#define TCSETSW 0x5403
#define TCSETSF 0x5404

#define TCSBRK     0x5409 /* wait until all output is out */
#define TCFLSH     0x540b /* drop what was typed ahead */
#define TIOCSCTTY  0x540e
#define TIOCGPGRP  0x540f /* the foreground process group */
#define TIOCSPGRP  0x5410
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414
#define TIOCGSID   0x5429

/* All 0: the size is not known. */
struct winsize {
	unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#define NCCS 19

struct termios {
	unsigned int c_iflag;
	unsigned int c_oflag;
	unsigned int c_cflag;
	unsigned int c_lflag;
	unsigned char c_line;
	unsigned char c_cc[NCCS];
};

/* c_iflag */
#define ICRNL 0000400 /* Enter's carriage return is read as a newline */
#define IXON  0002000 /* Ctrl-S and Ctrl-Q stop and start the output; stored, without effect */

/* c_oflag */
#define OPOST 0000001 /* the output is changed on its way, as the next one says: */
#define ONLCR 0000004 /* a newline goes out as carriage return and newline */

/* c_cflag: stored, without effect */
#define CS8   0000060
#define CREAD 0000200

/* c_lflag */
#define ISIG   0000001 /* Ctrl-C interrupts */
#define ICANON 0000002 /* reads return whole lines, edited by the kernel */
#define ECHO   0000010 /* the kernel shows what is typed */
#define ECHOE  0000020 /* and takes what is erased off the screen */
#define IEXTEN 0100000 /* Ctrl-V and the like; stored, without effect */

/* indices of c_cc */
#define VINTR  0
#define VQUIT  1
#define VERASE 2
#define VKILL  3
#define VEOF   4
#define VTIME  5
#define VMIN   6
