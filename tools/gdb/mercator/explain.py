# SPDX-License-Identifier: MIT
"""`mc explain`: what ioremap() would do, from memory alone, in the words of the shell's `explain`.

mm/ioremap.c makes a plan before it maps anything. This module makes the same plan from the same
records: memblock, the static mappings, and the architecture's table of leaves. A test compares the
words of both.
"""

from mercator.command import Answer, Command, starting
from mercator.constants import Unknown
from mercator.image import Refused
from mercator.memory import regions_of

TYPES = {"nocache": "MT_IOREMAP", "wc": "MT_IOREMAP_WC", "wt": "MT_IOREMAP_WT",
         "cache": "MT_IOREMAP_CACHE"}
PHYS_MASK = (1 << 64) - 1
SUPERSECTION_LIMIT = 1 << 40


class Plan:
    """ioremap_plan(): the range in pages, and why it is refused, if it is."""

    def __init__(self, kernel, phys, size, mtype):
        self.kernel, self.mtype, self.asked = kernel, mtype, size
        page = kernel.constants["PAGE_SIZE"]
        self.offset = phys % page
        self.phys = phys - self.offset
        self.size_mask = (1 << 8 * kernel.elf.pointer) - 1
        self.size = (self.offset + size + page - 1) & -page & self.size_mask
        self.last = (self.phys + self.size - 1) & PHYS_MASK
        self.ram = None
        self.leaves = list(self._leaf_types())
        self.static = self._static(phys)
        self.refusal = None if self.static else self._refusal(phys)

    def _leaf_types(self):
        """(name, size, min_phys, needs), largest first, down to the page."""
        rows = self.kernel.variable("leaf_types")
        for n in range(rows.type.range()[1] + 1):
            row = rows[n]
            yield (self.kernel.string(row["name"]), int(row["size"]), int(row["min_phys"]),
                   int(row["needs"]))

    def _static(self, phys):
        """find_static_vm_paddr(): (physical start, size, address), or None."""
        rows, constants = self.kernel.variable("static_vms"), self.kernel.constants
        for n in range(int(self.kernel.variable("nr_static_vms"))):
            vm = self.kernel.target_of(rows[n]["vm"])
            start, size = int(vm["phys_addr"]), int(vm["size"])
            kind = int(vm["flags"]) & constants["VM_ARM_MTYPE_MASK"]
            if kind == constants.value(f"VM_ARM_MTYPE({self.mtype})") and \
               0 <= phys - start < size and 0 < self.asked <= size - (phys - start):
                return start, size, int(vm["addr"])
        return None

    def _refusal(self, phys):
        if not self.asked:
            return "the size is 0"
        if phys + self.asked - 1 > PHYS_MASK:
            return "the range wraps around the end of the physical address space"
        if self.size < self.asked:
            return "the size is larger than the address space"
        self.ram = self._find_ram()
        if self.ram:
            return "the range meets RAM, which has a pointer already"
        window = self.kernel.variable("cached_window")
        if int(window["refusal"]) and self.phys <= int(window["last"]) and \
           self.last >= int(window["start"]):
            return self.kernel.string(window["refusal"])
        return self._out_of_reach()

    def _find_ram(self):
        """The first region of mapped memory that the range meets."""
        nomap = self.kernel.constants["MEMBLOCK_NOMAP"]
        for base, size, flags in regions_of(self.kernel, "memory"):
            if base <= self.last and self.phys < base + size and not flags & nomap:
                return base, base + size - 1
        return None

    def _out_of_reach(self):
        """arch_ioremap_refusal()."""
        if self.kernel.elf.arch == "arm64":
            if self.last >= int(self.kernel.variable("phys_addr_limit")):
                return "the processor has fewer physical address bits than that"
            return None
        if not self.last >> 32:
            return None
        if not self.phys >> 32:
            return ("the range crosses 4 GiB: below it is mapped by pages, above only by"
                    " supersections")
        if (self.phys | self.size) % self.kernel.constants["SZ_16M"]:
            return ("from 4 GiB up only supersections reach: address and size must be multiples of"
                    " 16 MiB")
        if self.last >= SUPERSECTION_LIMIT:
            return "a supersection has 40 bits of physical address, fewer than that"
        return None

    def pick_leaf(self, addr, phys, size):
        """(name, size of the leaf, bytes that it maps before another may follow)."""
        whole = self.kernel.constants["LEAF_WHOLE_RANGE"]
        for n, (name, leaf, least, needs) in enumerate(self.leaves):
            rest = size if needs & whole else 0
            if n == len(self.leaves) - 1 or \
               (size >= leaf and phys >= least and not (addr | phys | rest) % leaf):
                break
        run = size & -leaf
        if n:
            _, larger, _, needs = self.leaves[n - 1]
            if not needs & whole and not (addr ^ phys) % larger:
                run = min(run, (addr // larger + 1) * larger - addr)
        return name, leaf, run

    def alignment(self):
        """ioremap_align(): the size rounded up to a power of two, within bounds."""
        low, high = self.kernel.constants["PAGE_SHIFT"], self.kernel.constants["IOREMAP_MAX_ORDER"]
        return 1 << min(max((self.size - 1).bit_length(), low), high)

    # --- in words ---

    def lines(self):
        types = self.kernel.variable("mem_types")
        asked = f"range      0x{self.phys + self.offset:x}, 0x{self.asked:x} bytes"
        if self.size >= self.asked > 0 and self.last >= self.phys:
            asked += f": pages 0x{self.phys:x}-0x{self.last:x}, offset 0x{self.offset:x}"
        lines = [asked, f"type       {self.kernel.string(types[self.mtype]['name'])}"]
        if self.refusal:
            if self.ram:
                lines.append(f"RAM        0x{self.ram[0]:x}-0x{self.ram[1]:x}")
            return [*lines, f"refused    {self.refusal}"]
        lines.append("RAM        none in the range")
        if self.static:
            start, size, addr = self.static
            return [*lines, f"static     inside 0x{start:x}-0x{start + size - 1:x}, mapped at"
                    f" 0x{addr:x} since boot",
                    f"answer     0x{addr + self.phys - start + self.offset:x}, nothing is mapped"]
        page = self.kernel.constants["PAGE_SIZE"]
        return [*lines, "static     no static mapping of this type holds the range",
                f"area       0x{self.size + page:x} bytes with the guard page, aligned to"
                f" 0x{self.alignment():x}", *self.leaf_lines()]

    def leaf_lines(self):
        addr, left = 0, self.size
        while left:
            name, leaf, run = self.pick_leaf(addr, self.phys + addr, left)
            yield f"leaves     {run // leaf} x {name} from 0x{self.phys + addr:x}"
            addr, left = addr + run, left - run


class Explain(Command):
    """mc explain [-json] PHYS SIZE [nocache|wc|wt|cache]: what ioremap() would do, and why.

    As the shell's `explain`: the pages, the memory type, RAM in the way, a static mapping that has
    the range already, or the area and the leaves that map it. Nothing is mapped."""

    name, usage, words = "explain", "PHYS SIZE [nocache|wc|wt|cache]", (2, 3)

    def answer(self, kernel, words, flags):
        phys = self.number(kernel, words[0], PHYS_MASK)
        size = self.number(kernel, words[1], (1 << 8 * kernel.elf.pointer) - 1)
        kind = words[2] if len(words) > 2 else "nocache"
        if kind not in TYPES:
            raise Refused(f"unknown type {kind}: nocache, wc, wt or cache")
        plan = Plan(kernel, phys, size, kernel.constants[TYPES[kind]])
        return Answer(list(plan.lines()), {
            "phys": plan.phys, "size": plan.size, "offset": plan.offset, "refusal": plan.refusal,
            "static": plan.static and plan.static[2], "lines": list(plan.lines())})

    def complete(self, text, word):
        return starting(TYPES, word) if len(text.split()) > 1 else []

    @staticmethod
    def number(kernel, text, most):
        """A number, or an expression of the kernel's constants: SZ_1M, 16 * PAGE_SIZE."""
        try:
            value = kernel.constants.value(text)
        except Unknown:
            raise Refused(f"{text} is not a number") from None
        if value > most:
            raise Refused(f"{text} is too large")
        return value


Explain()
