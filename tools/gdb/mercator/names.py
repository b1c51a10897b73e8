# SPDX-License-Identifier: MIT
"""Names for code addresses, as %pS prints them: the image's, and those that modules registered.

kernel/base/symbols.c has the list of the modules' tables. The image's own names are in the file, so
they are known before anything runs.
"""

from typing import NamedTuple

from mercator.tables import Unreadable

LIMIT = 1 << 16  # tables, and names in one


class Table(NamedTuple):
    """A struct symbol_table, with its names: {address: name}, the first of equal addresses."""
    module: str
    start: int
    code_end: int
    end: int
    names: dict


class Names:
    """The names of a kernel as it is now; what cannot be read has none."""

    def __init__(self, kernel):
        self.kernel, self.image = kernel, kernel.elf.names
        self.tables = None  # read when a name is asked for that is not the image's

    def _read_tables(self):
        kernel, at = self.kernel, int(self.kernel.variable("symbol_tables"))
        while at and len(self.tables) < LIMIT:
            table = kernel.value("struct symbol_table", at)
            names, entry = {}, table["entries"].type.target()
            for n in range(min(int(table["count"]), LIMIT)):
                row = kernel.value(entry, int(table["entries"]) + n * entry.sizeof)
                names.setdefault(int(row["start"]), kernel.string(row["name"]))
            self.tables.append(Table(kernel.string(table["module"]), int(table["start"]),
                                     int(table["code_end"]), int(table["end"]), names))
            at = int(table["next"])

    def table(self, addr):
        """The table of the module that addr is in, or None."""
        if self.tables is None:
            self.tables = []
            if self.kernel.place is not None:
                try:
                    self._read_tables()
                except Unreadable:
                    pass  # boot has not come so far, or memory is damaged
        return next((table for table in self.tables if table.start <= addr < table.end), None)

    def find(self, addr):
        """(name, offset, length, module or None), or None when addr is not code."""
        found = self.image.find(addr)
        if found:
            return (*found, None)
        table = self.table(addr)
        if not table or addr >= table.code_end:
            return None
        start = max((at for at in table.names if at <= addr), default=None)
        if start is None:
            return None
        end = min((at for at in table.names if at > start), default=table.code_end)
        return table.names[start], addr - start, end - start, table.module

    def text(self, addr):
        """name+0xoff/0xlen, with [module] where it is one's, or the bare address."""
        found = self.find(addr)
        if not found:
            return f"0x{addr:x}"
        name, offset, length, module = found
        return f"{name}+0x{offset:x}/0x{length:x}" + (f" [{module}]" if module else "")
