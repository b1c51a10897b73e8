/* SPDX-License-Identifier: MIT */
/*
 * Exceptions came to early_vectors until trap_init().
 * Linux counterpart: __primary_switched in arch/arm64/kernel/head.S
 */
#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/init.h>

extern char vectors[];

void __init trap_init(void)
{
	write_sysreg(vectors, vbar_el1);
	isb();
}
