# SPDX-License-Identifier: MIT
"""`mc walk` and `mc who`: where an address leads, and what it belongs to."""

import re

import gdb

from mercator import processor, report
from mercator.command import Answer, Command
from mercator.owner import describe_address
from mercator.tables import walk


def qemu_walk(addr):
    """QEMU's own translation, for the selected processor. None: there is none; False: the stub
    is not QEMU's."""
    thread = gdb.selected_thread()
    try:
        gdb.execute(f"monitor cpu {thread.num - 1}", to_string=True)
        text = gdb.execute(f"monitor gva2gpa 0x{addr:x}", to_string=True).strip()
    except gdb.error:
        return False
    found = re.fullmatch(r"gpa: (0x[0-9a-f]+)", text)
    if found:
        return int(found[1], 16)
    return None if text == "Unmapped" else False


def compare(kernel, addr, ours):
    """QEMU's walk beside ours, a physical address or None: (its answer, the line that says so)."""
    theirs = qemu_walk(addr)
    if theirs is False:
        return None, "QEMU       not asked: this stub has no gva2gpa"
    said = "nothing" if theirs is None else f"0x{theirs:016x}"
    if not kernel.world.mmu_on:
        verdict = "the MMU is off, so an address is physical"
    elif theirs == ours:
        verdict = "agree"
    else:
        verdict = f"differs, {why_it_differs(kernel, addr, theirs)}"
    return theirs, f"QEMU       {said}: {verdict}"


def why_it_differs(kernel, addr, theirs):
    active, own = kernel.world.half(addr), kernel.half(addr)
    if theirs is None and kernel.world.level() == 0:
        return "it was asked as a program, which may not access this"
    if active and own and active.table != own.table:
        return (f"{active.register} has a program's tables, at 0x{active.table:x}, whose copy of"
                " the kernel's entries lags behind")
    return "it reads other tables, or the entry forbids the access"


def step_data(fmt, step):
    return {"level": step.level.name, "table": step.table, "index": step.index,
            "entry": step.value, "kind": step.entry.kind,
            "words": report.words_of(fmt, step.level, step.value).split()}


class Walk(Command):
    """mc walk [-v] [-p] [-json] ADDR: the way through the page tables to where ADDR leads.

    What the shell's `walk` prints: the pieces of the address; for each level the table, the index,
    the entry and what it says; the physical address and the owner. The last line is QEMU's walk of
    the same tables (gva2gpa), for comparison. It is not the TLB.

    -v explains each word. -p asks the processor itself, as the shell does: the guest runs for that,
    so it is not done unasked. While the MMU is off, this is what will be translated once it is on.
    ADDR is any expression: `mc walk $sp`, `mc walk start_kernel`, `mc walk 0x9000000`."""

    name, usage, flags, addresses = "walk", "ADDR", ("-v", "-p"), True

    said = None  # the processor's answer, where it is wanted

    def before(self, words, flags):
        self.said = processor.ask(words) if "-p" in flags else None

    def answer(self, kernel, words, flags):
        addr, half = words, kernel.half(words)
        owner = describe_address(kernel, addr)
        if half is None:
            reason = kernel.world.problem or f"0x{addr:x} is in neither half"
            return Answer([reason], {"address": addr, "owner": owner, "problem": reason})
        steps = walk(half.format, half.table, addr, kernel.memory.read)
        ours = steps[-1].physical(addr) if steps[-1].entry.kind == "leaf" else None
        theirs, comparison = compare(kernel, addr, ours)
        lines = [*report.walk_lines(half.format, steps, addr, "-v" in flags),
                 f"owner      {owner}"]
        if self.said:
            last = report.words_of(half.format, steps[-1].level, steps[-1].value).split()
            lines.append(processor.line(self.said, ours, last))
        lines.append(comparison)
        if not kernel.world.mmu_on:
            lines.insert(0, f"The MMU is off. Once it is on, with {half.register} as it is now:")
        return Answer(lines, {
            "address": addr, "owner": owner, "register": half.register, "physical": ours,
            "steps": [step_data(half.format, step) for step in steps],
            "mmu": kernel.world.mmu_on, "qemu": theirs,
            "processor": self.said and self.said._asdict()})


class Who(Command):
    """mc who [-json] ADDR: what ADDR belongs to, in the words of describe_address().

    An area, and its guard page too, with its caller; lowmem, a fixmap slot, a part of the image."""

    name, usage, addresses = "who", "ADDR", True

    def answer(self, kernel, words, flags):
        owner = describe_address(kernel, words)
        return Answer([owner], {"address": words, "owner": owner})


Walk()
Who()
