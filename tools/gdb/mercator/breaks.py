# SPDX-License-Identifier: MIT
"""`mc break`: breakpoints on page table entries, and their list."""

import gdb

from mercator import entry_breaks
from mercator.command import Answer, Command, starting
from mercator.entry_breaks import BREAKS, KINDS


class BreakPrefix(gdb.Command):
    """mc break entry|map|unmap|list|delete: stop where a page table entry is stored.

    Each stop says what the entry was, what it is, and which function stored it, with its callers.
    They last until `mc break delete`; GDB's own list does not show them."""

    def __init__(self):
        super().__init__("mc break", gdb.COMMAND_BREAKPOINTS, gdb.COMPLETE_NONE, True)

    def invoke(self, argument, from_tty):
        if argument:
            raise gdb.GdbError(f"mc break: there is no {argument.split()[0]}: `help mc break` lists"
                               " what there is")
        gdb.execute("mc break list", from_tty)


class SetBreak(Command):
    """The base: sets a breakpoint of KINDS on an address."""

    usage, addresses = "ADDR", True

    def answer(self, kernel, words, flags):
        kernel.require()
        new = KINDS[self.name.split()[1]](kernel, words)
        BREAKS.append(new)
        return Answer([new.show()], {"number": new.number, "kind": new.kind, "address": new.addr})

    def invoke(self, argument, from_tty):
        super().invoke(argument, from_tty)
        BREAKS[-1].add_watchpoints()  # now that GDB's addresses are the processor's again


class BreakEntry(SetBreak):
    """mc break entry [-json] ADDR: stop at each store to an entry that translates ADDR.

    At any level: when a table for ADDR appears, when its last entry is made, changed or cleared.
    Watchpoints follow the tables and know all addresses through which the kernel writes them. Of a
    section pair or a supersection, only the descriptor of ADDR counts, so they stop once. A store
    that leaves the entry as it was is not a stop."""

    name = "break entry"


class BreakMap(SetBreak):
    """mc break map [-json] PHYS: stop at each store that maps PHYS in the kernel's half.

    For the question: which address will it get, and who maps it? All tables of the kernel's half
    are watched, and tables that appear. The kernel runs slower as long as this is set."""

    name, usage = "break map", "PHYS"


class BreakUnmap(SetBreak):
    """mc break unmap [-json] ADDR: stop at the store that takes the mapping of ADDR away.

    ADDR need not be mapped yet."""

    name = "break unmap"


class BreakList(Command):
    """mc break list [-json]: the breakpoints on entries, with their numbers."""

    name = "break list"

    def answer(self, kernel, words, flags):
        return Answer([one.show() for one in BREAKS] or ["No breakpoints on entries."],
                      [{"number": one.number, "kind": one.kind, "address": one.addr}
                       for one in BREAKS])


class BreakDelete(Command):
    """mc break delete [-json] [NUMBER]: delete a breakpoint on an entry, or all of them."""

    name, usage, words = "break delete", "[NUMBER]", (0, 1)

    def complete(self, _text, word):
        return starting([str(one.number) for one in BREAKS], word)

    def answer(self, kernel, words, flags):
        gone = [entry_breaks.find_break(word) for word in words] or list(BREAKS)
        entry_breaks.delete(gone)
        return Answer([f"Deleted: {one.show()}" for one in gone] or ["There is none."],
                      [one.number for one in gone])


BreakPrefix()
BreakEntry()
BreakMap()
BreakUnmap()
BreakList()
BreakDelete()
