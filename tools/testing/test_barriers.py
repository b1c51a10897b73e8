# SPDX-License-Identifier: MIT
"""Caches, barriers and the TLB's delays are what QEMU does not model: a machine that forgets them
runs all the same. So they are looked for in the code, in the order that the manuals ask for."""

import os
import re
import subprocess

import pytest

from qemu import ROOT

OBJDUMP = {"arm64": "aarch64-linux-gnu-objdump", "arm": "arm-linux-gnueabihf-objdump"}

# {function: what its instructions must hold, one after the other}. On arm, coprocessor 15: c1 is
# SCTLR, c2 TTBR0, c7 c5 ICIALLU, {6} BPIALL, c7 c6 DCIMVAC, c7 c11 DCCMVAU, c7 c14 DCCIMVAC, c8 c3
# {0} TLBIALLIS, {2} TLBIASIDIS, {3} TLBIMVAAIS, c8 c7 TLBIALL, c13 {1} CONTEXTIDR, c14 the timer's
# control.
SEQUENCES = {
    "arm64": {
        "ioremap_page_range": ["dsb ishst", "isb"],
        "vmap_pages_range": ["dsb ishst", "isb"],
        # By page, and all at once where there are more than are worth one flush each.
        "vunmap_range": ["dsb ishst", "tlbi vaae1is", "dsb ish$", "isb",
                         "dsb ishst", "tlbi vmalle1is", "dsb ish$", "isb"],
        "detach_vm_area": ["bl .*<vunmap_range>", "bl .*<release_vm_area>"],
        "flush_user_icache_range": ["dc cvau", "dsb ish$", "ic ialluis", "dsb ish$", "isb"],
        "early_map": ["dc ivac", "dsb sy"],
        "dma_pool_reserve": ["dc civac", "dsb sy"],
        "switch_mm": ["msr ttbr0_el1", "isb", "bl .*<asid_get>", "msr ttbr0_el1", "isb"],
        "flush_tlb_mm": ["dsb ishst", "tlbi aside1is", "dsb ish$", "isb"],
        "destroy_context": ["dsb ishst|bl? .*<flush_tlb_mm>"],
        "begin_table": ["dmb ishst"],
        "paging_init": ["dsb ishst", "isb", "bl .*<switch_mm>", "dsb ishst", "tlbi vmalle1is",
                        "dsb ish$", "isb"],
        "trap_init": ["msr vbar_el1", "isb"],
        "enter_el1": ["msr sctlr_el1", "isb"],
        "from_el2": ["msr (s3_4_c12_c9_5|icc_sre_el2)", "isb"],
        "enable_mmu": ["msr ttbr1_el1", "tlbi vmalle1", "dsb nsh", "isb", "msr sctlr_el1", "isb",
                       "ic iallu", "dsb nsh", "isb"],
        "primary_switched": ["msr tpidr_el1", "isb"],
        "cpu_startup_entry": ["dsb sy", "wfi"],
        "__poke_nofault_32": ["str", "dsb sy"],
        "arch_counter_read": ["isb", r"mrs \w+, cnt[pv]ct_el0"],
        "arch_timer_shutdown": ["msr cnt[pv]_ctl_el0", "isb"],
        "boot_phase": ["isb", r"mrs \w+, cntvct_el0"],
    },
    "arm": {
        "ioremap_page_range": ["dsb ishst", "isb"],
        "vmap_pages_range": ["dsb ishst", "isb"],
        "vunmap_range": ["dsb ishst",
                         r"mcr 15, 0, \w+, cr8, cr3, \{3\}", "dsb ish$", "isb", "dsb ishst",
                         r"mcr 15, 0, \w+, cr8, cr3, \{0\}", "dsb ish$", "isb"],
        "detach_vm_area": ["bl .*<vunmap_range>", "bl .*<release_vm_area>"],
        "flush_user_icache_range": [r"mcr 15, 0, \w+, cr7, cr11, \{1\}", "dsb ish$",
                                    r"mcr 15, 0, \w+, cr7, cr1, \{0\}", "dsb ish$", "isb"],
        "early_map": [r"mcr 15, 0, \w+, cr7, cr6, \{1\}", "dsb sy"],
        "dma_pool_reserve": [r"mcr 15, 0, \w+, cr7, cr14, \{1\}", "dsb sy"],
        "switch_mm": [r"mcr 15, 0, \w+, cr2, cr0, \{0\}", "isb", "bl .*<asid_get>",
                      r"mcr 15, 0, \w+, cr13, cr0, \{1\}", "isb",
                      r"mcr 15, 0, \w+, cr2, cr0, \{0\}", "isb"],
        "destroy_context": ["dsb ishst|bl? .*<flush_tlb_mm>"],
        "flush_tlb_mm": ["dsb ishst", r"mcr 15, 0, \w+, cr8, cr3, \{2\}", "dsb ish$", "isb"],
        "check_vmalloc_seq": ["bl .*<memcpy>", "dsb ishst"],
        "begin_table": ["dmb ishst"],
        "paging_init": ["dsb ishst", r"mcr 15, 0, \w+, cr8, cr3, \{3\}", "dsb ish$", "isb",
                        "dsb ishst", "isb", "dsb ishst", r"mcr 15, 0, \w+, cr8, cr3, \{0\}",
                        "dsb ish$", "isb"],
        "trap_init": [r"mcr 15, 0, \w+, cr7, cr11, \{1\}", "dsb ish$",
                      r"mcr 15, 0, \w+, cr7, cr1, \{0\}", r"mcr 15, 0, \w+, cr7, cr1, \{6\}",
                      "dsb ish$", "isb", "dsb ishst", "isb", r"mcr 15, 0, \w+, cr1, cr0, \{0\}",
                      "isb"],
        "copied": ["dsb sy", r"mcr 15, 0, \w+, cr7, cr5, \{0\}", "dsb sy", "isb"],
        "copy_up": ["dsb sy", r"mcr 15, 0, \w+, cr7, cr5, \{0\}", "dsb sy", "isb"],
        "enable_mmu": [r"mcr 15, 0, \w+, cr8, cr7, \{0\}", r"mcr 15, 0, \w+, cr7, cr5, \{0\}",
                       "dsb sy", "isb", r"mcr 15, 0, \w+, cr1, cr0, \{0\}", "isb"],
        "cpu_startup_entry": ["dsb sy", "wfi"],
        "__poke_nofault_32": ["str", "dsb sy"],
        "arch_counter_read": ["isb", r"mrrc 15, [01], \w+, \w+, cr14"],
        "arch_timer_shutdown": [r"mcr 15, 0, \w+, cr14, cr[23], \{1\}", "isb"],
        "boot_phase": ["isb", r"mrrc 15, 1, \w+, \w+, cr14"],
    },
}

# A device register: what comes after a read, and before a write (mm/tests/io_test.c).
for kind, after, before in (("arm64", "dmb oshld", "dmb oshst"), ("arm", "dmb osh$", "dsb st$")):
    for width in "bwlq":
        SEQUENCES[kind][f"access_read{width}"] = ["ldr", after]
        SEQUENCES[kind][f"access_write{width}"] = [before, "str"]


def instructions(arch, function):
    kernel = os.path.join(ROOT, "build", arch, "kernel.elf")
    text = subprocess.run([OBJDUMP[arch], "-d", "--no-show-raw-insn", f"--disassemble={function}",
                           kernel], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split("\t")[1:]).strip() for line in text.splitlines() if "\t" in line]


@pytest.mark.parametrize("kind, function", [(k, f) for k in SEQUENCES for f in SEQUENCES[k]])
def test_what_the_manual_asks_for_is_there(kind, function):
    """Of all instructions of these kinds, the first must be these, in this order."""
    wanted = SEQUENCES[kind][function]
    found = [line for line in instructions(kind, function)
             if any(re.match(kind, line) for kind in wanted)]
    assert len(found) >= len(wanted), found
    assert all(re.match(kind, line) for kind, line in zip(wanted, found)), found
