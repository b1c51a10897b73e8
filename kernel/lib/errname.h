/* SPDX-License-Identifier: MIT */
/* Names of error numbers, for messages. Linux counterpart: include/linux/errname.h */
#pragma once

/* "-ENOMEM" for -ENOMEM or ENOMEM, and so on; NULL for a number without a name. Any context. */
const char *errname(int err);
