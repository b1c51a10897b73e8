/* SPDX-License-Identifier: MIT */
/* Flags of clone(). Linux counterpart: include/uapi/linux/sched.h */
#pragma once

#define CSIGNAL              0x000000ff /* the signal at the child's end */
#define CLONE_VM             0x00000100 /* one address space */
#define CLONE_VFORK          0x00004000 /* the parent sleeps until exec or exit */
#define CLONE_SETTLS         0x00080000
#define CLONE_PARENT_SETTID  0x00100000
#define CLONE_CHILD_CLEARTID 0x00200000
#define CLONE_CHILD_SETTID   0x01000000
