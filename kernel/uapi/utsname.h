/* SPDX-License-Identifier: MIT */
/*
 * The names of the system. Linux counterpart: struct new_utsname of include/uapi/linux/utsname.h
 */
#pragma once

struct utsname {
	char sysname[65];
	char nodename[65];
	char release[65];
	char version[65];
	char machine[65];
	char domainname[65];
};
