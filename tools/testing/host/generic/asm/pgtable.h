/* SPDX-License-Identifier: MIT */
/* Host, no architecture: only the types that mm's headers name. No table is built. */
#pragma once

#include <asm/barrier.h>
#include <asm/memory.h>
#include <kernel/lib/types.h>

typedef struct {
	u64 pte;
} pte_t;
typedef struct {
	u64 pmd;
} pmd_t;
typedef struct {
	u64 pud;
} pud_t;
typedef struct {
	u64 pgd;
} pgd_t;
typedef struct {
	u64 pgprot;
} pgprot_t;

#define pte_val(x)    ((x).pte)
#define pgprot_val(x) ((x).pgprot)
#define __pte(x)      ((pte_t){ (x) })
#define __pgprot(x)   ((pgprot_t){ (x) })

extern pgd_t swapper_pg_dir[];
#define PTRS_PER_PGD 1

#define pfn_pte(pfn, prot) __pte(((u64)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#define pte_pfn(pte)       ((unsigned long)(pte_val(pte) >> PAGE_SHIFT))
#define pte_none(pte)      (!pte_val(pte))
#define pte_present(pte)   (pte_val(pte) & 1)

#define PMD_SHIFT 21
#define PMD_SIZE  (UL(1) << PMD_SHIFT)
#define PMD_MASK  (~(PMD_SIZE - 1))

/* Bit 0: present. The rest tells the kinds apart. */
#define PAGE_KERNEL        __pgprot(0x1)
#define PAGE_KERNEL_RO     __pgprot(0x3)
#define PAGE_KERNEL_ROX    __pgprot(0x5)
#define FIXMAP_PAGE_NORMAL PAGE_KERNEL
#define FIXMAP_PAGE_RO     PAGE_KERNEL_RO
#define FIXMAP_PAGE_IO     __pgprot(0x9)
#define FIXMAP_PAGE_CLEAR  __pgprot(0)
