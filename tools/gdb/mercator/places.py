# SPDX-License-Identifier: MIT
"""Symbols for each place where the kernel runs, and the way to its first instruction.

The kernel is linked for one virtual address, but starts at the physical one where a loader put it;
arm then moves to a second. GDB gets a set of symbols for each place, and asks them in this order: a
name means a physical address, a breakpoint by name is set in all. When the machine first stops
outside of the physical places, in the kernel or in a program, all sets are replaced by the file as
GDB loads it by itself, and what was set by name moves to the virtual address. Only with that file
does GDB know an entry point, which it needs to call the kernel's functions (`print
*find_vm_area(...)`).
"""

import re

import gdb

PHYS_ALIGN = 128 << 20  # of arch/arm/include/asm/memlayout.h
HEADER_SIZE = 64        # so much of an image's start tells it from anything else
CODE = (".text", ".data")  # .data ends with copy_up


def quietly(command):
    return gdb.execute(command, to_string=True)


def address(expression):
    return int(gdb.parse_and_eval(f"(unsigned long)({expression})"))


def read(where):
    """The bytes at an address; none where nothing answers."""
    try:
        return bytes(gdb.selected_inferior().read_memory(where, HEADER_SIZE))
    except gdb.MemoryError:
        return b""


def pc():
    return gdb.newest_frame().pc()


class Kernel:
    """What the ELF file says, and where its symbols are loaded."""

    def __init__(self):
        self.path = gdb.current_progspace().filename
        if not self.path:
            raise gdb.GdbError("no kernel: start GDB with build/ARCH/kernel.elf")
        self.link = address("&_text")
        self.size = address("&_end") - self.link
        self.sections = [(name, int(start, 16)) for start, name in
                         re.findall(r"(0x\w+) - 0x\w+ is (\S+)", quietly("info files"))]
        self.moves = gdb.selected_inferior().architecture().name().startswith("arm")
        with gdb.with_parameter("trust-readonly-sections", True):  # from the file, not from RAM
            self.header = read(self.link)
        self.physical = set()

    def starts_at(self, where):
        return read(where) == self.header

    def load_symbols(self, loaded_at):
        """Replaces all sets, also the one that GDB loaded itself: it would come first."""
        home = loaded_at
        if self.moves:
            home += self.link % PHYS_ALIGN - loaded_at % PHYS_ALIGN
        enabled = [stop for stop in gdb.breakpoints() if stop.enabled]
        quietly("symbol-file")  # disables breakpoints by name
        if home != loaded_at:
            self.add(home, loaded_at)
        self.add(home)
        self.add(self.link)
        self.physical = {loaded_at, home}
        for stop in enabled:
            stop.enabled = True

    def add(self, place, code=None):
        """One set; its code elsewhere, when given: where arm does not stay, it has no data yet."""
        command = f'add-symbol-file "{self.path}"'
        for name, start in self.sections:
            base = code if code and name in CODE else place
            command += f" -s {name} {start - self.link + base:#x}"
        quietly(command)

    def stopped(self, _):
        """At every stop. One command does all: after each, GDB wants the breakpoint it is at."""
        if self.physical and not any(0 <= pc() - place < self.size for place in self.physical):
            quietly("\n".join([f'symbol-file "{self.path}"'] +
                              [f"remove-symbol-file -a {place:#x}"
                               for place in (*self.physical, self.link)]))
            self.physical = set()
            gdb.write("The MMU is on: names mean virtual addresses.\n")


class ToKernel(gdb.Command):
    """Goes on to the kernel's first instruction, and loads its symbols for all its places.

    to-kernel             after the machine's reset, when QEMU itself loads the kernel
    to-kernel ADDRESS...  when firmware does, which starts the kernel at one of these"""

    kernel = None

    def __init__(self):
        super().__init__("to-kernel", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        if not self.kernel:
            self.kernel = Kernel()
            gdb.events.stop.connect(self.kernel.stopped)
        words = gdb.string_to_argv(argument)
        go([address(word) for word in words] or self.told_by_reset_code())
        if not self.kernel.starts_at(pc()):
            raise gdb.GdbError(f"stopped at {pc():#x}, where no kernel starts:"
                               " `to-kernel ADDRESS` goes on to where it does")
        self.kernel.load_symbols(pc())
        gdb.write("The MMU is off: names mean physical addresses.\n")
        gdb.execute("frame")

    def told_by_reset_code(self):
        """QEMU's few instructions at reset end with the address to which they jump."""
        code = read(pc())
        words = [int.from_bytes(code[at:at + 4], "little") for at in range(0, len(code), 4)]
        return [word for word in words if self.kernel.starts_at(word)]


def go(addresses):
    """Hardware breakpoints, since a loader has yet to write there."""
    stops = [gdb.Breakpoint(f"*{where:#x}", gdb.BP_HARDWARE_BREAKPOINT, internal=True)
             for where in addresses if where != pc()]
    for stop in stops:
        stop.silent = True
    if stops:
        quietly("continue")
    for stop in stops:
        stop.delete()


ToKernel()
