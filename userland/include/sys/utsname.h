/* SPDX-License-Identifier: MIT */
/* The names of the system. */
#pragma once

#include <kernel/uapi/utsname.h>

int uname(struct utsname *names);
