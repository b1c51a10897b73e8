/* SPDX-License-Identifier: MIT */
/* Lengths of names. Linux counterpart: include/uapi/linux/limits.h */
#pragma once

#define NAME_MAX 255  /* of one component, without a NUL */
#define PATH_MAX 4096 /* of a path, with its NUL */
