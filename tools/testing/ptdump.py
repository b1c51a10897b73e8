# SPDX-License-Identifier: MIT
"""/sys/kernel/debug/kernel_page_tables as lines, and what a line is made of."""

import re
from typing import NamedTuple

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

LINE = re.compile(r"^0x(?P<start>[0-9a-f]+)-0x(?P<end>[0-9a-f]+) +(?P<size>\d+)(?P<unit>[KMG])"
                  r" (?P<words>.*?) *$")

# How a line names its leaves. On arm a page has no word of its own, and 2 MiB are two sections.
LEAVES = {
    "arm64": [(r"PUD\b.* BLK ", GIB), (r"PMD\b.* BLK ", 2 * MIB), (r"PTE\b", 4 * KIB)],
    "arm": [(r".* SUPER$", 16 * MIB), (r".* SECT$", MIB), (r"", 4 * KIB)],
}


class Line(NamedTuple):
    """Neighbouring entries of one kind: [start, end), the size of each leaf, the attributes."""
    start: int
    end: int
    leaf: int
    words: str


def parse(text, arch):
    """The lines of a listing without its markers; a line in another form is an error."""
    lines = []
    for line in filter(None, text.splitlines()):
        if line.startswith("---["):
            continue
        match = LINE.match(line)
        assert match, f"not ptdump's form: {line!r}"
        start, end = int(match["start"], 16), int(match["end"], 16)
        size = int(match["size"]) * {"K": KIB, "M": MIB, "G": GIB}[match["unit"]]
        assert size == end - start, f"the size is not that of the range: {line!r}"
        leaf = next(size for word, size in LEAVES[arch] if re.match(word, match["words"]))
        lines.append(Line(start, end, leaf, match["words"]))
    return lines


def meeting(text, arch, start, end):
    """The lines that have a byte in [start, end)."""
    return [line for line in parse(text, arch) if line.start < end and start < line.end]
