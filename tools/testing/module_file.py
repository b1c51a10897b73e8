# SPDX-License-Identifier: MIT
"""A module's file as bytes that can be damaged by name: its header, section headers, symbols."""

import struct

# Field names with the letters of struct, for 32 and 64 bits.
HEADER = {"ident": "16s", "type": "H", "machine": "H", "version": "I", "entry": "P", "phoff": "P",
          "shoff": "P", "flags": "I", "ehsize": "H", "phentsize": "H", "phnum": "H",
          "shentsize": "H", "shnum": "H", "shstrndx": "H"}
SECTION = {"name": "I", "type": "I", "flags": "P", "addr": "P", "offset": "P", "size": "P",
           "link": "I", "info": "I", "addralign": "P", "entsize": "P"}
SYMBOL = {32: {"name": "I", "value": "P", "size": "P", "info": "B", "other": "B", "shndx": "H"},
          64: {"name": "I", "info": "B", "other": "B", "shndx": "H", "value": "P", "size": "P"}}
RELOC = {32: {"offset": "I", "info": "I"}, 64: {"offset": "Q", "info": "Q", "addend": "q"}}


class ModuleFile:
    """data is a bytearray; each set_ method changes a field in it."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.bits = 32 * data[4]

    def _place(self, fields, name):
        """(offset of the field, its struct format)"""
        forms = [form.replace("P", "I" if self.bits == 32 else "Q") for form in fields.values()]
        index = list(fields).index(name)
        return struct.calcsize("<" + "".join(forms[:index])), "<" + forms[index]

    def _size(self, fields):
        return struct.calcsize("<" + "".join(fields.values()).replace(
            "P", "I" if self.bits == 32 else "Q"))

    def _get(self, base, fields, name):
        offset, form = self._place(fields, name)
        return struct.unpack_from(form, self.data, base + offset)[0]

    def _set(self, base, fields, values):
        for name, value in values.items():
            offset, form = self._place(fields, name)
            struct.pack_into(form, self.data, base + offset, value)
        return self

    def header(self, name):
        return self._get(0, HEADER, name)

    def set_header(self, **values):
        return self._set(0, HEADER, values)

    def _section_base(self, number):
        return self.header("shoff") + number * self._size(SECTION)

    def section(self, number, name):
        return self._get(self._section_base(number), SECTION, name)

    def section_name(self, number):
        start = self.section(self.header("shstrndx"), "offset") + self.section(number, "name")
        return self.data[start:self.data.index(0, start)].decode()

    def find(self, name):
        """The number of a section."""
        return next(n for n in range(self.header("shnum")) if self.section_name(n) == name)

    def set_section(self, name, **values):
        number = name if isinstance(name, int) else self.find(name)
        return self._set(self._section_base(number), SECTION, values)

    def set_symbol(self, number, **values):
        base = self.section(self.find(".symtab"), "offset")
        return self._set(base + number * self._size(SYMBOL[self.bits]), SYMBOL[self.bits], values)

    def set_reloc(self, section, number, **values):
        """section: that of the relocations, .rel.text or .rela.text."""
        base = self.section(self.find(section), "offset")
        return self._set(base + number * self._size(RELOC[self.bits]), RELOC[self.bits], values)

    def replace(self, old, new):
        assert len(old) == len(new) and old in self.data
        self.data[:] = self.data.replace(old, new, 1)
        return self
