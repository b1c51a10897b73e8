# SPDX-License-Identifier: MIT
"""Page tables of either format, read from any source of physical memory.

A format (arm.py, arm64.py) knows the levels and what one entry means. This module goes from entry
to entry: down to one address, or over a whole range in ascending order. Memory is a function
`read(physical address, bytes)`, so the same walk runs over a debugger's target, a memory image or a
test's list of bytes. Pure Python, without GDB.
"""

import struct
from typing import NamedTuple


class Unreadable(Exception):
    """Physical memory that cannot be read, or must not be: it is a device's."""

    def __init__(self, address, reason):
        super().__init__(f"physical 0x{address:x}: {reason}")
        self.address = address


class NotMapped(Unreadable):
    """A virtual address that the tables do not translate."""

    def __init__(self, address):
        Exception.__init__(self, f"virtual 0x{address:x} is not mapped")
        self.address = address


class Unsupported(Exception):
    """Registers that choose a form of tables which no format here decodes."""


class Level(NamedTuple):
    """Tables of one depth: each entry covers 1 << shift bytes."""
    name: str
    shift: int
    entries: int


class Entry(NamedTuple):
    """What a descriptor says: "nothing", "invalid", "table" or "leaf"; where to, and how much."""
    kind: str
    phys: int = 0
    size: int = 0


class Step(NamedTuple):
    """One entry on the way to an address. table is the address of the table that holds it."""
    level: Level
    table: int
    index: int
    value: int
    entry: Entry

    def physical(self, addr):
        """Where addr leads, when this entry is a leaf."""
        return self.entry.phys + addr % self.entry.size


class Found(NamedTuple):
    """An entry met by a scan, at the first address that it covers. above led to its table."""
    addr: int
    level: Level
    value: int
    entry: Entry
    above: int


class Half:
    """A part of the address space, the register that has its tables, and their form."""

    def __init__(self, register, table, fmt, start, end):
        self.register, self.table, self.format = register, table, fmt
        self.start, self.end = start, end

    def __contains__(self, addr):
        return self.start <= addr < self.end


def walk(fmt, table, addr, read):
    """The steps from a first-level table down to addr. The last one is not a table."""
    steps = []
    for level in fmt.levels:
        index = fmt.index(level, addr)
        value = int.from_bytes(read(table + index * fmt.entry_size, fmt.entry_size), "little")
        entry = fmt.decode(level, value)
        steps.append(Step(level, table, index, value, entry))
        if entry.kind != "table":
            break
        table = entry.phys
    return steps


def scan(fmt, table, start, end, read):
    """Each entry of [start, end) that is not empty, in ascending order; a table before its own."""
    yield from _scan_table(fmt, fmt.levels, table, start, end, read, 0)


def _scan_table(fmt, levels, table, start, end, read, above):
    """start and end lie below one entry of the level above; table holds the entry of start."""
    level, below = levels[0], levels[1:]
    size = 1 << level.shift
    first, base = fmt.index(level, start), start & -size
    count = ((end - 1) >> level.shift) - (start >> level.shift) + 1
    block = read(table + first * fmt.entry_size, count * fmt.entry_size)
    for n, value in enumerate(struct.unpack(f"<{count}{fmt.entry_code}", block)):
        if not value:
            continue
        entry, addr = fmt.decode(level, value), base + n * size
        yield Found(addr, level, value, entry, above)
        if entry.kind == "table":
            yield from _scan_table(fmt, below, entry.phys, max(addr, start), min(addr + size, end),
                                   read, value)
