# SPDX-License-Identifier: MIT
"""What an address belongs to: the list of regions, the areas, and describe_address()'s words.

The kernel has one list of regions (arch/<name>/regions.c) and one tree of areas; this module reads
both and answers as mm/describe.c does.
"""

from typing import NamedTuple

from mercator.chains import list_entries
from mercator.kernel import offset_of
from mercator.tasks import read_tasks


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


def program_of(kernel, addr):
    """The mm_struct whose table the processor walks for an address of user space, or None."""
    half = kernel.half(addr)
    for task in read_tasks(kernel) if half else ():
        if int(task["mm"]):
            mm = kernel.target_of(task["mm"])
            if kernel.physical(int(mm["pgd"])) == half.table:
                return mm
    return None


def describe_user(kernel, addr):
    """The program's mapping of an address, as describe_user_mapping() says it; None: there is
    none."""
    mm = program_of(kernel, addr) if addr < kernel.constants["TASK_SIZE"] else None
    if mm is None:
        return None
    head = int(mm["areas"]["next"])  # the first link; the list's head is what closes the ring
    for _, vma in list_entries(kernel, int(kernel.value("struct list_head", head)["prev"]),
                               "struct vm_area_struct", "list"):
        start, end, flags = (int(vma[name]) for name in ("vm_start", "vm_end", "vm_flags"))
        if start <= addr < end:
            rights = "".join(letter if flags & kernel.constants[f"VM_{word}"] else "-"
                             for letter, word in zip("rwx", ("READ", "WRITE", "EXEC")))
            shared = "s" if flags & kernel.constants["VM_SHARED"] else "p"
            name = kernel.string(vma["name"])
            return f"user mapping 0x{start:x}-0x{end:x} {rights}{shared} {name}".rstrip()
    return None


def describe_address(kernel, addr, regions=None):
    """The words of describe_address() of mm/describe.c."""
    if kernel.place is None:
        return "not the kernel's: it is not in memory yet"
    region = find_region(regions or read_regions(kernel), addr)
    module = kernel.names.table(addr)
    if module:
        return f"module {module.module}, {'code' if addr < module.code_end else 'data'}"
    in_image = kernel.elf.start <= addr < kernel.elf.end
    area = None if in_image else find_area(kernel, addr)
    if area:
        return describe_area(kernel, area, addr)
    return describe_user(kernel, addr) or (region.sentence if region else "nothing")
