# SPDX-License-Identifier: MIT
"""`mc who-wrote`: backwards to the store that made an entry what it is.

In a replay, GDB can run the machine backwards, to the last hit of a watchpoint. QEMU says neither
which watchpoint that was, nor whether the store changed anything. So memory decides: a hit counts
when the entry was another one an instruction earlier. If not, the search goes on.
"""

import contextlib
import os
import re
import tempfile
from typing import NamedTuple

import gdb

from mercator.aliases import aliases, windows
from mercator.command import Answer, Command
from mercator.entry_breaks import BREAKS, store_lines
from mercator.image import Refused
from mercator.kernel import Kernel, elf_file
from mercator.stores import text_of, who_stored
from mercator.tables import Step, walk
from mercator.target import read, set_physical

STDOUT = 1  # the file descriptor
RECORD = re.compile(rb"\d*[*=+^][a-z]")  # what GDB tells an editor of stops and breakpoints


def position():
    """How many instructions of the recording have been executed; None: this is not a replay."""
    try:
        text = gdb.execute("monitor info replay", to_string=True)
    except gdb.error:  # the stub is not QEMU's
        return None
    found = re.search(r"Replaying.*instruction count = (\d+)", text)
    return int(found[1]) if found else None


class EntryPlace(NamedTuple):
    """The entry that decides about an address: the last one on the way to it."""
    fmt: object
    step: Step
    phys: int
    addresses: list  # all through which it is stored to, now or earlier in the boot

    @classmethod
    def of(cls, kernel, addr):
        kernel.require()
        half = kernel.half(addr)
        if half is None:
            raise Refused(f"0x{addr:x} is in neither half: no table translates it")
        step = walk(half.format, half.table, addr, kernel.memory.read)[-1]
        phys = step.table + step.index * half.format.entry_size
        found = [phys, *aliases(kernel, phys), *windows(kernel, phys)]
        return cls(half.format, step, phys, list(dict.fromkeys(found)))

    def value(self):
        """What memory holds there now."""
        set_physical(True)
        try:
            return int.from_bytes(read(self.phys, self.fmt.entry_size), "little")
        finally:
            set_physical(False)


def watch(place):
    """Watchpoints on all addresses of an entry. GDB does not show them."""
    return [gdb.Breakpoint(f"*(unsigned char (*)[{place.fmt.entry_size}]) {addr:#x}",
                           type=gdb.BP_WATCHPOINT, wp_class=gdb.WP_WRITE, internal=True)
            for addr in place.addresses]


@contextlib.contextmanager
def quiet():
    """GDB tells the terminal of each stop; neither gdb.execute() nor GDB's log holds that back. So
    its output goes to a file as long as the search lasts. An editor gets its records afterwards, or
    it would go on to show where the machine was before."""
    gdb.flush()
    with tempfile.TemporaryFile() as file:
        output = os.dup(STDOUT)
        os.dup2(file.fileno(), STDOUT)
        try:
            yield
        finally:
            gdb.flush()
            os.dup2(output, STDOUT)
            os.close(output)
            file.seek(0)
            for line in file:
                if RECORD.match(line):
                    os.write(STDOUT, line)


def run_back(place):
    """Runs backwards to just before the store that changed the entry to what it is. Returns what it
    was; None: the entry has been the same since the first instruction, where the machine is now."""
    now = place.step.value
    while position():
        gdb.execute("reverse-stepi")
        before = place.value()
        if before != now:
            return before
        gdb.execute("stepi")  # QEMU looks for hits before this point only, so return to it
        gdb.execute("reverse-continue")  # to just behind the store
        if place.value() != now:
            raise Refused("a store was passed that no watchpoint saw: the machine is at"
                          f" instruction {position()} now")
    return None


def search(place):
    """run_back(), without the user's own breakpoints on the way."""
    others = [one for one in gdb.breakpoints() if one.enabled]
    watchpoints = []
    try:
        for one in others:
            one.enabled = False
        watchpoints = watch(place)
        with quiet():
            return run_back(place)
    finally:
        for one in watchpoints:
            one.delete()
        for one in others:
            one.enabled = True


class WhoWrote(Command):
    """mc who-wrote [-json] ADDR: run backwards to the store that wrote the entry of ADDR.

    In a `make replay` only. The entry is the last one on the way to ADDR, whether it maps ADDR or
    says that nothing does. The answer: what the entry was and is, which function stored it, and the
    stack there. The machine then stands just before the store: `stepi` does it, `continue` goes on.
    Your breakpoints do not stop the search."""

    name, usage, addresses = "who-wrote", "ADDR", True

    def before(self, words, flags):
        if position() is None:
            arch = elf_file().arch
            raise Refused(f"this machine cannot run backwards: `make record ARCH={arch}`, then"
                          f" `make replay ARCH={arch}`, and ask there")
        if BREAKS:
            raise Refused("it runs backwards over stores at which `mc break` would stop: `mc break"
                          " delete` first")
        with Kernel() as kernel:
            self.place = EntryPlace.of(kernel, words)
        self.was = search(self.place)
        if self.was is None:
            raise Refused(f"no store changed the {self.place.step.level.name} entry of"
                          f" 0x{words:x} since the first instruction, where the machine is now")
        self.count, self.stack = position(), gdb.execute(
            "backtrace -frame-arguments presence", to_string=True).splitlines()
        with Kernel() as kernel:
            pass  # the stack is read by the processor's addresses
        self.stored = who_stored(kernel, kernel.world.pc)

    def answer(self, kernel, words, flags):
        fmt, step = self.place.fmt, self.place.step
        lines = [*store_lines(fmt, f"The {step.level.name} entry of 0x{words:x}, stored after"
                              f" {self.count} instructions:", step.level, self.was, step.value),
                 f"  at   physical 0x{self.place.phys:x}, index {step.index} of the"
                 f" {step.level.name} table",
                 f"  by   {text_of(self.stored)}",
                 "The machine stands before the store; `stepi` does it. The stack:", *self.stack]
        function, line, callers = self.stored
        return Answer(lines, {"address": words, "level": step.level.name, "was": self.was,
                              "is": step.value, "physical": self.place.phys, "count": self.count,
                              "function": function, "line": line, "callers": callers})


WhoWrote()
