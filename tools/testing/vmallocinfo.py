# SPDX-License-Identifier: MIT
"""/proc/vmallocinfo as rows."""

import re
from typing import NamedTuple

ROW = re.compile(r"^0x(?P<start>[0-9a-f]+)-0x(?P<end>[0-9a-f]+) (?P<size> *\d+)"
                 r" (?P<symbol>[\w.]+)\+0x(?P<offset>[0-9a-f]+)/0x(?P<length>[0-9a-f]+)"
                 r"(?: \[\w+\])?"
                 r"(?: pages=(?P<pages>\d+))?(?: phys=0x(?P<phys>[0-9a-f]{16}))?"
                 r"(?P<kinds>(?: ioremap| vmalloc| vmap| user| dma-coherent| vpages)*)$")


class Row(NamedTuple):
    start: int
    end: int
    size: int
    symbol: str
    offset: int
    length: int
    pages: int
    phys: int
    kinds: list
    line: str


def parse(text):
    """The rows of a listing; a line in another form is an error."""
    rows = []
    for line in filter(None, text.splitlines()):
        match = ROW.match(line)
        assert match, f"not Linux's form: {line!r}"
        start, end = int(match["start"], 16), int(match["end"], 16)
        offset, length = int(match["offset"], 16), int(match["length"], 16)
        assert len(match["size"]) >= 7, f"size is not in a column of 7: {line!r}"
        rows.append(Row(start, end, int(match["size"]), match["symbol"], offset, length,
                        int(match["pages"] or 0), int(match["phys"] or "0", 16),
                        match["kinds"].split(), line))
    return rows
