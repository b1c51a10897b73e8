# SPDX-License-Identifier: MIT
"""/proc/iomem and /proc/ioports as trees."""

import re
from typing import NamedTuple

ROW = re.compile(r"( *)([0-9a-f]{8,})-([0-9a-f]{8,}) : (.*)")


class Row(NamedTuple):
    start: int
    last: int
    name: str
    path: tuple  # of the names of the rows around it, outermost first

    @property
    def size(self):
        return self.last + 1 - self.start


def parse(text):
    """The rows in order. Asserts that each lies in the one around it, behind the one before it."""
    rows, around = [], []
    for line in text.splitlines():
        match = ROW.fullmatch(line)
        assert match, f"not a row: {line!r}"
        depth, odd = divmod(len(match[1]), 2)
        assert not odd and depth <= len(around), f"two blanks a level: {line!r}"
        siblings = [row for row in rows if row.path == tuple(r.name for r in around[:depth])
                    and (not depth or row.start >= around[depth - 1].start)]
        row = Row(int(match[2], 16), int(match[3], 16), match[4],
                  tuple(r.name for r in around[:depth]))
        assert row.start <= row.last
        outer = around[depth - 1] if depth else row
        assert outer.start <= row.start and row.last <= outer.last, f"leaves its row: {line!r}"
        assert not siblings or siblings[-1].last < row.start, f"meets its sibling: {line!r}"
        rows.append(row)
        around[depth:] = [row]
    return rows


def one(rows, name):
    found = [row for row in rows if row.name == name]
    assert len(found) == 1, f"one row {name}, not {found}"
    return found[0]
