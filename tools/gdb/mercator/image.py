# SPDX-License-Identifier: MIT
"""Where the kernel's image lies in RAM: found out, not assumed, whatever the processor is doing.

With the MMU on, the processor's tables say it. Without, the code at the program counter is a piece
of the image, or QEMU's few instructions at reset, which hold the address to jump to. In each case
what lies there must begin as the file does.
"""

from mercator.tables import Unreadable, walk
from mercator.target import read

HEADER_SIZE = 64       # so much of an image's start tells it from anything else
CODE_SIZE = 32         # so much code at the program counter names few places of the image
JUMP_RANGE = 1 << 27  # QEMU puts a kernel so near to its code at reset
PAGE = 4096


class Refused(Exception):
    """A command cannot answer: why, in one line."""


class NotThere(Refused):
    """What a command needs is not in memory (yet)."""


class Image:
    """place: the physical address of _text, None when it is not found; home: where it will be."""

    def __init__(self, elf, constants, world, memory):
        self.elf, self.constants, self.world, self.memory = elf, constants, world, memory
        if not memory.physical and world.mmu_on:
            self._use_linear_map()
        self.place = next((place for place in self._places() if self._begins_at(place)), None)
        self.home = self.place
        if self.place is not None and elf.arch == "arm":  # a zImage moves there first
            align = constants["PHYS_ALIGN"]
            self.home += elf.start % align - self.place % align

    def ram(self):
        """What the image takes up, with the first table below it: [(start, end)]."""
        low = min(self.elf.start, self.elf.address("swapper_pg_dir"))
        return [(place + low - self.elf.start, place + self.elf.end - self.elf.start)
                for place in {self.place, self.home}]

    def _places(self):
        """Where the image may lie, the likeliest first."""
        half = self.world.half(self.elf.start)
        if half:
            leaf = walk(half.format, half.table, self.elf.start, self.memory.read)[-1]
            if leaf.entry.kind == "leaf":
                yield leaf.physical(self.elf.start)
        if not self.world.mmu_on:
            yield from self._places_by_code()
        elif not self.memory.physical:
            yield self._place_by_variable()

    def _places_by_code(self):
        code, pc = read(self.world.pc, HEADER_SIZE) or b"", self.world.pc
        text = self.elf.read(self.elf.start, self.elf.address("_etext") - self.elf.start)
        found = text.find(code[:CODE_SIZE]) if code else -1
        while found >= 0:
            yield pc - found
            found = text.find(code[:CODE_SIZE], found + 1)
        for at in range(0, len(code), 4):
            place = int.from_bytes(code[at:at + 4], "little")
            if pc < place < pc + JUMP_RANGE:  # anything else may be a device, which is not read
                yield place

    def _begins_at(self, place):
        if place % PAGE:
            return False
        header = self.elf.read(self.elf.start, HEADER_SIZE)
        try:
            return self.memory.read(place, HEADER_SIZE) == header
        except Unreadable:
            return False

    # --- a stub that knows no physical addresses ---

    def _use_linear_map(self):
        """Every read of RAM goes through the kernel's pointer to it."""
        start = self._word_at({"arm64": "memstart_addr", "arm": "__pv_phys_offset"}[self.elf.arch])
        place, size = self._place_by_variable(), self.elf.end - self.elf.start
        offset = self.constants["PAGE_OFFSET"]

        def virtual(addr):
            if 0 <= addr - place < size:  # also before there is a linear map
                return addr - place + self.elf.start
            return addr - start + offset
        self.memory.virtual = virtual

    def _place_by_variable(self):
        """Where boot says that the image is."""
        if self.elf.arch == "arm64":
            return (self.elf.start - self._word_at("kimage_voffset")) % (1 << 64)
        return self._word_at("__pv_phys_offset") + self.constants["TEXT_OFFSET"]

    def _word_at(self, name):
        """A variable of 64 bits, read at its virtual address."""
        found = read(self.elf.address(name), 8)
        if found is None:
            raise NotThere(f"{name} cannot be read: is this {self.elf.arch}'s kernel?")
        return int.from_bytes(found, "little")
