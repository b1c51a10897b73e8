# SPDX-License-Identifier: MIT
"""What an address belongs to: the list of regions, the areas, and describe_address()'s words.

The kernel has one list of regions (arch/<name>/regions.c) and one tree of areas; this module reads
both and answers as mm/describe.c does.
"""

from typing import NamedTuple

from mercator.kernel import offset_of


class Region(NamedTuple):
    """A row of regions[]: [start, end), both 0 until boot knows them."""
    start: int
    end: int
    name: str
    sentence: str
    markers: tuple


def read_regions(kernel):
    """All rows; the last one that contains an address is the most exact."""
    rows = kernel.variable("regions")
    first, last = rows.type.range()
    found = []
    for n in range(first, last + 1):
        row = rows[n]
        if int(row["sentence"]):
            found.append(Region(int(row["start"]), int(row["end"]), kernel.string(row["name"]),
                                kernel.string(row["sentence"]),
                                tuple(kernel.string(row["markers"][i]) for i in range(2))))
    return found


def find_region(regions, addr):
    found = None
    for region in regions:
        if region.start <= addr < region.end:
            found = region
    return found


class Area:
    """A vm_struct, as vmallocinfo shows it."""

    def __init__(self, kernel, value):
        self.start, self.size = int(value["addr"]), int(value["size"])
        self.end = self.start + self.size
        self.flags, self.pages = int(value["flags"]), int(value["pages"])
        self.nr_pages, self.phys = int(value["nr_pages"]), int(value["phys_addr"])
        self.caller = int(value["caller"])
        guard = 0 if self.flags & kernel.constants["VM_NO_GUARD"] else kernel.constants["PAGE_SIZE"]
        self.guard = self.end - guard  # the first address that is never mapped


def area_of(kernel, node):
    """The area that contains a struct rb_node."""
    at = node - offset_of("struct vm_struct", "area.rb_node")
    return Area(kernel, kernel.value("struct vm_struct", at))


def find_area(kernel, addr):
    """The area of an address, its guard page included, or None."""
    node = int(kernel.variable("vmap_area_root")["rb_node"])
    while node:
        area = area_of(kernel, node)
        if area.start <= addr < area.end:
            return area
        links = kernel.value("struct rb_node", node)
        node = int(links["rb_left" if addr < area.start else "rb_right"])
    return None


def describe_area(kernel, area, addr):
    guard = "the guard page of " if addr >= area.guard else ""
    text = f"{guard}0x{area.start:x}-0x{area.end:x} {kernel.names.text(area.caller)}"
    if area.phys and not guard:
        text += f", physical 0x{area.phys + addr - area.start:x}"
    return text


def describe_address(kernel, addr, regions=None):
    """The words of describe_address() of mm/describe.c."""
    if kernel.place is None:
        return "not the kernel's: it is not in memory yet"
    region = find_region(regions or read_regions(kernel), addr)
    in_image = kernel.elf.start <= addr < kernel.elf.end
    area = None if in_image else find_area(kernel, addr)
    if area:
        return describe_area(kernel, area, addr)
    return region.sentence if region else "nothing"
