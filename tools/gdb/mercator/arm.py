# SPDX-License-Identifier: MIT
"""arm's classic short descriptors: what TTBCR chooses, and what an entry means.

The first level has an entry for each MiB: a table, a section, or one of 16 equal entries of a
supersection. The second level has pages of 4 KiB, or one of 16 equal entries of a large page.

Source: ARMv7-A Arm ARM (DDI 0406) B3.5. Pure Python, without GDB.
"""

from mercator import fields
from mercator.tables import Entry, Half, Level, Unsupported

SECTION, SUPERSECTION, LARGE_PAGE, PAGE = 1 << 20, 1 << 24, 1 << 16, 1 << 12
HARDWARE_TABLE = 1 << 10
TYPE_TABLE, TYPE_SECTION = 1, (2, 3)
SUPER = 1 << 18


class Format:
    """The tables of one translation table base register; size is that of the address space."""

    arch, address_bits, entry_size, entry_code = "arm", 32, 4, "I"
    page_shift = 12

    def __init__(self, constants, bits=32):
        self.levels = [Level("pmd", 20, 1 << (bits - 20)), Level("pte", 12, 256)]
        self.words = fields.read_fields(constants.arch)

    def index(self, level, addr):
        return (addr >> level.shift) % level.entries

    def decode(self, level, value):
        if not value:
            return Entry("nothing")
        if level.name == "pte":
            if value & 2:
                return Entry("leaf", value & -PAGE, PAGE)
            return Entry("leaf", value & -LARGE_PAGE, LARGE_PAGE) if value & 1 else Entry("invalid")
        if value & 3 == TYPE_TABLE:
            return Entry("table", value & -HARDWARE_TABLE, SECTION)
        if value & 3 not in TYPE_SECTION:
            return Entry("invalid")
        if not value & SUPER:
            return Entry("leaf", value & -SECTION, SECTION)
        high = (value >> 20 & 0xf) << 32 | (value >> 5 & 0xf) << 36
        return Entry("leaf", value & -SUPERSECTION | high, SUPERSECTION)

    def fields(self, level, entry):
        """The rows of asm/fields.def for an entry."""
        leaf = "SECT" if level.name == "pmd" else "PTE"
        return self.words["TABLE" if entry.kind == "table" else leaf]

    def prefix(self, level, above):
        """The domain of a page is that of its table. The words of a section have their own."""
        if level.name == "pmd":
            return ""
        return next((row.word for row in self.words["TABLE"] if above & row.mask == row.value), "?")

    def split(self, addr):
        """The pieces of an address that index the tables, as the kernel prints them."""
        section = addr >> 20
        return (f"bits 31:20 = {section}, 19:12 = {(addr >> 12) % 256}, 11:0 = 0x{addr % PAGE:03x}"
                f"; in GDB init_mm.pgd[{section // 2}].pmd[{section % 2}]")


def halves(constants, registers):
    """The parts of the address space that the registers describe: {name: value}."""
    ttbcr = registers["TTBCR"]
    if ttbcr >> 31:
        raise Unsupported("long descriptors (TTBCR.EAE)")
    n = ttbcr & 7  # so many upper bits are 0 in the addresses of TTBR0
    split = 1 << (32 - n)
    found = [Half("TTBR0", registers["TTBR0"] & -(1 << (14 - n)) & 0xffffffff,
                  Format(constants, 32 - n), 0, split)]
    if n:
        found.append(Half("TTBR1", registers["TTBR1"] & -(1 << 14) & 0xffffffff,
                          Format(constants), split, 1 << 32))
    return found
