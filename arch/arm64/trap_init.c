/* SPDX-License-Identifier: MIT */
/*
 * Points VBAR_EL1 at the real vectors. Until then exceptions go to early_vectors.
 * Linux counterpart: __primary_switched in arch/arm64/kernel/head.S
 */
#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/init.h>

extern char vectors[];

void trap_cpu_init(void)
{
	write_sysreg(vectors, vbar_el1);
	isb(); /* or the next exception may still go to early_vectors, and stop the boot */
}

void __init trap_init(void)
{
	trap_cpu_init();
}
