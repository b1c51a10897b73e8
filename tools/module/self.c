/* SPDX-License-Identifier: MIT */
/*
 * What every module says of itself: its name, which the build gives, and the kernel that it is for.
 *
 * Linux counterpart: scripts/mod/modpost.c, which writes NAME.mod.c
 */
#include <kernel/module/module.h>
#include <kernel/module/vermagic.h>

MODULE_INFO(name, KBUILD_MODNAME);
MODULE_INFO(vermagic, VERMAGIC_STRING);
