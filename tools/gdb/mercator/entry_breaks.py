# SPDX-License-Identifier: MIT
"""Breakpoints on page table entries: what `mc break` sets.

Each keeps watchpoints on some pieces of page tables, at all addresses that the pieces have. A store
to a table may lead to other tables, so the watchpoints follow: at the stop that shows the store, or
without one where the breakpoint waits for something else.

GDB drops a hit when the bytes at the watchpoint's address are those that it saw there last. Two
things would make that wrong. A store through another alias may have come between: so when a piece
has changed, its other watchpoints are told to look again. And a fixmap window shows one table after
the other: there, reads are hits as well, and no hit is dropped. A breakpoint remembers what it saw
and decides by what memory holds, so neither a read nor a store to another table is a stop.
"""

import struct

import gdb

from mercator.aliases import PLACES_LINEAR_MAP, aliases, ram_start, windows
from mercator.kernel import Kernel, Refused
from mercator.report import words_of
from mercator.stores import text_of, who_stored
from mercator.tables import Unreadable, scan, walk
from mercator.target import PAGE, read, set_physical

WORD = 8     # bytes of the variable that places the linear map
BREAKS = []  # all that are set, by number


class Watchpoint(gdb.Breakpoint):
    """One address that some pieces of tables may have. GDB shows neither it nor its stop."""

    def __init__(self, owner, place):
        addr, size = place
        super().__init__(f"*(unsigned char (*)[{size}]) {addr:#x}", type=gdb.BP_WATCHPOINT,
                         wp_class=gdb.WP_ACCESS if place in owner.windows else gdb.WP_WRITE,
                         internal=True)
        self.silent, self.owner, self.place = True, owner, place

    def stop(self):
        return self.owner.hit(self.place)

    def look_again(self):
        """GDB reads the bytes anew when a watchpoint is enabled."""
        self.enabled = False
        self.enabled = True


class EntryBreak:
    """The base: a number, watchpoints, and the reports of the stop that is being made."""

    kind, what = "", ""

    def __init__(self, kernel, addr):
        self.number = max((other.number for other in BREAKS), default=0) + 1
        self.addr, self.reports = addr, []
        self.watchpoints, self.wanted = {}, {}  # by place; which pieces may be there
        self.windows = set()  # the places in fixmap windows
        self.contents = {}  # of the pieces: their bytes as they were seen last
        self.half = self.half_of(kernel)
        if self.half is None:
            raise Refused(f"0x{addr:x} is in neither half: no table will translate it")
        self.look(kernel)
        self.plan(kernel)

    def half_of(self, kernel):
        """The tables to watch. They stay the same ones: a program's may be switched away."""
        return kernel.half(self.addr)

    def look(self, kernel):
        """Reads what is watched. Returns the changes since the last look that are worth a stop,
        as lists of lines."""
        raise NotImplementedError

    def pieces(self):
        """(physical address, size) of what is to be watched from now on."""
        raise NotImplementedError

    def hit(self, place):
        """Something at this place was read or written. True: a stop."""
        pieces = self.changed_pieces(self.wanted.get(place, []))
        for other, watchpoint in self.watchpoints.items():
            if other != place and not set(pieces).isdisjoint(self.wanted.get(other, [])):
                watchpoint.look_again()
        return any([self.matters(*piece) for piece in pieces.items()]) and self.look_closely()

    def look_closely(self):
        """Something changed that may be worth a stop, or lead to other tables."""
        with Kernel() as kernel:
            changes = self.look(kernel)
            self.plan(kernel)
        if changes:
            stored = text_of(who_stored(kernel))
            self.reports += [[*lines, f"  by   {stored}"] for lines in changes]
        self.add_watchpoints()
        return bool(changes)

    def changed_pieces(self, pieces):
        """{piece: (its bytes before, its bytes now)} of those that changed. Many hits are none."""
        physical = set_physical(True)
        try:
            now = {piece: read(*piece) if physical else None for piece in pieces}
        finally:
            set_physical(False)
        found = {piece: (self.contents.get(piece), bytes_) for piece, bytes_ in now.items()
                 if bytes_ is None or self.contents.get(piece) != bytes_}
        self.contents.update((piece, after) for piece, (_, after) in found.items())
        return found

    def matters(self, piece, change):
        """Whether a change of a piece is one to look at closely."""
        return True

    # --- watchpoints ---

    def plan(self, kernel):
        """Decides where watchpoints have to be, and notes what is there."""
        self.wanted, self.windows = {}, set()
        pieces = self.pieces()
        if ram_start(kernel) is None:  # the linear map adds an alias, once it has a place
            pieces.append((kernel.physical_of_symbol(PLACES_LINEAR_MAP), WORD))
        for phys, size in pieces:
            for addr in aliases(kernel, phys):
                self.wanted.setdefault((addr, size), []).append((phys, size))
            self.windows |= {(addr, size) for addr in windows(kernel, phys)}
        for place in self.windows:
            self.wanted[place] = [piece for piece in pieces if piece[1] == place[1]
                                  and piece[0] % PAGE == place[0] % PAGE]
        self.contents = {piece: kernel.memory.read(*piece) for piece in pieces}

    def add_watchpoints(self):
        for place in self.wanted:
            if place not in self.watchpoints:
                self.watchpoints[place] = Watchpoint(self, place)

    def drop_watchpoints(self, keep=()):
        for place in [place for place in self.watchpoints if place not in keep]:
            self.watchpoints.pop(place).delete()

    def show(self):
        """One line for `mc break list`."""
        return f"{self.number:<3} {self.kind:<6} 0x{self.addr:x}: {self.what}"


def value_text(fmt, value):
    return f"0x{value:0{2 * fmt.entry_size}x}"


def store_lines(fmt, title, level, before, after):
    """What was and what is, for one entry."""
    return [title] + [f"  {name}  {value_text(fmt, value)}  {words_of(fmt, level, value)}"
                      for name, value in (("was", before), ("is ", after))]


class OneAddress(EntryBreak):
    """Watches the entries on the way to one virtual address."""

    def look(self, kernel):
        before, self.steps = getattr(self, "steps", None), walk(
            self.half.format, self.half.table, self.addr, kernel.memory.read)
        return self.compare(before, self.steps) if before else []

    def compare(self, before, after):
        raise NotImplementedError

    def pieces(self):
        size = self.half.format.entry_size
        return [(step.table + step.index * size, size) for step in self.steps]

    def lines(self, title, old, new):
        at = f"  at   physical 0x{new.table + new.index * self.half.format.entry_size:x}, index"\
             f" {new.index} of the {new.level.name} table"
        return [*store_lines(self.half.format, title, new.level, old.value, new.value), at]


class StoreBreak(OneAddress):
    """Stops at each store to an entry on the way. What it stores below an entry that leads nowhere
    cannot be seen, and is no part of the way yet."""

    kind, what = "entry", "each store to an entry that translates it"

    def compare(self, before, after):
        return [self.lines(f"mc break {self.number}: the {new.level.name} entry of 0x{self.addr:x}"
                           " was stored", old, new)
                for old, new in zip(before, after)
                if (old.table, old.index) == (new.table, new.index) and old.value != new.value]


class UnmapBreak(OneAddress):
    """Stops when the address loses its mapping."""

    kind, what = "unmap", "the store that takes its mapping away"

    def compare(self, before, after):
        if before[-1].entry.kind != "leaf" or after[-1].entry.kind == "leaf":
            return []
        old = before[len(after) - 1]
        return [self.lines(f"mc break {self.number}: 0x{self.addr:x} is no longer mapped to"
                           f" physical 0x{before[-1].physical(self.addr):x}", old, after[-1])]


class MapBreak(EntryBreak):
    """Stops when an address of the kernel's half gets mapped to a physical one. Watches all tables
    of that half, and those that appear."""

    kind, what = "map", "each store that maps it in the kernel's half"

    def half_of(self, kernel):
        return kernel.half(kernel.constants["KERNEL_HALF_START"])

    def look(self, kernel):
        first, start = not hasattr(self, "tables"), kernel.constants["KERNEL_HALF_START"]
        self.tables, self.levels = {}, {}  # by physical address: size, level
        known, self.known = getattr(self, "known", {}), {}
        self.note_table(self.half.format.levels, self.half.table, start)
        for found in scan(self.half.format, self.half.table, start, self.half.end,
                          kernel.memory.read):
            if found.entry.kind == "table":
                self.note_table(self.half.format.levels[
                    self.half.format.levels.index(found.level) + 1:], found.entry.phys, found.addr)
            elif self.maps(found):
                self.known[found.addr] = found
        return [] if first else [self.lines(found) for addr, found in self.known.items()
                                 if addr not in known]

    def matters(self, piece, change):
        """Most stores to a table map something else, and lead to no table."""
        level, fmt = self.levels.get(piece[0]), self.half.format
        if level is None or None in change:
            return True
        before, after = (struct.unpack(f"<{len(side) // fmt.entry_size}{fmt.entry_code}", side)
                         for side in change)
        entries = [fmt.decode(level, value) for pair in zip(before, after) if pair[0] != pair[1]
                   for value in pair]
        return any(entry.kind == "table" or 0 <= self.addr - entry.phys < entry.size
                   for entry in entries)

    def maps(self, found):
        entry = found.entry
        if entry.kind != "leaf" or not entry.phys <= self.addr < entry.phys + entry.size:
            return False
        part = 1 << found.level.shift  # one of 16 equal entries covers a part of the leaf
        return self.addr % entry.size // part == found.addr % entry.size // part

    def note_table(self, levels, phys, addr):
        """Of the first table, the part behind the start of the half is watched."""
        fmt, level = self.half.format, levels[0]
        first = fmt.index(level, addr) if phys == self.half.table else 0
        at = phys + first * fmt.entry_size
        self.tables[at], self.levels[at] = (level.entries - first) * fmt.entry_size, level

    def pieces(self):
        return list(self.tables.items())

    def lines(self, found):
        virtual = found.addr + self.addr % (1 << found.level.shift)
        return store_lines(
            self.half.format, f"mc break {self.number}: physical 0x{self.addr:x} is mapped at"
            f" 0x{virtual:x}, by a {found.level.name} entry", found.level, 0, found.value)


KINDS = {kind.kind: kind for kind in (StoreBreak, MapBreak, UnmapBreak)}


def find_break(word):
    """The breakpoint of a number that the user typed."""
    found = next((one for one in BREAKS if str(one.number) == word), None)
    if found is None:
        raise Refused(f"there is no breakpoint {word}: `mc break list` lists them")
    return found


def delete(some):
    for one in list(some):
        one.drop_watchpoints()
        BREAKS.remove(one)


def reported(_event):
    """At every stop: says what stored breakpoints saw, and moves the watchpoints along."""
    reports = [report for one in BREAKS for report in one.reports]
    for one in BREAKS:
        one.reports = []
        if not all(watchpoint.is_valid() for watchpoint in one.watchpoints.values()):
            one.watchpoints = {}  # `delete` takes all breakpoints of GDB, and these with them
    if BREAKS:
        move_watchpoints()
    for report in reports:
        gdb.write("".join(f"{line}\n" for line in report))


def move_watchpoints():
    try:
        with Kernel() as kernel:
            for one in BREAKS:
                one.plan(kernel)
    except (Refused, Unreadable):
        return  # not in the kernel: nothing to follow
    for one in BREAKS:
        one.add_watchpoints()
        one.drop_watchpoints(keep=one.wanted)


gdb.events.stop.connect(reported)
