# SPDX-License-Identifier: MIT
"""`mc fixmap`: which slot of the fixmap is mapped to which physical page, and for whom."""

import gdb

from mercator.command import Answer, Command
from mercator.memory import resources
from mercator.tables import scan

PAGE = 4096


def slot_names():
    """{index: name} of the slots that have a name of their own."""
    names = {}
    for field in gdb.lookup_type("enum fixed_addresses").fields():
        if field.name.startswith("FIX_"):
            names.setdefault(field.enumval, field.name)
    return names


def slot_name(constants, names, index):
    """The name of a slot, or of the first page of early_ioremap()'s slots; else nothing."""
    last, first = constants["FIX_BTMAP_BEGIN"], constants["FIX_BTMAP_END"]
    if first <= index <= last:
        slot, page = divmod(last - index, constants["NR_FIX_BTMAPS"])
        return f"early_ioremap {slot}" if not page else ""
    return names.get(index, "")


def owner_of(kernel, phys):
    """What is at a physical address, by the innermost row of iomem that has it."""
    name = ""
    for _, resource in resources(kernel, kernel.variable("iomem_resource")["child"]):
        if int(resource["start"]) <= phys <= int(resource["end"]):
            name = kernel.string(resource["name"])
    return name


class Run:
    """Neighbouring slots that map neighbouring pages alike, from the one with a name on."""

    def __init__(self, index, name, found):
        self.index, self.name, self.first, self.pages = index, name, found, 1

    def takes(self, name, found):
        same = found.value - self.first.value == self.pages * PAGE
        if not same or name or found.addr != self.first.addr + self.pages * PAGE:
            return False
        self.pages += 1
        return True


class Fixmap(Command):
    """mc fixmap [-json]: the slots of the fixmap that are mapped.

    A row: the slot's number and name, its address, the physical page, and who owns that. Slots that
    map neighbouring pages for one purpose are one row, with the number of pages."""

    name = "fixmap"

    def answer(self, kernel, words, flags):
        rows = [(run, owner_of(kernel, run.first.entry.phys)) for run in self.runs(kernel)]
        lines = [f"{run.index:5d} {run.name:<22} 0x{run.first.addr:x} physical"
                 f" 0x{run.first.entry.phys:x}{f', {run.pages} pages' * (run.pages > 1)}"
                 f"  {owner}".rstrip() for run, owner in rows]
        return Answer(lines, [
            {"slot": run.index, "name": run.name, "address": run.first.addr, "pages": run.pages,
             "phys": run.first.entry.phys, "owner": owner} for run, owner in rows])

    @staticmethod
    def runs(kernel):
        """The mapped slots, ascending by address and so descending by number."""
        constants, names, runs = kernel.constants, slot_names(), []
        top = constants["FIXADDR_TOP"]
        start = top - constants["__end_of_fixed_addresses"] * PAGE
        half = kernel.half(start)
        for found in scan(half.format, half.table, start, top + PAGE, kernel.memory.read):
            if found.entry.kind != "leaf":
                continue
            index = (top - found.addr) // PAGE
            name = slot_name(constants, names, index)
            if not runs or not runs[-1].takes(name, found):
                runs.append(Run(index, name, found))
        return runs


Fixmap()
