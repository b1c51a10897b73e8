# SPDX-License-Identifier: MIT
"""`mc vmallocinfo`: the areas of vmalloc space, as /proc/vmallocinfo prints them."""

from mercator.chains import list_entries
from mercator.command import Answer, Command
from mercator.owner import Area

# The words at the end of a row, in this order; mm/vmallocinfo.c has the same table.
KINDS = (("VM_IOREMAP", " ioremap"), ("VM_ALLOC", " vmalloc"), ("VM_PERCPU", " vmalloc"),
         ("VM_MAP", " vmap"), ("VM_USERMAP", " user"), ("VM_DMA_COHERENT", " dma-coherent"))


def read_areas(kernel):
    """All areas that a look-up finds, ascending. None yet before boot has made the first."""
    head, constants = kernel.elf.address("vmap_area_list"), kernel.constants
    for _, value in list_entries(kernel, head, "struct vm_struct", "area.list"):
        area = Area(kernel, value)
        if not area.flags & constants["VM_UNINITIALIZED"]:
            yield area


def row(kernel, area):
    """A row in Linux's form."""
    digits, constants = 2 * kernel.elf.pointer, kernel.constants
    text = f"0x{area.start:0{digits}x}-0x{area.end:0{digits}x} {area.size:7d}"
    if area.caller:
        text += f" {kernel.names.text(area.caller)}"
    if area.nr_pages:
        text += f" pages={area.nr_pages}"
    if area.phys:
        text += f" phys=0x{area.phys:016x}"
    text += "".join(word for flag, word in KINDS if area.flags & constants[flag])
    if area.pages and constants["VMALLOC_START"] <= area.pages < constants["VMALLOC_END"]:
        text += " vpages"
    return text


class Vmallocinfo(Command):
    """mc vmallocinfo [-json]: the areas of vmalloc space, as /proc/vmallocinfo prints them.

    A row: first address and the one behind, bytes (the guard page included), the code that asked
    for it, its physical address, its kind."""

    name = "vmallocinfo"

    def answer(self, kernel, words, flags):
        areas = list(read_areas(kernel))
        return Answer([row(kernel, area) for area in areas], [
            {"start": area.start, "end": area.end, "size": area.size, "flags": area.flags,
             "pages": area.nr_pages, "phys": area.phys, "caller": kernel.names.text(area.caller)}
            for area in areas])


Vmallocinfo()
