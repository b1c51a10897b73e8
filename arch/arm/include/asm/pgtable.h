/* SPDX-License-Identifier: MIT */
/*
 * The format of arm's translation tables: classic short descriptors, 32 bits each, two levels.
 * Constructors, tests and walks in plain C: no system register, no barrier, so that a host program
 * can build and read the real format.
 *
 *   first level    4096 descriptors of 1 MiB: table, section, or one of 16 equal supersections
 *   second level    256 descriptors of 4 KiB: small page
 *
 * A second-level table is 1 KiB, a page is 4 KiB. As in Linux, two first-level descriptors form a
 * pair, pmd[0] and pmd[1], that covers 2 MiB (PMD_SIZE). It is filled with two neighbouring tables
 * from one page. Linux keeps a second copy of them there, for the "young" and
 * "dirty" bits that this format lacks; Mercator never swaps and needs none. pud and pgd are folded
 * into the pair.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.5, "Short-descriptor translation table format".
 * Linux counterpart: arch/arm/include/asm/pgtable-2level.h, pgtable-2level-hwdef.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/memory.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

typedef u32 pteval_t;
typedef u32 pmdval_t;

typedef struct {
	pteval_t pte;
} pte_t;
typedef struct {
	pmdval_t pmd;
} pmd_t;
typedef struct {
	pmd_t pmd[2];
} pgd_t;
typedef pgd_t pud_t;
typedef struct {
	pteval_t pgprot;
} pgprot_t;

#define pte_val(x)    ((x).pte)
#define pmd_val(x)    ((x).pmd)
#define pud_val(x)    pmd_val((x).pmd[0])
#define pgd_val(x)    pmd_val((x).pmd[0])
#define pgprot_val(x) ((x).pgprot)
#define __pte(x)      ((pte_t){ (pteval_t)(x) })
#define __pmd(x)      ((pmd_t){ (pmdval_t)(x) })
#define __pgprot(x)   ((pgprot_t){ (pteval_t)(x) })

/* --- Geometry --- */

#define PGDIR_SHIFT      21
#define PUD_SHIFT        PGDIR_SHIFT
#define PMD_SHIFT        PGDIR_SHIFT
#define PGDIR_SIZE       (UL(1) << PGDIR_SHIFT)
#define PUD_SIZE         (UL(1) << PUD_SHIFT)
#define PMD_SIZE         (UL(1) << PMD_SHIFT)
#define PGDIR_MASK       (~(PGDIR_SIZE - 1))
#define PUD_MASK         (~(PUD_SIZE - 1))
#define PMD_MASK         (~(PMD_SIZE - 1))
#define SECTION_SHIFT    20
#define SECTION_SIZE     (UL(1) << SECTION_SHIFT)
#define SECTION_MASK     (~(SECTION_SIZE - 1))
#define PTRS_PER_PGD     2048
#define PTRS_PER_PTE     512
#define PMD_ENTRIES      2 /* descriptors that a pmd_t pointer stands for: a pair */
#define PMD_ENTRY_SHIFT  SECTION_SHIFT
#define PTE_HWTABLE_SIZE 1024 /* bytes of one hardware table: 256 descriptors */
#define PGD_TABLE_SIZE   SZ_16K

/* --- First-level descriptor bits --- */

#define PMD_TYPE_MASK     3U
#define PMD_TYPE_TABLE    1U
#define PMD_TYPE_SECT     2U
#define PMD_DOMAIN(d)     ((pmdval_t)(d) << 5)
#define PMD_DOMAIN_MASK   PMD_DOMAIN(15)
#define PMD_SECT_B        (1U << 2)
#define PMD_SECT_C        (1U << 3)
#define PMD_SECT_XN       (1U << 4)
#define PMD_SECT_AP_WRITE (1U << 10) /* AP[0]: the kernel may access */
#define PMD_SECT_AP_READ  (1U << 11) /* AP[1]: the user may too */
#define PMD_SECT_TEX(x)   ((pmdval_t)(x) << 12)
#define PMD_SECT_APX      (1U << 15) /* AP[2]: read-only */
#define PMD_SECT_S        (1U << 16)
#define PMD_SECT_SUPER    (1U << 18)

#define SECT_AP_MASK (PMD_SECT_APX | PMD_SECT_AP_READ | PMD_SECT_AP_WRITE)
#define SECT_MT_MASK (PMD_SECT_TEX(7) | PMD_SECT_C | PMD_SECT_B)

/* Domains. A supersection has no domain field and is in domain 0, so devices have 0. */
#define DOMAIN_IO        0
#define DOMAIN_USER      1
#define DOMAIN_KERNEL    2
#define DOMAIN_CLIENT(d) (1U << (2 * (d)))
#define DACR_VALUE \
	(DOMAIN_CLIENT(DOMAIN_IO) | DOMAIN_CLIENT(DOMAIN_USER) | DOMAIN_CLIENT(DOMAIN_KERNEL))

/* --- Second-level descriptor bits --- */

#define PTE_EXT_XN     (1U << 0)
#define PTE_TYPE_SMALL (2U << 0)
#define PTE_B          (1U << 2)
#define PTE_C          (1U << 3)
#define PTE_EXT_AP0    (1U << 4) /* the kernel may access */
#define PTE_EXT_AP1    (1U << 5) /* the user may too */
#define PTE_EXT_TEX(x) ((pteval_t)(x) << 6)
#define PTE_EXT_APX    (1U << 9) /* read-only */
#define PTE_EXT_SHARED (1U << 10)
#define PTE_EXT_NG     (1U << 11)
#define PTE_ADDR_MASK  0xfffff000U
#define PTE_AP_MASK    (PTE_EXT_APX | PTE_EXT_AP1 | PTE_EXT_AP0)
#define PTE_MT_MASK    (PTE_EXT_TEX(7) | PTE_C | PTE_B)

/* Memory attributes: TEX, C, B with TEX remap off (DDI 0406 table B3-10). */
#define PTE_MT_UNCACHED      0U                               /* strongly ordered */
#define PTE_MT_DEV_SHARED    PTE_B                            /* shareable device */
#define PTE_MT_DEV_NONSHARED PTE_EXT_TEX(2)                   /* non-shareable device */
#define PTE_MT_WC            PTE_EXT_TEX(1)                   /* normal, non-cacheable */
#define PTE_MT_WRITEALLOC    (PTE_EXT_TEX(1) | PTE_C | PTE_B) /* normal, cached */

/* --- What a mapping may be --- */

#define PROT_PTE_KERNEL (PTE_TYPE_SMALL | PTE_EXT_AP0)
#define PROT_PTE_NORMAL (PROT_PTE_KERNEL | PTE_MT_WRITEALLOC | PTE_EXT_SHARED)
#define PROT_PTE_DEVICE (PROT_PTE_KERNEL | PTE_EXT_XN)

#define PAGE_KERNEL     __pgprot(PROT_PTE_NORMAL | PTE_EXT_XN)
#define PAGE_KERNEL_RO  __pgprot(PROT_PTE_NORMAL | PTE_EXT_XN | PTE_EXT_APX)
#define PAGE_KERNEL_ROX __pgprot(PROT_PTE_NORMAL | PTE_EXT_APX)

/* What a user's page has, as data, with the rights left out. */
#define PROT_PTE_USER (PROT_PTE_NORMAL | PTE_EXT_NG | PTE_EXT_XN)

/* A page that user mode may not touch is valid, without AP[1]: the kernel finds it there. */
#define PAGE_USER_NONE __pgprot(PROT_PTE_USER | PTE_EXT_APX)
#define PAGE_USER_RW   __pgprot(PROT_PTE_USER | PTE_EXT_AP1)
#define PAGE_USER_RO   __pgprot(PROT_PTE_USER | PTE_EXT_AP1 | PTE_EXT_APX)
#define PAGE_USER_RX   __pgprot((PROT_PTE_USER | PTE_EXT_AP1 | PTE_EXT_APX) & ~PTE_EXT_XN)
#define PAGE_USER_RWX  __pgprot((PROT_PTE_USER | PTE_EXT_AP1) & ~PTE_EXT_XN)

/* The same rights to device registers: of ioremap()'s type, and never executable. */
#define pgprot_device(prot) \
	__pgprot((pgprot_val(prot) & ~PTE_MT_MASK) | PTE_MT_DEV_SHARED | PTE_EXT_XN)

#define FIXMAP_PAGE_NORMAL PAGE_KERNEL
#define FIXMAP_PAGE_RO     PAGE_KERNEL_RO
#define FIXMAP_PAGE_IO     __pgprot(PROT_PTE_DEVICE | PTE_MT_DEV_SHARED | PTE_EXT_SHARED)
#define FIXMAP_PAGE_CLEAR  __pgprot(0)

/* Sections of lowmem and of the device tree's window. */
#define PROT_SECT_NORMAL                                                                 \
	(PMD_TYPE_SECT | PMD_SECT_AP_WRITE | PMD_SECT_TEX(1) | PMD_SECT_C | PMD_SECT_B | \
	 PMD_SECT_S | PMD_DOMAIN(DOMAIN_KERNEL))
#define PROT_SECT_LOWMEM (PROT_SECT_NORMAL | PMD_SECT_XN)
#define PROT_SECT_ROM    (PROT_SECT_NORMAL | PMD_SECT_XN | PMD_SECT_APX)
#define PROT_SECT_DEVICE                                                             \
	(PMD_TYPE_SECT | PMD_SECT_AP_WRITE | PMD_SECT_XN | PMD_SECT_B | PMD_SECT_S | \
	 PMD_DOMAIN(DOMAIN_IO))

/* --- Descriptors from addresses and back --- */

#define pfn_pte(pfn, prot) __pte(((pteval_t)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#define pte_pfn(pte)       ((unsigned long)(pte_val(pte) >> PAGE_SHIFT))

/* The entry that maps the next page in the same way. */
#define pte_next_pfn(pte) __pte(pte_val(pte) + PAGE_SIZE)

#define __table_entry(phys, domain) ((pmdval_t)(phys) | PMD_TYPE_TABLE | PMD_DOMAIN(domain))
#define __section_entry(phys, prot) ((pmdval_t)(phys) | (prot))

/* Base bits 31:24 in place, 35:32 in bits 23:20, 39:36 where a section has its domain. */
#define __supersection_entry(phys, prot)                                          \
	((pmdval_t)((phys) & 0xff000000) | (pmdval_t)((phys) >> 32 & 0xf) << 20 | \
	 (pmdval_t)((phys) >> 36 & 0xf) << 5 | PMD_SECT_SUPER | (prot))

/* What a leaf of the first level maps, and where to. */
#define pmd_leaf_size(x) (pmd_val(x) & PMD_SECT_SUPER ? (unsigned long)SZ_16M : SECTION_SIZE)

static inline phys_addr_t pmd_leaf_phys(pmd_t pmd)
{
	phys_addr_t val = pmd_val(pmd);

	if (!(val & PMD_SECT_SUPER))
		return val & SECTION_MASK;
	return (val & 0xff000000) | (val >> 20 & 0xf) << 32 | (val >> 5 & 0xf) << 36;
}

#define pte_none(x)      (!pte_val(x))
#define pmd_none(x)      (!pmd_val(x))
#define pud_none(x)      0 /* folded: never empty */
#define pgd_none(x)      0
#define pte_present(x)   (pte_val(x) & PTE_TYPE_SMALL)
#define pmd_leaf(x)      ((pmd_val(x) & PMD_TYPE_MASK) == PMD_TYPE_SECT)
#define pud_leaf(x)      0
#define pud_leaf_phys(x) ((phys_addr_t)0)

/* --- Every store to a table in use goes through these, so a host build can log it --- */

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	store_descriptor(&ptep->pte, pte.pte);
}

static inline void set_pmd(pmd_t *pmdp, pmd_t pmd)
{
	store_descriptor(&pmdp->pmd, pmd.pmd);
}

#define pte_clear(ptep) set_pte(ptep, __pte(0))

/* Both halves of a pair. They differ only where a section fills one of them. */
static inline void pmd_clear(pmd_t *pmdp)
{
	set_pmd(&pmdp[0], __pmd(0));
	set_pmd(&pmdp[1], __pmd(0));
}

/* The second entry first: another processor that finds the first one uses both. */
static inline void __pmd_populate(pmd_t *pmdp, phys_addr_t table, unsigned int domain)
{
	set_pmd(&pmdp[1], __pmd(__table_entry(table + PTE_HWTABLE_SIZE, domain)));
	smp_wmb(); /* in this order in memory, too */
	set_pmd(&pmdp[0], __pmd(__table_entry(table, domain)));
}

/* Enter a page of two second-level tables in a pair. */
#define pmd_populate_kernel(pmdp, table) __pmd_populate(pmdp, __pa(table), DOMAIN_KERNEL)
#define pmd_populate(pmdp, table)        __pmd_populate(pmdp, __pa(table), DOMAIN_USER)

/* Folded levels are never empty, so these are never called; generic code names them. */
#define pgd_populate(pgdp, table) ((void)(pgdp), (void)(table))
#define pud_populate(pudp, table) ((void)(pudp), (void)(table))
#define pud_clear(pudp)           ((void)(pudp))

/* --- Walks: the entry for an address in the table below --- */

#define pgd_index(addr)       ((addr) >> PGDIR_SHIFT)
#define pud_entry_index(addr) pgd_index(addr)
#define pmd_entry_index(addr) ((addr) >> SECTION_SHIFT)
#define pte_index(addr)       (((addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

static inline pgd_t *pgd_offset_pgd(pgd_t *pgd, unsigned long addr)
{
	return pgd + pgd_index(addr);
}

static inline pud_t *pud_offset(pgd_t *pgdp, unsigned long addr)
{
	return pgdp;
}

static inline pmd_t *pmd_offset(pud_t *pudp, unsigned long addr)
{
	return pudp->pmd;
}

static inline pte_t *pte_offset_kernel(pmd_t *pmdp, unsigned long addr)
{
	return (pte_t *)__va((phys_addr_t)(pmd_val(*pmdp) & PAGE_MASK)) + pte_index(addr);
}

/*
 * The page that holds the table below an entry; NULL where that level is folded. Both halves of a
 * pair lead into one page. The second half returns it, the first one NULL, so it is counted once.
 */
#define pgd_table_page(pgdp) ((pud_t *)NULL)
#define pud_table_page(pudp) ((pmd_t *)NULL)
#define pmd_table_page(pmdp) \
	(pmd_val(*(pmdp)) & PTE_HWTABLE_SIZE ? pte_offset_kernel(pmdp, 0) : NULL)
