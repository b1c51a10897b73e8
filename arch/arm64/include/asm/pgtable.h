/* SPDX-License-Identifier: MIT */
/*
 * The format of arm64's translation tables: 4 KiB granule, four levels of 512 descriptors, each of
 * 64 bits. Constructors, tests and walks in plain C: no system register, no barrier, so that a host
 * program can build and read the real format.
 *
 *   pgd  bits 47:39   table only
 *   pud  bits 38:30   table, or a block of 1 GiB
 *   pmd  bits 29:21   table, or a block of 2 MiB
 *   pte  bits 20:12   page of 4 KiB
 *
 * Source: Arm ARM (DDI 0487) D8.3, "Translation table descriptor formats".
 * Linux counterpart: arch/arm64/include/asm/pgtable.h, pgtable-hwdef.h, pgtable-prot.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/memory.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

typedef u64 pteval_t;

typedef struct {
	pteval_t pte;
} pte_t;
typedef struct {
	pteval_t pmd;
} pmd_t;
typedef struct {
	pteval_t pud;
} pud_t;
typedef struct {
	pteval_t pgd;
} pgd_t;
typedef struct {
	pteval_t pgprot;
} pgprot_t;

#define pte_val(x)    ((x).pte)
#define pmd_val(x)    ((x).pmd)
#define pud_val(x)    ((x).pud)
#define pgd_val(x)    ((x).pgd)
#define pgprot_val(x) ((x).pgprot)
#define __pte(x)      ((pte_t){ (x) })
#define __pmd(x)      ((pmd_t){ (x) })
#define __pud(x)      ((pud_t){ (x) })
#define __pgd(x)      ((pgd_t){ (x) })
#define __pgprot(x)   ((pgprot_t){ (x) })

/* --- Geometry --- */

#define PGDIR_SHIFT     39
#define PUD_SHIFT       30
#define PMD_SHIFT       21
#define PGDIR_SIZE      (UL(1) << PGDIR_SHIFT)
#define PUD_SIZE        (UL(1) << PUD_SHIFT)
#define PMD_SIZE        (UL(1) << PMD_SHIFT)
#define PGDIR_MASK      (~(PGDIR_SIZE - 1))
#define PUD_MASK        (~(PUD_SIZE - 1))
#define PMD_MASK        (~(PMD_SIZE - 1))
#define PTRS_PER_PGD    512
#define PTRS_PER_PUD    512
#define PTRS_PER_PMD    512
#define PTRS_PER_PTE    512
#define PMD_ENTRIES     1 /* descriptors that a pmd_t pointer stands for */
#define PMD_ENTRY_SHIFT PMD_SHIFT

/* --- Descriptor bits --- */

#define PTE_VALID         BIT_ULL(0)
#define PTE_TABLE_BIT     BIT_ULL(1) /* levels 0 to 2: a table, not a block; level 3: must be 1 */
#define PTE_TYPE_MASK     3ULL
#define PTE_TYPE_TABLE    3ULL
#define PTE_TYPE_BLOCK    1ULL
#define PTE_TYPE_PAGE     3ULL
#define PTE_ATTRINDX(t)   ((pteval_t)(t) << 2)
#define PTE_ATTRINDX_MASK (7ULL << 2)
#define PTE_USER          BIT_ULL(6)  /* AP[1]: EL0 may access */
#define PTE_RDONLY        BIT_ULL(7)  /* AP[2]: read-only */
#define PTE_SHARED        (3ULL << 8) /* inner shareable */
#define PTE_AF            BIT_ULL(10) /* access flag: clear would fault at first use */
#define PTE_NG            BIT_ULL(11) /* not global: tagged with the ASID */
#define PTE_CONT          BIT_ULL(52) /* one of 16 entries that one TLB entry may hold */
#define PTE_PXN           BIT_ULL(53) /* EL1 may not execute */
#define PTE_UXN           BIT_ULL(54) /* EL0 may not execute */
#define PTE_ADDR_MASK     GENMASK_ULL(47, 12)

/* Indices into MAIR_EL1, whose value cpu setup derives from MAIR_VALUE. */
#define MT_NORMAL              0
#define MT_NORMAL_NC           1
#define MT_DEVICE_nGnRnE       2
#define MT_DEVICE_nGnRE        3
#define MAIR_ATTR(index, attr) (ULL(attr) << ((index) * 8))
#define MAIR_VALUE                                                    \
	(MAIR_ATTR(MT_NORMAL, 0xff) | MAIR_ATTR(MT_NORMAL_NC, 0x44) | \
	 MAIR_ATTR(MT_DEVICE_nGnRnE, 0x00) | MAIR_ATTR(MT_DEVICE_nGnRE, 0x04))

/* --- What a mapping may be --- */

#define PROT_DEFAULT      (PTE_TYPE_PAGE | PTE_AF | PTE_SHARED)
#define PROT_KERNEL(type) (PROT_DEFAULT | PTE_PXN | PTE_UXN | PTE_ATTRINDX(type))

#define PROT_NORMAL        PROT_KERNEL(MT_NORMAL)
#define PROT_NORMAL_NC     PROT_KERNEL(MT_NORMAL_NC)
#define PROT_DEVICE_nGnRnE PROT_KERNEL(MT_DEVICE_nGnRnE)
#define PROT_DEVICE_nGnRE  PROT_KERNEL(MT_DEVICE_nGnRE)

#define PAGE_KERNEL     __pgprot(PROT_NORMAL)
#define PAGE_KERNEL_RO  __pgprot(PROT_NORMAL | PTE_RDONLY)
#define PAGE_KERNEL_ROX __pgprot((PROT_NORMAL | PTE_RDONLY) & ~PTE_PXN)

/* A page that user mode may not touch is valid, without PTE_USER: the kernel finds it there. */
#define PAGE_USER_NONE __pgprot(PROT_NORMAL | PTE_NG | PTE_RDONLY)
#define PAGE_USER_RW   __pgprot(PROT_NORMAL | PTE_USER | PTE_NG)
#define PAGE_USER_RO   __pgprot(PROT_NORMAL | PTE_USER | PTE_NG | PTE_RDONLY)
#define PAGE_USER_RX   __pgprot((PROT_NORMAL | PTE_USER | PTE_NG | PTE_RDONLY) & ~PTE_UXN)
#define PAGE_USER_RWX  __pgprot((PROT_NORMAL | PTE_USER | PTE_NG) & ~PTE_UXN)

/* The same rights to device registers: of ioremap()'s type, and never executable. */
#define pgprot_device(prot) __pgprot((pgprot_val(prot) & ~PTE_ATTRINDX_MASK) | PROT_DEVICE_nGnRE)

#define FIXMAP_PAGE_NORMAL PAGE_KERNEL
#define FIXMAP_PAGE_RO     PAGE_KERNEL_RO
#define FIXMAP_PAGE_IO     __pgprot(PROT_DEVICE_nGnRE)
#define FIXMAP_PAGE_CLEAR  __pgprot(0)

/* --- Descriptors from addresses and back --- */

#define pfn_pte(pfn, prot) __pte(((pteval_t)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#define pte_pfn(pte)       ((unsigned long)((pte_val(pte) & PTE_ADDR_MASK) >> PAGE_SHIFT))

/* The entry that maps the next page in the same way. */
#define pte_next_pfn(pte) __pte(pte_val(pte) + PAGE_SIZE)

#define __table_entry(phys)       ((phys) | PTE_TYPE_TABLE)
#define __block_entry(phys, prot) ((phys) | (pgprot_val(prot) & ~PTE_TABLE_BIT))

#define pmd_leaf_phys(x) (pmd_val(x) & PTE_ADDR_MASK & PMD_MASK)
#define pud_leaf_phys(x) (pud_val(x) & PTE_ADDR_MASK & PUD_MASK)
#define pmd_leaf_size(x) PMD_SIZE

#define pte_none(x)    (!pte_val(x))
#define pmd_none(x)    (!pmd_val(x))
#define pud_none(x)    (!pud_val(x))
#define pgd_none(x)    (!pgd_val(x))
#define pte_present(x) (pte_val(x) & PTE_VALID)
#define pmd_leaf(x)    ((pmd_val(x) & PTE_TYPE_MASK) == PTE_TYPE_BLOCK)
#define pud_leaf(x)    ((pud_val(x) & PTE_TYPE_MASK) == PTE_TYPE_BLOCK)

/* --- Every store to a table in use goes through these, so a host build can log it --- */

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	store_descriptor(&ptep->pte, pte.pte);
}

static inline void set_pmd(pmd_t *pmdp, pmd_t pmd)
{
	store_descriptor(&pmdp->pmd, pmd.pmd);
}

static inline void set_pud(pud_t *pudp, pud_t pud)
{
	store_descriptor(&pudp->pud, pud.pud);
}

static inline void set_pgd(pgd_t *pgdp, pgd_t pgd)
{
	store_descriptor(&pgdp->pgd, pgd.pgd);
}

#define pte_clear(ptep) set_pte(ptep, __pte(0))
#define pmd_clear(pmdp) set_pmd(pmdp, __pmd(0))
#define pud_clear(pudp) set_pud(pudp, __pud(0))

/* Enter a lower table in an upper one. */
#define pgd_populate(pgdp, table)        set_pgd(pgdp, __pgd(__table_entry(__pa(table))))
#define pud_populate(pudp, table)        set_pud(pudp, __pud(__table_entry(__pa(table))))
#define pmd_populate_kernel(pmdp, table) set_pmd(pmdp, __pmd(__table_entry(__pa(table))))
#define pmd_populate(pmdp, table)        pmd_populate_kernel(pmdp, table)

/* --- Walks: the entry for an address in the table below --- */

#define pgd_index(addr) (((addr) >> PGDIR_SHIFT) & (PTRS_PER_PGD - 1))
#define pud_index(addr) (((addr) >> PUD_SHIFT) & (PTRS_PER_PUD - 1))
#define pmd_index(addr) (((addr) >> PMD_SHIFT) & (PTRS_PER_PMD - 1))
#define pte_index(addr) (((addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))

#define pud_entry_index(addr) pud_index(addr)
#define pmd_entry_index(addr) pmd_index(addr)

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

static inline pgd_t *pgd_offset_pgd(pgd_t *pgd, unsigned long addr)
{
	return pgd + pgd_index(addr);
}

static inline pud_t *pud_offset(pgd_t *pgdp, unsigned long addr)
{
	return (pud_t *)__va(pgd_val(*pgdp) & PTE_ADDR_MASK) + pud_index(addr);
}

static inline pmd_t *pmd_offset(pud_t *pudp, unsigned long addr)
{
	return (pmd_t *)__va(pud_val(*pudp) & PTE_ADDR_MASK) + pmd_index(addr);
}

static inline pte_t *pte_offset_kernel(pmd_t *pmdp, unsigned long addr)
{
	return (pte_t *)__va(pmd_val(*pmdp) & PTE_ADDR_MASK) + pte_index(addr);
}

/* The page that the table below an entry takes up. */
#define pgd_table_page(pgdp) pud_offset(pgdp, 0)
#define pud_table_page(pudp) pmd_offset(pudp, 0)
#define pmd_table_page(pmdp) pte_offset_kernel(pmdp, 0)
