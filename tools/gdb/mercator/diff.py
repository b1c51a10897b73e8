# SPDX-License-Identifier: MIT
"""`mc diff`: what changed in the kernel's tables and areas since the last stop.

The first call begins to watch: from then on, the state at each stop is kept until the next.
"""

import gdb

from mercator.areas import read_areas, row
from mercator.command import Answer, Command
from mercator.image import Refused
from mercator.kernel import Kernel
from mercator.report import words_of
from mercator.tables import Unreadable, scan


class Snapshot:
    """The entries of the kernel's half, tables included, and the rows of vmallocinfo."""

    def __init__(self, kernel):
        start = kernel.constants["KERNEL_HALF_START"]
        half = kernel.half(start)
        self.format = half.format
        self.entries = {(found.addr, found.level): found for found in scan(
            half.format, half.table, start, half.end, kernel.memory.read)}
        self.areas = [row(kernel, area) for area in read_areas(kernel)]


def describe_entries(fmt, entries):
    """One line for neighbouring entries that say the same: [(first address, line)]."""
    lines, behind = [], None
    for found in sorted(entries, key=lambda found: (found.addr, found.level)):
        size, entry = 1 << found.level.shift, found.entry
        words = words_of(fmt, found.level, found.value)
        following = (found.level, words, found.addr, entry.phys)
        if behind == following and entry.kind == "leaf":
            lines[-1][2] = found.addr + size
        else:
            lines.append([found, words, found.addr + size])
        behind = (found.level, words, found.addr + size, entry.phys + size)
    return [(found.addr, f"{found.level.name} 0x{found.addr:x}-0x{end:x} physical"
             f" 0x{found.entry.phys:x} {words}") for found, words, end in lines]


def differences(before, after):
    """Lines that begin with - (was) and + (is): areas first, then entries by address."""
    lines = [f"- {text}" for text in before.areas if text not in after.areas]
    lines += [f"+ {text}" for text in after.areas if text not in before.areas]
    entries = []
    for sign, here, there in (("-", before, after), ("+", after, before)):
        changed = [found for key, found in here.entries.items()
                   if key not in there.entries or there.entries[key].value != found.value]
        entries += [(addr, sign, text) for addr, text in describe_entries(here.format, changed)]
    entries.sort(key=lambda entry: (entry[0], entry[1] == "+"))
    return lines + [f"{sign} {text}" for _, sign, text in entries]


class Diff(Command):
    """mc diff [-json]: what changed in the kernel's tables and areas since the last stop.

    - was there, + is there now: rows of vmallocinfo, then entries of the tables. The first call
    begins to watch; after the next stop there is something to compare."""

    name = "diff"

    def __init__(self):
        super().__init__()
        self.states = []  # of the last two stops

    def answer(self, kernel, words, flags):
        if not self.states:
            self.states = [Snapshot(kernel)]
            gdb.events.stop.connect(self.stopped)
            return Answer(["Watching from here: `mc diff` after the next stop tells what changed."],
                          None)
        if len(self.states) == 1:
            return Answer(["The machine has not run since `mc diff` began to watch."], None)
        lines = differences(*self.states)
        return Answer(lines or ["Nothing changed in the kernel's tables and areas."], lines)

    def stopped(self, _):
        """At every stop. A machine that was reset has no kernel to look at for a while."""
        try:
            with Kernel() as kernel:
                self.states = [*self.states[-1:], Snapshot(kernel)]
        except (Refused, Unreadable):
            self.states = []
            gdb.events.stop.disconnect(self.stopped)


Diff()
