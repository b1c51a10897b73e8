/* SPDX-License-Identifier: MIT */
/*
 * The screen of /dev/fb0: rows of characters, one byte each. A row begins FB_STRIDE bytes behind
 * the one above, as on a real screen, whose rows are longer in memory than they are seen.
 *
 * Linux counterpart: include/uapi/linux/fb.h (there a program asks for them by an ioctl)
 */
#pragma once

#define FB_COLUMNS 64
#define FB_ROWS    16
#define FB_STRIDE  512
#define FB_SIZE    (FB_ROWS * FB_STRIDE)
