# SPDX-License-Identifier: MIT
"""The walk to an address and the dump of a range in the kernel's own words.

The text is that of `walk` in the shell, and of /sys/kernel/debug/kernel_page_tables: what a student
sees in one place means the same in the other, and tests compare the two. Pure Python, without GDB.
"""

from mercator import fields
from mercator.tables import scan


def words_of(fmt, level, value):
    """What an entry says, in words."""
    entry = fmt.decode(level, value)
    if entry.kind in ("nothing", "invalid"):
        return entry.kind
    return " ".join(fields.words(fmt.fields(level, entry), value))


def heading(fmt):
    """The line above the rows of a walk."""
    width = 2 * fmt.entry_size + 2
    return f"level  {'table':<{width}}  index  {'entry':<{width}}  meaning"


def row(fmt, step):
    """One level of a walk: table, index, the entry as it is stored, and what it says."""
    digits = 2 * fmt.entry_size
    return (f"{step.level.name:<5}  0x{step.table:0{digits}x}  {step.index:5d}"
            f"  0x{step.value:0{digits}x}  {words_of(fmt, step.level, step.value)}")


def explained(fmt, step):
    """A line for each word of an entry that has a meaning."""
    if step.entry.kind in ("nothing", "invalid"):
        return []
    return [f"  {word:<17} {sentence}" for word, sentence in
            fields.sentences(fmt.fields(step.level, step.entry), step.value)]


def walk_lines(fmt, steps, addr, verbose=False):
    """The way to addr, from the pieces of the address to the physical address."""
    lines = [fmt.split(addr), heading(fmt)]
    for step in steps:
        lines.append(row(fmt, step))
        lines += explained(fmt, step) if verbose else []
    if steps[-1].entry.kind == "leaf":
        lines.append(f"physical   0x{steps[-1].physical(addr):016x}")
    return lines


def size_text(size):
    """A size in the largest unit that gives a whole number, in the dump's column."""
    units, size = "KMGTPE", size >> 10
    while size and not size % 1024 and len(units) > 1:
        units, size = units[1:], size >> 10
    return f"{size:9d}{units[0]}"


class Dump:
    """Collects neighbouring entries that say the same into one line, and sets the markers.

    markers: {address: [text, ...]}, the names of the regions that end or begin there. What entries
    say is their level and the text behind the size; None: a hole, which has no line."""

    def __init__(self, fmt, markers):
        self.format, self.markers = fmt, sorted(markers.items(), reverse=True)
        self.lines, self.start, self.said = [], 0, None

    def note(self, addr, said):
        """From addr on, entries say this."""
        if said == self.said and not (self.markers and self.markers[-1][0] <= addr):
            return
        self.end_line(addr)
        while self.markers and self.markers[-1][0] <= addr:
            self.lines += [f"---[ {text} ]---" for text in self.markers.pop()[1]]
        self.start, self.said = addr, said

    def end_line(self, end):
        if self.said is None:
            return
        bits = self.format.address_bits
        start, behind = f"{self.start:0{bits // 4}x}", f"{end % (1 << bits):0{bits // 4}x}"
        self.lines.append(f"0x{start}-0x{behind}   {size_text(end - self.start)}{self.said[1]}")

    def add(self, found):
        prefix = self.format.prefix(found.level, found.above)
        rows = self.format.fields(found.level, found.entry)
        self.note(found.addr, (found.level, f"{' ' * bool(prefix)}{prefix}"
                               f"{fields.columns(rows, found.value)}"))


def dump_lines(fmt, table, start, end, read, markers):
    """The dump of [start, end) in a first-level table."""
    dump, behind = Dump(fmt, {at: text for at, text in markers.items() if start <= at < end}), start
    for found in scan(fmt, table, start, end, read):
        if found.entry.kind == "table":
            continue
        if found.addr != behind:
            dump.note(behind, None)
        dump.add(found)
        behind = found.addr + (1 << found.level.shift)
    if behind != end:
        dump.note(behind, None)
    dump.note(end, None)
    return dump.lines
