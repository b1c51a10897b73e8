# SPDX-License-Identifier: MIT
"""What can be asked of a guest's memory: the words of a [[guest]] check, one function each.

    area PHYS PAGES       there is one ioremap area of PHYS, of so many pages and a guard page;
                          from here on {start} is its address
    no-area PHYS          there is none
    maps PHYS PAGES TYPE LEAF   each page from {start} on leads to PHYS and on, as memory of TYPE
                          (TYPES below), by leaves of LEAF bytes at least; the guard page does not
    no-leaf PHYS PAGES    nothing but the linear map leads to this range
    aligned PAGES         {start} is a multiple of the size, rounded up to a power of two
    allocated PAGES       there is one vmalloc area of so many pages; {start} is its address
    ordered               list and tree of the areas agree, ascend, and do not overlap
    owned                 what is mapped in vmalloc space belongs to an area, and is not its guard
    word ADDR VALUE       the four bytes to which the tables lead from ADDR are VALUE
    slot N PHYS PAGES TYPE      slot N of early_ioremap() maps this, and nothing behind it
    no-slots              no slot of early_ioremap() maps anything
    memory BASE SIZE, reserved BASE SIZE   memblock's list has a region that is, or holds, this
    unreserved BASE SIZE  no region of memblock's list meets it

A word raises Differs, with what came in place of what was asked.
"""

PAGE = 4096

# The words of asm/fields.def by which an entry tells its type, and those that it must have besides.
TYPES = {
    "arm64": {"device": {"DEVICE/nGnRE", "RW", "NX"}, "strict": {"DEVICE/nGnRnE", "RW", "NX"},
              "wc": {"MEM/NORMAL-NC", "RW", "NX"}, "cached": {"MEM/NORMAL", "RW", "NX"},
              "readonly": {"MEM/NORMAL", "ro", "NX"}},
    "arm": {"device": {"DEV/SHARED", "RW", "NX"}, "strict": {"SO/UNCACHED", "RW", "NX"},
            "wc": {"MEM/BUFFERABLE/WC", "RW", "NX"}, "cached": {"MEM/CACHED/WBWA", "RW", "NX"},
            "readonly": {"MEM/CACHED/WBWA", "ro", "NX"}},
}
SLOTS = 8


class Differs(Exception):
    """The memory does not hold what was asked for: what it holds."""


class Memory:
    """A Snapshot, and the values that a check's words may name."""

    def __init__(self, snapshot, values):
        self.now, self.values = snapshot, values
        self.arch = snapshot.elf.arch

    @property
    def start(self):
        if "start" not in self.values:
            raise Differs("the area that this is about was not there")
        return self.values["start"]


def of_device(memory, phys):
    kind = memory.now.constant("VM_IOREMAP")
    return [area for area in memory.now.areas() if area.phys == phys and area.flags & kind]


def area(memory, phys, pages):
    found = of_device(memory, phys)
    if len(found) != 1:
        count = f"are {len(found)} areas" if found else "is no area"
        raise Differs(f"there {count} with the physical address 0x{phys:x}")
    size, wanted = found[0].end - found[0].start, (pages + 1) * PAGE
    if size != wanted:
        raise Differs(f"the area of 0x{phys:x} has 0x{size:x} bytes, not 0x{wanted:x}:"
                      f" {pages} pages and the guard page")
    memory.values["start"] = found[0].start


def no_area(memory, phys):
    for found in of_device(memory, phys):
        raise Differs(f"there is an area of 0x{phys:x}, at 0x{found.start:x}")


def page(memory, addr, phys, kind, leaf):
    """One page: where it leads, with which type, by a leaf of which size."""
    found = memory.now.leaf(addr)
    if found is None:
        raise Differs(f"0x{addr:x} is not mapped; it should lead to 0x{phys:x}")
    came = found.phys + addr - found.addr
    if came != phys:
        raise Differs(f"0x{addr:x} leads to 0x{came:x}, not to 0x{phys:x}")
    lacks = TYPES[memory.arch][kind] - found.words
    if lacks:
        raise Differs(f"the entry of 0x{addr:x} is {' '.join(sorted(found.words))}: it lacks"
                      f" {' '.join(sorted(lacks))}")
    if found.size < leaf:
        raise Differs(f"0x{addr:x} is mapped by a leaf of 0x{found.size:x} bytes; one of"
                      f" 0x{leaf:x} fits")


def maps(memory, phys, pages, kind, leaf):
    for n in range(pages):
        page(memory, memory.start + n * PAGE, phys + n * PAGE, kind, leaf)
    guard = memory.start + pages * PAGE
    if memory.now.leaf(guard):
        raise Differs(f"0x{guard:x}, the guard page, is mapped")


def no_leaf(memory, phys, pages):
    now = memory.now
    half, linear = now.half, linear_map(now)
    for start, end in ((now.constant("KERNEL_HALF_START"), linear[0]), (linear[1], half.end)):
        for found in now.leaves(start, end) if start < end else ():
            if found.phys < phys + pages * PAGE and phys < found.phys + found.size:
                raise Differs(f"0x{found.addr:x} leads to 0x{found.phys:x}, which is in"
                              f" 0x{phys:x}-0x{phys + pages * PAGE:x}")


def linear_map(now):
    """[start, end) of the addresses at which all RAM is mapped."""
    start = now.constant("PAGE_OFFSET")
    return start, start + now.ram[1] - now.ram[0]


def aligned(memory, pages):
    largest = 1 << memory.now.constant("IOREMAP_MAX_ORDER")
    align = min(largest, 1 << (pages * PAGE - 1).bit_length())
    if memory.start % align:
        raise Differs(f"0x{memory.start:x} is not a multiple of 0x{align:x}, which the area's size"
                      " asks for")


def allocated(memory, pages):
    kind = memory.now.constant("VM_ALLOC")
    found = [area for area in memory.now.areas()
             if area.flags & kind and area.end - area.start == (pages + 1) * PAGE]
    if len(found) != 1:
        raise Differs(f"{len(found)} vmalloc areas have {pages} pages and a guard page, not one")
    memory.values["start"] = found[0].start


def ordered(memory):
    listed = memory.now.areas()
    if listed != memory.now.tree():
        raise Differs("the list of areas and their tree do not have the same areas in one order")
    for one, following in zip(listed, listed[1:]):
        if one.end > following.start:
            raise Differs(f"the areas at 0x{one.start:x} and 0x{following.start:x} overlap, or"
                          " are in the wrong order")


def owned(memory):
    now = memory.now
    no_guard = now.constant("VM_NO_GUARD")
    areas = iter([(one.start, one.end if one.flags & no_guard else one.end - PAGE)
                  for one in sorted(now.areas())])
    start, end = next(areas, (0, 0))
    for leaf in now.leaves(now.constant("VMALLOC_START"), now.constant("VMALLOC_END")):
        while end is not None and leaf.addr >= end:
            start, end = next(areas, (None, None))
        if end is None or leaf.addr < start:
            raise Differs(f"0x{leaf.addr:x} leads to 0x{leaf.phys:x}, and belongs to no area")


def word(memory, addr, value):
    came = memory.now.number(addr, 4)
    if came != value:
        raise Differs(f"0x{addr:x} leads to physical 0x{physical(memory.now, addr):x}, and there is"
                      f" 0x{came:x}, not 0x{value:x}")


def physical(now, addr):
    leaf = now.leaf(addr)
    return leaf.phys + addr - leaf.addr


def slot(memory, number, phys, pages, kind):
    start, end = memory.now.slot(number)
    for n in range(pages):
        page(memory, start + n * PAGE, phys + n * PAGE, kind, PAGE)
    for found in memory.now.leaves(start + pages * PAGE, end):
        raise Differs(f"slot {number} maps 0x{found.phys:x} besides, behind its {pages} pages")


def no_slots(memory):
    for number in range(SLOTS):
        for found in memory.now.leaves(*memory.now.slot(number)):
            raise Differs(f"slot {number} still maps 0x{found.phys:x}")


def in_memblock(memory, kind, base, size):
    regions = memory.now.memblock(kind)
    if not any(start <= base and base + size <= start + length for start, length in regions):
        raise Differs(f"memblock.{kind} has no region that holds 0x{base:x}-0x{base + size:x}")
    for (start, length), (following, _) in zip(regions, regions[1:]):
        if start + length > following:
            raise Differs(f"memblock.{kind}: the regions 0x{start:x} and 0x{following:x} overlap,"
                          " or are in the wrong order")


def unreserved(memory, base, size):
    for start, length in memory.now.memblock("reserved"):
        if start < base + size and base < start + length:
            raise Differs(f"memblock.reserved has 0x{start:x}-0x{start + length:x}, which meets"
                          f" 0x{base:x}-0x{base + size:x}")


def number(text):
    return int(text, 0)


# {word: (function, what each argument is)}
WORDS = {
    "area": (area, (number, number)),
    "no-area": (no_area, (number,)),
    "maps": (maps, (number, number, str, number)),
    "no-leaf": (no_leaf, (number, number)),
    "aligned": (aligned, (number,)),
    "allocated": (allocated, (number,)),
    "ordered": (ordered, ()),
    "owned": (owned, ()),
    "word": (word, (number, number)),
    "slot": (slot, (number, number, number, str)),
    "no-slots": (no_slots, ()),
    "memory": (lambda memory, *range_: in_memblock(memory, "memory", *range_), (number, number)),
    "reserved": (lambda memory, *range_: in_memblock(memory, "reserved", *range_),
                 (number, number)),
    "unreserved": (unreserved, (number, number)),
}


def complaint_of(sentence):
    """What is wrong with a sentence of a manifest, or None."""
    name, *arguments = sentence.split()
    if name not in WORDS:
        return f"{name} is not a word of tools/lab/holds.py; there are {', '.join(WORDS)}"
    if len(arguments) != len(WORDS[name][1]):
        return f"`{sentence}`: {name} takes {len(WORDS[name][1])} arguments"
    return None


def check(sentence, memory):
    """Raises Differs when the memory does not hold what the sentence says."""
    name, *arguments = sentence.split()
    function, kinds = WORDS[name]
    function(memory, *(kind(text) for kind, text in zip(kinds, arguments)))
