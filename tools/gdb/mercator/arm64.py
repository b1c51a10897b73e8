# SPDX-License-Identifier: MIT
"""arm64's translation tables: what the system registers choose, and what an entry means.

Nothing is assumed about the tables' shape: the size of a page and the number of levels come out of
TCR_EL1, as the processor computes them. What cannot be decoded yet is refused by name.

Source: Arm ARM (DDI 0487) D8.2 and D8.3. Pure Python, without GDB.
"""

from mercator import fields
from mercator.tables import Entry, Half, Level, Unsupported

NAMES = ("pgd", "pud", "pmd", "pte")
# TG0 and TG1 number the granules differently.
GRANULE0 = {0: 12, 1: 16, 2: 14}
GRANULE1 = {1: 14, 2: 12, 3: 16}
TABLE, BLOCK, PAGE = 3, 1, 3
ASID_SHIFT = 48


class Format:
    """Tables for addresses of `bits` bits and pages of 1 << page_shift bytes."""

    arch, address_bits, entry_size, entry_code = "arm64", 64, 8, "Q"

    def __init__(self, constants, bits=None, page_shift=12):
        bits = bits or constants["VA_BITS"]
        stride = page_shift - 3
        depth = -(-(bits - page_shift) // stride)
        if not 2 <= depth <= 4:
            raise Unsupported(f"tables of {depth} levels, for {bits} bits and pages of"
                              f" {1 << page_shift} bytes")
        shifts = [page_shift + stride * n for n in reversed(range(depth))]
        self.levels = [Level(name, shift, 1 << min(stride, bits - shift))
                       for name, shift in zip(NAMES[-depth:], shifts)]
        self.page_shift = page_shift
        self.output = ((1 << 48) - 1) & -(1 << page_shift)
        self.words = fields.read_fields(constants.arch)

    def index(self, level, addr):
        return (addr >> level.shift) % level.entries

    def decode(self, level, value):
        last = level is self.levels[-1]
        if not value:
            return Entry("nothing")
        if last:
            kind = "leaf" if value & 3 == PAGE else "invalid"
        else:
            kind = {TABLE: "table", BLOCK: "leaf"}.get(value & 3, "invalid")
        if kind == "leaf" and level.shift > 30:
            kind = "invalid"  # no block is that large
        size = 1 << level.shift
        phys = value & self.output
        return Entry(kind, phys if kind == "table" else phys & -size, size)

    def fields(self, _level, entry):
        """The rows of asm/fields.def for an entry: leaves of all levels have the same ones."""
        return self.words["TABLE" if entry.kind == "table" else "PTE"]

    def prefix(self, level, _above):
        """The word of the dump between a line's size and its words."""
        return level.name.upper()

    def split(self, addr):
        """The pieces of an address that index the tables, as the kernel prints them."""
        top = self.levels[0].shift + (self.levels[0].entries - 1).bit_length() - 1
        pieces = []
        for level in self.levels:
            pieces.append(f"{top}:{level.shift} = {self.index(level, addr)}")
            top = level.shift - 1
        offset = addr % (1 << self.page_shift)
        return f"bits {', '.join(pieces)}, {top}:0 = 0x{offset:03x}"


def halves(constants, registers):
    """The halves that the registers describe: TTBR0's, then TTBR1's. registers: {name: value}."""
    tcr = registers["TCR_EL1"]
    if tcr >> 59 & 1:
        raise Unsupported("tables for 52 bits of physical address (TCR_EL1.DS)")
    found = []
    for n, granule in enumerate((GRANULE0.get(tcr >> 14 & 3), GRANULE1.get(tcr >> 30 & 3))):
        bits, disabled = 64 - (tcr >> 16 * n & 0x3f), tcr >> (7 + 16 * n) & 1
        if granule is None:
            raise Unsupported(f"the reserved granule that TCR_EL1 names for TTBR{n}_EL1")
        if disabled or bits > 48:
            continue
        base = registers[f"TTBR{n}_EL1"] % (1 << ASID_SHIFT) & ~1
        start = (1 << 64) - (1 << bits) if n else 0
        found.append(Half(f"TTBR{n}_EL1", base, Format(constants, bits, granule), start,
                          start + (1 << bits)))
    return found
