/* SPDX-License-Identifier: MIT */
/*
 * CP15 registers by name, and the bits of them and of the status register that the kernel uses.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B4, "System Control Registers in a VMSA implementation".
 * Linux counterpart: arch/arm/include/asm/cp15.h, uapi/asm/ptrace.h
 */
#pragma once

#include <kernel/lib/const.h>

/* SCTLR */
#define SCTLR_M   (UL(1) << 0)  /* MMU on */
#define SCTLR_A   (UL(1) << 1)  /* unaligned access faults */
#define SCTLR_C   (UL(1) << 2)  /* data cacheable */
#define SCTLR_Z   (UL(1) << 11) /* branch prediction */
#define SCTLR_I   (UL(1) << 12) /* instructions cacheable */
#define SCTLR_V   (UL(1) << 13) /* vectors at 0xffff0000 */
#define SCTLR_TRE (UL(1) << 28) /* TEX remap */
#define SCTLR_AFE (UL(1) << 29) /* AP[0] is an access flag */
#define SCTLR_TE  (UL(1) << 30) /* exceptions in Thumb state */
/* Programs make unaligned accesses, and one bit is for them and the kernel. */
#define SCTLR_CLEAR (SCTLR_A | SCTLR_V | SCTLR_TRE | SCTLR_AFE | SCTLR_TE)
#define SCTLR_SET   (SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I)

/* ACTLR, of processors in whose manual it is */
#define ACTLR_SMP (UL(1) << 6)

/* TTBR0/1: walks in inner and outer write-back, write-allocate, shareable memory. */
#define TTBR_FLAGS ((UL(1) << 6) | (UL(1) << 3) | (UL(1) << 1))

/* CPSR */
#define MODE_USR  0x10
#define MODE_FIQ  0x11
#define MODE_IRQ  0x12
#define MODE_SVC  0x13
#define MODE_ABT  0x17
#define MODE_HYP  0x1a
#define MODE_UND  0x1b
#define MODE_MASK 0x1f
#define PSR_T_BIT 0x20
#define PSR_F_BIT 0x40
#define PSR_I_BIT 0x80
#define PSR_A_BIT 0x100

/* DFSR and IFSR: the status is bits 10 and 3:0. */
#define FSR_STATUS(fsr) (((fsr) & 0xf) | (((fsr) >> 6) & 0x10))
#define FSR_WRITE       (UL(1) << 11)

/* The statuses that the kernel treats apart. */
#define FSR_ALIGNMENT      0x01
#define FSR_DEBUG          0x02
#define FSR_TRANSLATION_L1 0x05
#define FSR_EXTERNAL       0x08
#define FSR_EXTERNAL_ASYNC 0x16

/* PAR: the answer to an address translation operation. */
#define PAR_F       (UL(1) << 0)          /* a fault ended the walk, and then: */
#define PAR_FS(par) (((par) >> 1) & 0x1f) /* its status, as FSR_STATUS() gives it */
#define PAR_SS      (UL(1) << 1)          /* else: a supersection */

#ifndef __ASSEMBLER__
#include <kernel/lib/types.h>

/* register names: crn, op1, crm, op2 */
#define CP15_SCTLR      c1, 0, c0, 0
#define CP15_CPACR      c1, 0, c0, 2
#define CP15_TTBR0      c2, 0, c0, 0
#define CP15_DFSR       c5, 0, c0, 0
#define CP15_IFSR       c5, 0, c0, 1
#define CP15_DFAR       c6, 0, c0, 0
#define CP15_IFAR       c6, 0, c0, 2
#define CP15_CTR        c0, 0, c0, 1
#define CP15_MIDR       c0, 0, c0, 0
#define CP15_MPIDR      c0, 0, c0, 5
#define CP15_CONTEXTIDR c13, 0, c0, 1
#define CP15_TPIDRURW   c13, 0, c0, 2
#define CP15_TPIDRURO   c13, 0, c0, 3
#define CP15_ICIALLUIS  c7, 0, c1, 0
#define CP15_BPIALLIS   c7, 0, c1, 6
#define CP15_PAR        c7, 0, c4, 0
#define CP15_ATS1CPR    c7, 0, c8, 0
#define CP15_DCCMVAU    c7, 0, c11, 1
#define CP15_DCIMVAC    c7, 0, c6, 1
#define CP15_DCCIMVAC   c7, 0, c14, 1
#define CP15_TLBIALLIS  c8, 0, c3, 0
#define CP15_TLBIMVAAIS c8, 0, c3, 3
#define CP15_TLBIMVAIS  c8, 0, c3, 1
#define CP15_TLBIASIDIS c8, 0, c3, 2
#define CP15_CNTFRQ     c14, 0, c0, 0

#define __CP15(insn, crn, op1, crm, op2) insn " p15, " #op1 ", %0, " #crn ", " #crm ", " #op2
#define __CP15_READ(regs...)             __CP15("mrc", regs)
#define __CP15_WRITE(regs...)            __CP15("mcr", regs)

#define read_cp15(reg)                                                     \
	({                                                                 \
		u32 _val;                                                  \
		__asm__ volatile(__CP15_READ(reg) : "=r"(_val)::"memory"); \
		_val;                                                      \
	})

/*
 * An instruction behind the write may still run under the old value: where that matters, the caller
 * adds an isb(). The memory clobber keeps accesses on their side, because many of these registers
 * change what an access means.
 */
#define write_cp15(val, reg) __asm__ volatile(__CP15_WRITE(reg)::"r"((u32)(val)) : "memory")
#endif
