# SPDX-License-Identifier: MIT
"""The addresses through which the kernel can store to a page table.

A watchpoint of QEMU's sees the address that an instruction uses, not the memory behind it. One
entry has several addresses in the course of a boot:

    physical       as long as the MMU is off
    image          the table is a variable of the kernel
    linear map     the table's page came from an allocator (arm: the image lies in the linear map)
    fixmap window  arm64's paging_init() fills tables before there is a linear map

so all of them are watched. A window maps one table after the other: what is stored there need not
be stored to the watched entry, and its owner must look.
"""

from mercator.fixmap import slot_names

WINDOWS = ("FIX_PGD", "FIX_PUD", "FIX_PMD", "FIX_PTE")
# The variable that places the linear map, where boot computes it only after the MMU is on.
PLACES_LINEAR_MAP = "memstart_addr"


def windows(kernel, phys):
    """The addresses that a piece has while a window of the fixmap maps its table."""
    slots = {name: index for index, name in slot_names().items()}
    top, page = kernel.constants["FIXADDR_TOP"], kernel.constants["PAGE_SIZE"]
    return [top - slots[name] * page + phys % page for name in WINDOWS if name in slots]


def ram_start(kernel):
    """The physical address at which the linear map begins; None as long as boot has none."""
    if PLACES_LINEAR_MAP in kernel.elf.symbols:
        return int(kernel.variable(PLACES_LINEAR_MAP)) or None
    return kernel.home - kernel.constants["TEXT_OFFSET"]


def aliases(kernel, phys):
    """The addresses that a piece of a page table keeps, given its physical one; each once."""
    found = [phys] if not kernel.world.mmu_on else []
    offset = phys - kernel.home
    if kernel.elf.start <= kernel.elf.start + offset < kernel.elf.end:
        found.append(kernel.elf.start + offset)
    start = ram_start(kernel)
    if start is not None and phys >= start:
        found.append(phys - start + kernel.constants["PAGE_OFFSET"])
    return list(dict.fromkeys(found))
