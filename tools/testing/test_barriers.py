# SPDX-License-Identifier: MIT
"""Caches, barriers and the TLB's delays are what QEMU does not model: a machine that forgets them
runs all the same. So they are looked for in the code, in the order that the manuals ask for."""

import os
import re
import subprocess

import pytest

from qemu import ROOT

OBJDUMP = {"arm64": "aarch64-linux-gnu-objdump", "arm": "arm-linux-gnueabihf-objdump"}

# {function: what its instructions must hold, one after the other}. On arm, coprocessor 15: c2 is
# TTBR0, c7 c5 ICIALLU, c7 c6 DCIMVAC, c7 c11 DCCMVAU, c8 c3 {3} TLBIMVAAIS, c13 {1} CONTEXTIDR.
SEQUENCES = {
    "arm64": {
        "ioremap_page_range": ["bl .*<map_range>", "dsb ishst", "isb"],
        "vmap_pages_range": ["bl .*<map_range>", "dsb ishst", "isb"],
        "vunmap_range": ["bl .*<vunmap_range_noflush>", "dsb ishst", "tlbi vaae1is", "dsb ish$",
                         "isb"],
        "flush_user_icache_range": ["dc cvau", "dsb ish$", "ic ialluis", "dsb ish$", "isb"],
        "early_map": ["dc ivac", "dsb sy"],
        "switch_mm": ["msr ttbr0_el1", "isb", "bl .*<asid_get>", "msr ttbr0_el1", "isb"],
    },
    "arm": {
        "ioremap_page_range": ["bl .*<map_range>", "dsb ishst", "isb"],
        "vmap_pages_range": ["bl .*<map_range>", "dsb ishst", "isb"],
        "vunmap_range": ["bl .*<vunmap_range_noflush>", "dsb ishst",
                         r"mcr 15, 0, \w+, cr8, cr3, \{3\}", "dsb ish$", "isb"],
        "flush_user_icache_range": [r"mcr 15, 0, \w+, cr7, cr11, \{1\}", "dsb ish$",
                                    r"mcr 15, 0, \w+, cr7, cr5, \{0\}", "dsb ish$", "isb"],
        "early_map": [r"mcr 15, 0, \w+, cr7, cr6, \{1\}", "dsb sy"],
        "switch_mm": [r"mcr 15, 0, \w+, cr2, cr0, \{0\}", "isb", "bl .*<asid_get>",
                      r"mcr 15, 0, \w+, cr13, cr0, \{1\}", "isb",
                      r"mcr 15, 0, \w+, cr2, cr0, \{0\}", "isb"],
    },
}


def instructions(arch, function):
    kernel = os.path.join(ROOT, "build", arch, "kernel.elf")
    text = subprocess.run([OBJDUMP[arch], "-d", "--no-show-raw-insn", f"--disassemble={function}",
                           kernel], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split("\t")[1:]).strip() for line in text.splitlines() if "\t" in line]


@pytest.mark.parametrize("function", SEQUENCES["arm64"])
def test_what_the_manual_asks_for_is_there(arch, function):
    """Of all instructions of these kinds, the first must be these, in this order."""
    wanted = SEQUENCES[arch][function]
    found = [line for line in instructions(arch, function)
             if any(re.match(kind, line) for kind in wanted)]
    assert len(found) >= len(wanted), found
    assert all(re.match(kind, line) for kind, line in zip(wanted, found)), found
