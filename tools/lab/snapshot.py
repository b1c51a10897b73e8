# SPDX-License-Identifier: MIT
"""What the memory of a stopped guest says: page tables, areas, memblock, fixmap.

The processor's registers say where the tables are. The submission's ELF file says where a variable
is, and the grader's headers how a record is laid out. All three of a hostile guest may be nonsense.
So each chain and each scan ends, only RAM is read, and what cannot be decoded is Unreadable: that
costs the submission its points, and nothing else.
"""

import functools
import os
import struct
import sys
from typing import NamedTuple

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "gdb"))
# pylint: disable=wrong-import-position
from mercator import arm, arm64, fields  # noqa: E402
from mercator.constants import Constants, Unknown  # noqa: E402
from mercator.elf import Elf, ElfFile  # noqa: E402
from mercator.tables import Unreadable, Unsupported, scan, walk  # noqa: E402
from holds import PAGE  # noqa: E402
from stub import StubError  # noqa: E402

FORMATS = {"arm": arm, "arm64": arm64}
REGISTERS = {"arm64": {name: (name,) for name in ("TCR_EL1", "TTBR0_EL1", "TTBR1_EL1")},
             "arm": {"TTBCR": ("TTBCR", "TCR_EL1"), "TTBR0": ("TTBR0", "TTBR0_EL1"),
                     "TTBR1": ("TTBR1", "TTBR1_EL1")}}
RAM_START = 0x40000000  # of QEMU's `virt`
ENTRIES = 1 << 18       # of one scan; the solution's tables have some thousand
AREAS = 1 << 14         # of one list; boot makes some dozen
ROW = struct.Struct("<40sII")
FIRST_ROW = b"rows of tools/lab/layout.c\0"


@functools.cache
def read_layout(path):
    """{name: (offset, bytes)} of an object file of layout.c."""
    with open(path, "rb") as file:
        data = file.read()
    at = data.index(FIRST_ROW)
    count = ROW.unpack_from(data, at)[2]
    rows = [ROW.unpack_from(data, at + n * ROW.size) for n in range(count)]
    return {name.rstrip(b"\0").decode(): (offset, size) for name, offset, size in rows}


class Area(NamedTuple):
    """A vm_struct: [start, end) with the guard page."""
    start: int
    end: int
    flags: int
    phys: int


class Leaf(NamedTuple):
    """A mapped piece: virtual and physical address, bytes, and the words of its entry."""
    addr: int
    phys: int
    size: int
    words: frozenset


class Snapshot:
    """The guest as it is now. It is good until the guest runs again."""

    def __init__(self, stub, elf, layout, ram_size):
        self.stub, self.elf, self.layout = stub, elf, layout
        self.ram = RAM_START, RAM_START + ram_size
        self.pages = {}
        self.constants = Constants(elf.arch, self._variable)
        registers = {name: stub.register(*names) for name, names in REGISTERS[elf.arch].items()}
        try:
            halves = FORMATS[elf.arch].halves(self.constants, registers)
        except Unsupported as error:
            raise Unreadable(0, str(error)) from None
        kernel = self.constants["KERNEL_HALF_START"]
        self.half = next((half for half in halves if kernel in half), None)
        if self.half is None:
            raise Unreadable(kernel, "no tables translate the kernel's addresses")

    # --- memory ---

    def read_physical(self, addr, size):
        if not (self.ram[0] <= addr and addr + size <= self.ram[1]):
            raise Unreadable(addr, "not RAM")
        first, last = addr // PAGE, (addr + size - 1) // PAGE
        block = b"".join(self._page(n) for n in range(first, last + 1))
        return block[addr - first * PAGE:addr - first * PAGE + size]

    def _page(self, n):
        if n not in self.pages:
            try:
                self.pages[n] = self.stub.read(n * PAGE, PAGE)
            except StubError as error:
                raise Unreadable(n * PAGE, str(error)) from None
        return self.pages[n]

    def leaf(self, addr):
        """The Leaf that maps an address, or None."""
        if addr not in self.half:
            return None
        steps = walk(self.half.format, self.half.table, addr, self.read_physical)
        last = steps[-1]
        if last.entry.kind != "leaf":
            return None
        return Leaf(addr & -last.entry.size, last.entry.phys, last.entry.size,
                    self._words(last.level, last.value, last.entry,
                                steps[-2].value if len(steps) > 1 else 0))

    def _words(self, level, value, entry, _above):
        return frozenset(fields.words(self.half.format.fields(level, entry), value))

    def leaves(self, start, end):
        """Every Leaf in [start, end), ascending."""
        entries = scan(self.half.format, self.half.table, start, end, self.read_physical)
        for count, found in enumerate(entries):
            if count == ENTRIES:
                raise Unreadable(self.half.table, "these tables do not end")
            if found.entry.kind == "leaf":
                phys = found.entry.phys
                if found.entry.size > 1 << found.level.shift:  # one of 16 equal entries
                    phys += found.addr % found.entry.size
                yield Leaf(found.addr, phys, min(found.entry.size, 1 << found.level.shift),
                           self._words(found.level, found.value, found.entry, found.above))

    def read(self, addr, size):
        """Bytes at a virtual address of the kernel."""
        block = b""
        while len(block) < size:
            at = addr + len(block)
            leaf = self.leaf(at)
            if leaf is None:
                raise Unreadable(at, "the kernel's tables do not map this address")
            part = min(size - len(block), PAGE - at % PAGE)
            block += self.read_physical(leaf.phys + at % leaf.size, part)
        return block

    def number(self, addr, size):
        return int.from_bytes(self.read(addr, size), "little")

    # --- variables and records ---

    def address(self, name):
        try:
            return self.elf.address(name)
        except KeyError:
            raise Unreadable(0, f"the image has no {name}") from None

    def _variable(self, name):
        """A constant that depends on a variable of the running kernel."""
        return self.number(self.address(name), self.elf.pointer)

    def constant(self, name):
        try:
            return self.constants[name]
        except Unknown as error:
            raise Unreadable(0, str(error)) from None

    def field(self, addr, name):
        offset, size = self.layout[name]
        return self.number(addr + offset, size)

    def _area(self, record):
        start, end = (self.field(record, f"vm_struct.area.va_{side}") for side in ("start", "end"))
        return Area(start, end, self.field(record, "vm_struct.flags"),
                    self.field(record, "vm_struct.phys_addr"))

    def areas(self):
        """The areas that a look-up finds, in the order of the list."""
        head, found = self.address("vmap_area_list"), []
        link, at = self.layout["vm_struct.area.list"][0], self.field(head, "list_head.next")
        while at != head:
            if len(found) == AREAS:
                raise Unreadable(head, "the list of areas does not end")
            found.append(self._area(at - link))
            at = self.field(at, "list_head.next")
        hidden = self.constant("VM_UNINITIALIZED")
        return [area for area in found if not area.flags & hidden and area.end > area.start]

    def tree(self):
        """The same areas, in the order of the tree."""
        link, found, open_nodes = self.layout["vm_struct.area.rb_node"][0], [], []
        node = self.number(self.address("vmap_area_root"), self.elf.pointer)
        while node or open_nodes:
            if len(found) + len(open_nodes) > AREAS:
                raise Unreadable(node, "the tree of areas does not end")
            while node and len(open_nodes) < AREAS:
                open_nodes.append(node)
                node = self.field(node, "rb_node.rb_left")
            node = open_nodes.pop()
            found.append(self._area(node - link))
            node = self.field(node, "rb_node.rb_right")
        hidden = self.constant("VM_UNINITIALIZED")
        return [area for area in found if not area.flags & hidden and area.end > area.start]

    def memblock(self, kind):
        """[(base, size)] of memblock.memory or memblock.reserved."""
        array = self.address("memblock") + self.layout[f"memblock.{kind}"][0]
        count, at = (self.field(array, f"memblock_type.{name}") for name in ("cnt", "regions"))
        size = self.layout["memblock_region"][1]
        if count > AREAS:
            raise Unreadable(array, f"memblock.{kind} has {count} regions")
        return [(self.field(at + n * size, "memblock_region.base"),
                 self.field(at + n * size, "memblock_region.size")) for n in range(count)]

    def slot(self, number):
        """[start, end): the addresses of a slot of early_ioremap()."""
        pages = self.constant("NR_FIX_BTMAPS")
        start = self.constant("FIXADDR_TOP") - (self.constant("FIX_BTMAP_BEGIN")
                                                - number * pages) * PAGE
        return start, start + pages * PAGE


__all__ = ["Constants", "Elf", "ElfFile", "RAM_START", "Snapshot", "Unreadable", "read_layout"]
