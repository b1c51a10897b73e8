/* SPDX-License-Identifier: MIT */
/*
 * The modes of a terminal, in the layout and with the numbers that user programs know.
 *
 * Linux counterpart: include/uapi/asm-generic/termbits.h, ioctls.h
 */
#pragma once

#include <kernel/lib/types.h>

#define TCGETS  0x5401
#define TCSETS  0x5402
#define TCSETSW 0x5403
#define TCSETSF 0x5404

struct ktermios {
	u32 c_iflag, c_oflag, c_cflag, c_lflag;
	u8 c_line;
	u8 c_cc[19];
};

#define ICRNL 0x100 /* c_iflag: carriage return comes in as newline */

#define OPOST 0x1 /* c_oflag */
#define ONLCR 0x4

#define CS8   0x30 /* c_cflag: stored, without effect */
#define CREAD 0x80

#define ISIG   0x1 /* c_lflag */
#define ICANON 0x2
#define ECHO   0x8
#define ECHOE  0x10

#define VINTR  0 /* indices of c_cc */
#define VERASE 2
#define VKILL  3
#define VEOF   4
#define VMIN   6

#define CTRL(letter) ((letter)&0x1f)
