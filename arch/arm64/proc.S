/* SPDX-License-Identifier: MIT */
/*
 * Turning the MMU on. The code runs at an address that both maps agree on: it is identity mapped.
 *
 * Source: Arm ARM (DDI 0487) D17.2, SCTLR_EL1, TCR_EL1, MAIR_EL1.
 * Linux counterpart: arch/arm64/mm/proc.S (__cpu_setup)
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>

	.section .idmap.text, "ax"
/* Returns with the MMU on, at the same (identity mapped) address. Changes x9, x10. */
func enable_mmu
	mov_q	x9, MAIR_VALUE_ASM
	msr	mair_el1, x9
	mov_q	x9, TCR_VALUE
	mrs	x10, id_aa64mmfr0_el1
	bfi	x9, x10, #TCR_IPS_SHIFT, #3	/* as many physical bits as there are */
	msr	tcr_el1, x9
	msr	cpacr_el1, xzr			/* FP traps until a task asks (fpu.c) */
	adrp	x9, idmap_pg_dir
	msr	ttbr0_el1, x9
	adrp	x9, swapper_pg_dir
	msr	ttbr1_el1, x9
	tlbi	vmalle1				/* the TLB's contents are unknown until now */
	dsb	nsh				/* this processor only: no other runs yet */
	isb					/* all of the above is in force before the MMU is */
	mov_q	x9, SCTLR_EL1_MMU_ON
	msr	sctlr_el1, x9
	isb					/* fetched through the identity map from here on */
	ic	iallu				/* what was fetched with the MMU off is stale */
	dsb	nsh
	isb
	ret
endfunc enable_mmu
