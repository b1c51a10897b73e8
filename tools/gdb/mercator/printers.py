# SPDX-License-Identifier: MIT
"""How GDB prints the kernel's types: what they mean first, then their fields.

`print *kernel_pte(addr)` says where an entry leads, `print vmap_area_list` is the sequence of its
areas, `print *of_root` begins with a path. Addresses and descriptors are hexadecimal; counts stay
decimal, and `print/r` prints without all this.
"""

import gdb
import gdb.types

from mercator import report
from mercator.constants import Constants
from mercator.devicetree import value_text
from mercator.kernel import elf_file, offset_of, text_in
from mercator.world import FORMATS

# Types that hold addresses, and sizes and descriptors, which are read in hexadecimal, too.
NUMBERS = {"unsigned long", "phys_addr_t", "resource_size_t", "dma_addr_t",
           "pteval_t", "pmdval_t", "pudval_t", "pgdval_t"}
ENTRIES = {"pte_t": "pte", "pmd_t": "pmd", "pud_t": "pud", "pgd_t": "pgd"}

# What hangs on a list or tree that is a variable: the record, and its link. Other heads cannot be
# told from a link in the middle, so they print their fields.
CHAINS = {
    "vmap_area_list": ("struct vm_struct", "area.list"),
    "vmap_area_root": ("struct vm_struct", "area.rb_node"),
    "console_list": ("struct console", "list"),
}


OPTIMIZED_OUT = "<optimized out>"  # GDB's own words


class Hexadecimal:
    """A number as C writes it in hexadecimal."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return OPTIMIZED_OUT if self.value.is_optimized_out else f"{int(self.value):#x}"


class Entry:
    """A page-table entry: the descriptor, what it says, and where it leads."""

    def __init__(self, value, level):
        elf = elf_file()
        constants = Constants(elf.arch)
        self.format = FORMATS[elf.arch].Format(constants)
        self.level = next((found for found in self.format.levels if found.name == level), None)
        self.raw = None if value[level].is_optimized_out else int(value[level])

    def to_string(self):
        if self.raw is None:
            return OPTIMIZED_OUT
        entry = self.format.decode(self.level, self.raw)
        leads = f" -> 0x{entry.phys:x}" if entry.kind in ("leaf", "table") else ""
        return (f"0x{self.raw:0{2 * self.format.entry_size}x}"
                f" {report.words_of(self.format, self.level, self.raw)}{leads}")


class Record:
    """A struct: a summary, then its fields."""

    def __init__(self, value, summary):
        self.value, self.summary = value, summary

    def to_string(self):
        try:
            return self.summary(self.value)
        except gdb.error as error:  # a wild pointer, or a field that is optimized out
            return f"<{error}>"

    def children(self):
        for field in self.value.type.strip_typedefs().fields():
            yield field.name, self.value[field.name]


def text_of(pointer):
    return text_in(pointer) if int(pointer) else "<no name>"


def vm_struct(value):
    start, size = int(value["addr"]), int(value["size"])
    caller = elf_file().names.text(int(value["caller"]))
    return f"0x{start:x}-0x{start + size:x} {size} bytes, {caller}"


def vmap_area(value):
    return (f"0x{int(value['va_start']):x}-0x{int(value['va_end']):x}, largest gap below"
            f" 0x{int(value['subtree_max_gap']):x}")


def memblock_region(value):
    base, size = int(value["base"]), int(value["size"])
    return f"0x{base:x}-0x{base + size - 1:x}, {size >> 10} KiB"


def resource(value):
    return f"{int(value['start']):08x}-{int(value['end']):08x} : {text_of(value['name'])}"


def device_node(value):
    names = []
    while int(value["parent"]) and len(names) < 64:
        names.append(text_of(value["full_name"]))
        value = value["parent"].dereference()
    return "/" + "/".join(reversed(names))


def device_property(value):
    length = int(value["length"])
    data = gdb.selected_inferior().read_memory(int(value["value"]), length) if length else b""
    return f"{text_of(value['name'])} = {value_text(bytes(data))}"


def task_struct(value):
    stack = int(value["stack"])
    return f"pid {int(value['pid'])}, {text_in(value['comm'])}, stack at 0x{stack:x}"


SUMMARIES = {"vm_struct": vm_struct, "vmap_area": vmap_area, "memblock_region": memblock_region,
             "resource": resource, "device_node": device_node, "property": device_property,
             "task_struct": task_struct}


class Regions:
    """A memblock_type: its regions, of which the array has room for more."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return (f"{text_of(self.value['name'])}: {int(self.value['cnt'])} of"
                f" {int(self.value['max'])} regions, {int(self.value['total_size']) >> 10} KiB")

    def children(self):
        for n in range(int(self.value["cnt"])):
            yield f"[{n}]", self.value["regions"][n]


class Chain:
    """A list or a tree: pointers to its records, in order."""

    def __init__(self, addresses, kind, path):
        self.addresses, self.offset = list(addresses), offset_of(kind, path)
        self.kind = gdb.lookup_type(kind).pointer()
        self.name = kind

    def to_string(self):
        return f"{len(self.addresses)} of {self.name}"

    def children(self):
        for n, address in enumerate(self.addresses):
            yield f"[{n}]", gdb.Value(address - self.offset).cast(self.kind)

    def display_hint(self):
        return "array"


def links(head):
    """The addresses of a list's links, without its head."""
    start, link = int(head.address), head["next"]
    while int(link) not in (start, 0):
        yield int(link)
        link = link["next"]


def nodes(node, depth=0):
    """The addresses of a tree's nodes, in order."""
    if int(node) and depth < 64:
        yield from nodes(node["rb_left"], depth + 1)
        yield int(node)
        yield from nodes(node["rb_right"], depth + 1)


def variable_at(value):
    """The name of the variable that is this value; None for a part of one."""
    if value.address is None:
        return None
    text = str(value.address.cast(gdb.lookup_type("void").pointer()))
    name = text.partition("<")[2].rstrip(">")
    return name if name in CHAINS else None


def chain(value, kind):
    """The printer of a list or tree that is a variable of CHAINS; else none."""
    name = variable_at(value)
    if name is None:
        return None
    return Chain(links(value) if kind == "list_head" else nodes(value["rb_node"]), *CHAINS[name])


def printer(value):
    """The printer for a value, or None."""
    kind = value.type.unqualified()
    name = kind.name or ""
    if name in NUMBERS:
        return Hexadecimal(value)
    if name in ENTRIES and gdb.types.has_field(kind.strip_typedefs(), ENTRIES[name]):
        return Entry(value, ENTRIES[name])
    tag = kind.strip_typedefs().tag
    if tag in SUMMARIES:
        return Record(value, SUMMARIES[tag])
    if tag == "memblock_type":
        return Regions(value)
    return chain(value, tag) if tag in ("list_head", "rb_root") else None


gdb.pretty_printers.append(printer)
