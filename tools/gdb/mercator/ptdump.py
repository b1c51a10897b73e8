# SPDX-License-Identifier: MIT
"""`mc ptdump`: the page tables as /sys/kernel/debug/kernel_page_tables prints them."""

from mercator.command import Answer, Command, starting
from mercator.image import Refused
from mercator.kernel import Kernel
from mercator.owner import read_regions
from mercator.report import dump_lines
from mercator.tables import Unreadable


def markers_of(regions):
    """{address: [text, ...]}: at one address first the ends, then the beginnings."""
    found = {}
    for n in (1, 0):
        for region in regions:
            if region.markers[n]:
                at = region.end if n else region.start
                found.setdefault(at, []).append(region.markers[n])
    return found


def region_names(regions):
    """{name: region} of the regions that the layout names."""
    return {region.name.replace(" ", "-"): region for region in regions if region.name}


class Ptdump(Command):
    """mc ptdump [-json] [REGION]: the kernel's page tables, as the debugfs file prints them.

    Neighbouring entries of one level that say the same are one line. REGION is a row of the layout
    that boot prints: `mc ptdump vmalloc`, `mc ptdump fixmap`. Without it, the kernel's whole half.
    `user` is the program's half."""

    name, usage, words = "ptdump", "[REGION]", (0, 1)

    def complete(self, _text, word):
        try:
            with Kernel() as kernel:
                names = region_names(read_regions(kernel))
        except (Refused, Unreadable):
            return []
        return starting([*names, "user"], word)

    def answer(self, kernel, words, flags):
        regions = read_regions(kernel)
        start, end = self.bounds(kernel, regions, words)
        half = kernel.half(start)
        if half is None:
            raise Refused(kernel.world.problem or "no table translates it")
        lines = dump_lines(half.format, half.table, start, min(end, half.end), kernel.memory.read,
                           markers_of(regions))
        return Answer(lines, {"start": start, "end": end, "table": half.table, "lines": lines})

    @staticmethod
    def bounds(kernel, regions, words):
        if not words:
            return kernel.constants["KERNEL_HALF_START"], 1 << 8 * kernel.elf.pointer
        if words[0] == "user":
            return 0, kernel.constants["TASK_SIZE"]
        names = region_names(regions)
        if words[0] not in names:
            raise Refused(f"there is no region {words[0]}: {', '.join(names)},"
                               " user")
        region = names[words[0]]
        if region.start >= region.end:
            raise Refused(f"boot has not told the bounds of {words[0]} yet")
        return region.start, region.end


Ptdump()
