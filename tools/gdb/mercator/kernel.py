# SPDX-License-Identifier: MIT
"""The kernel's variables and records, read out of RAM whatever the processor is doing.

Types and offsets are the debug information's. Addresses are the ELF file's, which are virtual. They
are turned into physical ones as the processor would: by the kernel's own tables, or as long as
these do not exist, by the place where the image lies. So a command gives the same answer at the
first instruction, in a program, and after a panic.
"""

import os

import gdb

from mercator.constants import Constants
from mercator.elf import Elf
from mercator.image import Image, NotThere, Refused
from mercator.names import Names
from mercator.tables import Half, NotMapped, walk
from mercator.target import Memory
from mercator.world import World

PAGE = 4096


FILES = {}  # (path, time): what has been read of an ELF file


def elf_file():
    """The kernel's file, of those that GDB has symbols of."""
    for objfile in gdb.objfiles():
        path = objfile.filename
        if not path or not os.path.exists(path):
            continue
        key = (path, os.path.getmtime(path))
        if key not in FILES:
            try:
                FILES[key] = Elf(path)
            except ValueError:
                continue
        return FILES[key]
    raise Refused("no kernel: start GDB with build/ARCH/kernel.elf, or load it with `file`")


def offset_of(kind, path):
    """The offset in bytes of a member, or of a member's member: `area.list`."""
    kind, bits = gdb.lookup_type(kind), 0
    for name in path.split("."):
        field = kind.strip_typedefs()[name]
        bits, kind = bits + field.bitpos, field.type
    return bits // 8


def text_in(characters):
    """The text in an array of characters, or at a pointer that GDB can follow, whatever it is."""
    return characters.string(errors="replace")


class Kernel:
    """The kernel as it is now: a context manager around one command."""

    def __init__(self):
        if not gdb.selected_thread():
            raise Refused("no machine: `make debug` starts one, and `target remote` connects to"
                          " one that runs")
        self.elf = elf_file()
        self.constants = Constants(self.elf.arch, self._constant)
        self.world = World(self.constants)
        self.memory, self.names = Memory(), Names(self)
        self.place = self.home = None  # physical addresses of _text: now, and once it has moved
        self.halves, self.translations = self.world.halves, {}

    def __enter__(self):
        self.memory.__enter__()
        try:
            self._find_image()
        except BaseException:
            self.memory.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.memory.__exit__()

    def _constant(self, name):
        """A constant that depends on a variable of the running kernel."""
        if name not in self.elf.symbols:
            raise KeyError(name)
        return int(self.variable(name))

    def _find_image(self):
        image = Image(self.elf, self.constants, self.world, self.memory)
        self.place, self.home = image.place, image.home
        if self.place is None:
            return
        self.memory.ram = image.ram()
        self.halves = self.halves or self.world.future_halves(
            {name: self.physical_of_symbol(name)
             for name in ("swapper_pg_dir", "idmap_pg_dir") if name in self.elf.symbols})
        self.memory.ram += self._ram()

    def _ram(self):
        """What memblock says is RAM; nothing as long as boot has not told it."""
        memory = self.variable("memblock")["memory"]
        region = memory["regions"].type.target()
        count, at = int(memory["cnt"]), int(memory["regions"])
        rows = [self.value(region, at + n * region.sizeof) for n in range(count)]
        return [(int(row["base"]), int(row["base"]) + int(row["size"])) for row in rows]

    # --- addresses ---

    def require(self):
        """Refuses what needs the image, when that is not found."""
        if self.place is None:
            raise NotThere(f"the kernel of {gdb.objfiles()[0].filename} is not found in memory:"
                           f" the program counter, 0x{self.world.pc:x}, is outside of it"
                           " (`to-kernel` goes on to its first instruction)")

    def half(self, addr):
        """The tables that translate a virtual address: the kernel's own for its half."""
        found = next((half for half in self.halves if addr in half), None)
        if found and self.elf.arch == "arm" and addr >= self.constants["KERNEL_HALF_START"] \
           and self.home is not None:
            own = self.physical_of_symbol("swapper_pg_dir")
            if found.table != own:  # a program's: its copy of the kernel's entries may lag behind
                return Half("swapper_pg_dir", own, found.format, found.start, found.end)
        return found

    def physical_of_symbol(self, name):
        return self.home + self.elf.address(name) - self.elf.start

    def physical(self, addr):
        """The physical address of a virtual one. Unreadable: it has none."""
        if self.place is not None and self.elf.start <= addr < self.elf.end:
            return addr - self.elf.start + self.place
        page = addr // PAGE
        if page not in self.translations:
            self.translations[page] = self._translate(page * PAGE)
        return self.translations[page] + addr % PAGE

    def _translate(self, addr):
        half = self.half(addr) if self.world.mmu_on else None
        last = walk(half.format, half.table, addr, self.memory.read)[-1] if half else None
        if last is None or last.entry.kind != "leaf":
            raise NotMapped(addr)
        return last.physical(addr)

    # --- records ---

    def read(self, addr, size):
        """Bytes at a virtual address of the kernel."""
        self.require()
        block = b""
        while len(block) < size:
            part = min(size - len(block), PAGE - (addr + len(block)) % PAGE)
            block += self.memory.read(self.physical(addr + len(block)), part)
        return block

    def value(self, kind, addr):
        """The object of a type at an address: a gdb.Type, or its name."""
        kind = gdb.lookup_type(kind) if isinstance(kind, str) else kind
        return gdb.Value(self.read(int(addr), kind.strip_typedefs().sizeof), kind)

    def variable(self, name):
        """A variable of the kernel."""
        symbol = gdb.lookup_global_symbol(name) or gdb.lookup_static_symbol(name)
        if symbol is None or name not in self.elf.symbols:
            raise NotThere(f"{name}: the debug information has no such variable")
        kind = symbol.type
        if kind.code == gdb.TYPE_CODE_ARRAY:  # a declaration may leave out how many there are
            element = kind.target()
            kind = element.array(self.elf.symbols[name].size // element.sizeof - 1)
        return self.value(kind, self.elf.address(name))

    def bytes_of(self, name):
        """All of a variable."""
        return self.read(self.elf.address(name), self.elf.symbols[name].size)

    def target_of(self, pointer):
        """What a pointer points to."""
        return self.value(pointer.type.target(), pointer)

    def string(self, pointer, limit=4096):
        """The text at a pointer; None for NULL."""
        text, addr = b"", int(pointer)
        if not addr:
            return None
        while b"\0" not in text and len(text) < limit:
            text += self.read(addr + len(text), PAGE - (addr + len(text)) % PAGE)
        return text.split(b"\0")[0].decode("utf-8", "replace")
