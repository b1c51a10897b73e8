# SPDX-License-Identifier: MIT
"""The kernel's ELF file: where it is linked, its symbols, and its bytes as the linker wrote them.

GDB moves its symbols about (places.py); the file says where each lies when the MMU is on, which is
what a pointer in the kernel's memory means. Pure Python, without GDB.
"""

import bisect
import struct
from typing import NamedTuple

CLASS_64 = 2
MACHINES = {40: "arm", 183: "arm64"}
SHT_SYMTAB, SHT_NOBITS, SHF_ALLOC = 2, 8, 2
STT_FILE, STB_LOCAL, SHN_UNDEF = 4, 0, 0
CODE = (("_text", "_etext"), ("__inittext_begin", "__inittext_end"))


class Section(NamedTuple):
    name: int
    kind: int
    flags: int
    addr: int
    offset: int
    size: int
    link: int
    info: int
    align: int


class Symbol(NamedTuple):
    name: str
    addr: int
    size: int
    is_global: bool  # for other files to use, and defined in this one


class ElfFile:
    """Sections and symbols of one file, read when it is made. Of a name that is there several
    times, a global symbol is the one that counts: they are the last ones of a table."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:4] != b"\x7fELF":
            raise ValueError(f"{path} is not an ELF file")
        self.wide = self.data[4] == CLASS_64
        self.machine = struct.unpack_from("<H", self.data, 18)[0]
        self.sections = list(self._sections())
        self.symbols = {symbol.name: symbol for symbol in self._symbols()}

    def _headers(self):
        """Where in the file the header of each section is."""
        at, size, count = struct.unpack_from("<Q10xHH" if self.wide else "<I10xHH", self.data,
                                             40 if self.wide else 32)
        return range(at, at + count * size, size)

    def _sections(self):
        form = "<IIQQQQIIQ" if self.wide else "<IIIIIIIII"
        for at in self._headers():
            yield Section(*struct.unpack_from(form, self.data, at))

    def placed(self, places):
        """The file with the addresses of {section name: address} in its headers."""
        data, (form, addr) = bytearray(self.data), ("<Q", 16) if self.wide else ("<I", 12)
        for at, section in zip(self._headers(), self.sections):
            if self.section_name(section) in places:
                struct.pack_into(form, data, at + addr, places[self.section_name(section)])
        return data

    def section_name(self, section):
        index, = struct.unpack_from("<H", self.data, 62 if self.wide else 50)
        start = self.sections[index].offset + section.name
        return self.data[start:self.data.index(b"\0", start)].decode("ascii", "replace")

    def _symbols(self):
        table = next((section for section in self.sections if section.kind == SHT_SYMTAB), None)
        if table is None:
            return
        names = self.sections[table.link].offset
        form = struct.Struct("<IBBHQQ" if self.wide else "<IIIBBH")
        for at in range(table.offset, table.offset + table.size, form.size):
            values = form.unpack_from(self.data, at)
            name, info, section, addr, size = (
                (values[0], values[1], *values[3:]) if self.wide
                else (values[0], values[3], values[5], values[1], values[2]))
            start = names + name
            if name and info & 0xf != STT_FILE:
                text = self.data[start:self.data.index(b"\0", start)].decode("ascii", "replace")
                yield Symbol(text, addr, size, info >> 4 != STB_LOCAL and section != SHN_UNDEF)

    def address(self, name):
        """Where a symbol is linked. KeyError: there is no such symbol."""
        return self.symbols[name].addr

    def read(self, addr, size):
        """Bytes as linked: those of .bss are 0. None when the range is not all in the file."""
        for section in self.sections:
            if section.flags & SHF_ALLOC and section.addr <= addr and \
               addr + size <= section.addr + section.size:
                if section.kind == SHT_NOBITS:
                    return bytes(size)
                start = section.offset + addr - section.addr
                return self.data[start:start + size]
        return None


class Elf(ElfFile):
    """The kernel's file."""

    def __init__(self, path):
        super().__init__(path)
        if self.machine not in MACHINES:
            raise ValueError(f"{path} is for machine {self.machine}, not for arm or arm64")
        self.arch = MACHINES[self.machine]
        self.pointer = 8 if self.wide else 4
        if "kallsyms_num" not in self.symbols:
            raise ValueError(f"{path} is not Mercator's kernel, or has lost its symbols")
        self.start, self.end = self.address("_text"), self.address("_end")
        self.names = CodeNames(self)


class CodeNames:
    """%pS: the name of a code address, from the table that the build puts into the image."""

    def __init__(self, elf):
        word = struct.Struct("<I")
        count = word.unpack(elf.read(elf.address("kallsyms_num"), 4))[0]

        def numbers(name):
            return struct.unpack(f"<{count}I", elf.read(elf.address(name), 4 * count))

        self.code = [(elf.address(start), elf.address(end)) for start, end in CODE]
        self.base, self.offsets = elf.start, numbers("kallsyms_offsets")
        self.name_offsets, self.elf = numbers("kallsyms_name_offsets"), elf
        self.names = elf.address("kallsyms_names")

    def find(self, addr):
        """(name, offset, length), or None when addr is not kernel code."""
        if not any(start <= addr < end for start, end in self.code):
            return None
        n = bisect.bisect_right(self.offsets, addr - self.base) - 1
        text, start = b"", self.names + self.name_offsets[n]
        while b"\0" not in text:
            text += self.elf.read(start + len(text), 16)
        start, end = self.offsets[n], self.offsets[n + 1]
        return text.split(b"\0")[0].decode(), addr - self.base - start, end - start

    def text(self, addr):
        """As the kernel prints it: name+0xoff/0xlen, or the bare address."""
        found = self.find(addr)
        return f"{found[0]}+0x{found[1]:x}/0x{found[2]:x}" if found else f"0x{addr:x}"
