# SPDX-License-Identifier: MIT
"""`mc where`: which world this is, and what the next instruction's address means in it."""

import gdb

from mercator import report
from mercator.command import Answer, Command
from mercator.kernel import offset_of, text_in
from mercator.owner import describe_address
from mercator.tables import Unreadable, walk


def table_name(kernel, phys):
    """Whose tables these are: a symbol of the image, or a task's."""
    if kernel.home is None:
        return "firmware's"
    link = phys - kernel.home + kernel.elf.start
    for symbol in kernel.elf.symbols.values():
        if symbol.addr == link and symbol.name.endswith("pg_dir"):
            return symbol.name
    return task_of_tables(kernel, phys) or "not the kernel's"


def task_of_tables(kernel, phys):
    """The task whose mm has these tables; None, also before there are tasks."""
    try:
        first = kernel.elf.address("init_task")
        offset, at = offset_of("struct task_struct", "tasks"), first
        for _ in range(kernel.constants["PID_MAX"]):
            task = kernel.value("struct task_struct", at)
            pgd = int(kernel.target_of(task["mm"])["pgd"]) if int(task["mm"]) else 0
            if pgd and kernel.physical(pgd) == phys:
                return f"the tables of pid {int(task['pid'])}, {text_in(task['comm'])}"
            at = int(task["tasks"]["next"]) - offset
            if at in (first, -offset):
                break
    except Unreadable:
        pass  # boot has not made the list yet
    return None


def names_mean(kernel):
    """Which addresses GDB's symbols have now (see places.py)."""
    now = int(gdb.parse_and_eval("(unsigned long)&_text"))
    if now == kernel.elf.start:
        return "virtual addresses"
    return f"physical addresses, with _text at 0x{now:x}"


class Where(Command):
    """mc where [-json]: which world this is.

    The exception level, the MMU, the tables that translate; what the program counter's address is,
    by name, owner and leaf; and what a symbol's name means to GDB now."""

    name = "where"

    def answer(self, kernel, words, flags):
        world, rows = kernel.world, []
        rows.append(("level", f"{world.name()}, MMU {'on' if world.mmu_on else 'off'}"
                     + ("" if world.shown else " (by the kernel's own constants: the stub shows no"
                        " system registers)")))
        rows.append(("image", self.image(kernel)))
        for half in kernel.halves:
            rows.append((half.register, self.tables(kernel, half)))
        if world.problem:
            rows.append(("tables", f"not decoded: {world.problem}"))
        rows.append(("pc", self.pc_text(kernel)))
        rows.append(("names", f"mean {names_mean(kernel)}"))
        return Answer([f"{name:<15}{text}" for name, text in rows], dict(rows))

    @staticmethod
    def image(kernel):
        if kernel.place is None:
            return "not found in memory: the processor has not come to the kernel yet"
        moves = f", will move to 0x{kernel.home:x}" if kernel.home != kernel.place else ""
        return f"at physical 0x{kernel.place:x}{moves}, linked for 0x{kernel.elf.start:x}"

    @staticmethod
    def tables(kernel, half):
        fmt = half.format
        use = "" if kernel.world.mmu_on else "not in use yet: "
        return (f"{use}0x{half.table:x} ({table_name(kernel, half.table)}), from 0x{half.start:x},"
                f" {len(fmt.levels)} levels, pages of {(1 << fmt.page_shift) // 1024} KiB")

    @staticmethod
    def pc_text(kernel):
        pc = kernel.world.pc
        link = pc
        if not kernel.world.mmu_on and kernel.place is not None:
            link = pc - kernel.place + kernel.elf.start
        text = f"0x{pc:x} {kernel.names.text(link)}" if kernel.names.find(link) else f"0x{pc:x}"
        if not kernel.world.mmu_on:
            return f"{text}, a physical address"
        if kernel.world.problem:
            return text
        half = kernel.world.half(pc)
        last = walk(half.format, half.table, pc, kernel.memory.read)[-1] if half else None
        if last is None or last.entry.kind != "leaf":
            return f"{text}, not mapped"
        owner = describe_address(kernel, pc)
        return (f"{text}, {owner}: {last.level.name}[{last.index}]"
                f" {report.words_of(half.format, last.level, last.value)}")


Where()
