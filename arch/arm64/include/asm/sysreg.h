/* SPDX-License-Identifier: MIT */
/*
 * System registers by name, and the bits of them that the kernel uses.
 *
 * Source: Arm ARM (DDI 0487) D17, "AArch64 System Register Descriptions".
 * Linux counterpart: arch/arm64/include/asm/sysreg.h
 */
#pragma once

#include <kernel/lib/const.h>

/* SCTLR_EL1 */
#define SCTLR_M   (UL(1) << 0)  /* MMU on */
#define SCTLR_A   (UL(1) << 1)  /* unaligned access faults */
#define SCTLR_C   (UL(1) << 2)  /* data cacheable */
#define SCTLR_SA  (UL(1) << 3)  /* stack pointer alignment checked at EL1 */
#define SCTLR_SA0 (UL(1) << 4)  /* ... and at EL0 */
#define SCTLR_I   (UL(1) << 12) /* instructions cacheable */
#define SCTLR_RES1                                                                       \
	((UL(1) << 11) | (UL(1) << 20) | (UL(1) << 22) | (UL(1) << 23) | (UL(1) << 28) | \
	 (UL(1) << 29))
#define SCTLR_EL1_MMU_OFF SCTLR_RES1
#define SCTLR_STACK       (SCTLR_SA | SCTLR_SA0)
/* Without SCTLR_A: programs make unaligned accesses, and one bit is for them and the kernel. */
#define SCTLR_EL1_MMU_ON (SCTLR_RES1 | SCTLR_M | SCTLR_C | SCTLR_STACK | SCTLR_I)

/* TCR_EL1: both halves 48 bits, 4 KiB granule, tables in write-back inner-shareable memory. */
#define TCR_T0SZ(bits) ((UL(64) - (bits)) << 0)
#define TCR_T1SZ(bits) ((UL(64) - (bits)) << 16)
#define TCR_WBWA       ((UL(1) << 8) | (UL(1) << 10) | (UL(1) << 24) | (UL(1) << 26))
#define TCR_SHARED     ((UL(3) << 12) | (UL(3) << 28))
#define TCR_TG0_4K     (UL(0) << 14)
#define TCR_TG1_4K     (UL(2) << 30)
#define TCR_IPS_SHIFT  32

#define TCR_VALUE (TCR_T0SZ(48) | TCR_T1SZ(48) | TCR_WBWA | TCR_SHARED | TCR_TG0_4K | TCR_TG1_4K)

/*
 * MAIR_EL1: Normal write-back, Normal non-cacheable, Device-nGnRnE, Device-nGnRE at indices 0 to 3;
 * for assembly. mmu.c checks that it agrees with pgtable.h.
 */
#define MAIR_VALUE_ASM 0x040044ff

/* ESR_EL1 */
#define ESR_EC(esr)  (((esr) >> 26) & 0x3f)
#define ESR_WNR      (UL(1) << 6) /* the aborted access was a write */
#define ESR_FSC(esr) ((esr) & 0x3f)

/* The fault status codes (FSC) that the kernel treats apart. */
#define FSC_EXTERNAL  0x10
#define FSC_ALIGNMENT 0x21

/* PAR_EL1: the answer to an AT instruction. The address has the place of a page's. */
#define PAR_F         (UL(1) << 0)          /* a fault ended the walk, and then: */
#define PAR_FST(par)  (((par) >> 1) & 0x3f) /* its status, as in ESR_EL1 */
#define PAR_ATTR(par) ((par) >> 56)         /* else the memory type, as a byte of MAIR_EL1 */

/* SPSR / PSTATE */
#define PSR_MODE_EL0t 0x0
#define PSR_MODE_EL1h 0x5
#define PSR_MODE_MASK 0xf
#define PSR_F_BIT     0x40
#define PSR_I_BIT     0x80
#define PSR_A_BIT     0x100
#define PSR_D_BIT     0x200

#ifndef __ASSEMBLER__
#include <kernel/lib/types.h>

#define read_sysreg(reg)                                        \
	({                                                      \
		u64 _val;                                       \
		__asm__ volatile("mrs %0, " #reg : "=r"(_val)); \
		_val;                                           \
	})

/*
 * An instruction behind the write may still run under the old value: where that matters, the caller
 * adds an isb(), whose memory clobber stops the compiler as well.
 */
#define write_sysreg(val, reg)                                                            \
	do {                                                                              \
		u64 _val = (u64)(val);                                                    \
		/* volatile: the compiler never sees it read, and would drop the write */ \
		__asm__ volatile("msr " #reg ", %x0" ::"rZ"(_val));                       \
	} while (0)

/*
 * Translates an address as for a read by the kernel. The answer is in PAR_EL1, for code behind an
 * isb().
 */
#define at_s1e1r(addr) __asm__ volatile("at s1e1r, %0" ::"r"(addr))

/* The bits of a physical address that this processor has; a table entry has room for 48. */
static inline unsigned int phys_addr_bits(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48 }; /* by PARange */
	unsigned int range = read_sysreg(id_aa64mmfr0_el1) & 0xf;

	return range < sizeof(bits) ? bits[range] : 48;
}
#endif
