# SPDX-License-Identifier: MIT
"""`ioremap -v`: what it says of the act, against what `walk` finds before and after."""

import re

import pytest

import vmallocinfo
from test_walk import LEVELS, walk

PAGE, MIB, GIB = 1 << 12, 1 << 20, 1 << 30
PCI_LOW, PCI_HIGH = 0x10000000, 0x8000000000
HALF = {"arm64": 2 * MIB, "arm": MIB}  # what one entry of a pmd covers


class Act:
    """The lines of one `ioremap -v`, by their first word."""

    def __init__(self, machine, phys, size, *kind):
        text, status = machine.run(" ".join(["ioremap -v", f"{phys:#x}", f"{size:#x}", *kind]))
        assert status == 0, text
        self.lines = [(line[:11].rstrip(), line[11:]) for line in text.splitlines()]
        self.pointer = int(self["pointer"], 16)
        self.explained = "".join(f"{word:11}{rest}\n" for word, rest in self.lines
                                 if word not in ("landed", "entries", "tables", "TLB", "row",
                                                 "pointer"))

    def __getitem__(self, wanted):
        found, = [rest for word, rest in self.lines if word == wanted]
        return found

    @property
    def entries(self):
        """{(level, leaf?): number}"""
        found = [re.fullmatch(r"(\d+) x (p[gum]d|pte), (each a leaf|to a new table)", rest)
                 for word, rest in self.lines if word == "entries"]
        return {(line[2], line[3] == "each a leaf"): int(line[1]) for line in found}

    @property
    def tables(self):
        """(allocated, displaced)"""
        found = re.fullmatch(r"(\d+) allocated, (\d+) displaced by a larger leaf", self["tables"])
        return int(found[1]), int(found[2])


def place(machine, phys, size):
    """Where an area of that size will be: the next one of that size gets the same place."""
    address = int(machine.run(f"ioremap {phys:#x} {size:#x}")[0], 16)
    assert machine.run(f"iounmap {address:#x}") == ("", 0)
    return address


def unmap(machine, act):
    assert machine.run(f"iounmap {act.pointer:#x}") == ("", 0)


def test_pages_below_a_table_that_is_there(machine, arch):
    """Plan, place, row and pointer; of the tables, only the entries change."""
    act = Act(machine, PCI_LOW + 4, 3 * PAGE)
    assert act.explained == machine.run(f"explain {PCI_LOW + 4:#x} {3 * PAGE:#x}")[0]
    assert act.entries == {("pte", True): 4} and act.tables == (0, 0)
    assert act["TLB"].startswith("not touched")
    assert act.pointer % PAGE == 4
    assert act["landed"] == f"{act.pointer - 4:#0{18 if arch == 'arm64' else 10}x}, " \
        "the lowest place that fits"
    row, = vmallocinfo.parse(act["row"])
    assert row in vmallocinfo.parse(machine.run("vmallocinfo")[0])
    assert (row.start, row.phys, row.size) == (act.pointer - 4, PCI_LOW, 5 * PAGE)
    unmap(machine, act)


def test_new_tables_then_a_leaf_in_their_place(machine, arch):
    """Each step is compared with the walk to the place before it."""
    size = 4 * MIB
    unaligned = PCI_LOW + PAGE  # the same place, but only pages fit
    where = place(machine, unaligned, size)
    block = Act(machine, PCI_LOW, size)  # leaves no table at the place
    assert block.pointer == where
    unmap(machine, block)
    halves = [where + offset for offset in range(0, size, HALF[arch])]
    assert {found.rows[-1].level for found in walk(machine, *halves)} == {"pmd"}

    pages = Act(machine, unaligned, size)
    assert pages.pointer == where
    assert pages.entries == {("pmd", False): len(halves), ("pte", True): size // PAGE}
    assert pages.tables == (2, 0) and pages["TLB"].startswith("not touched")
    found = walk(machine, *halves)
    assert all(one.rows[-1].level == "pte" for one in found)
    assert len({one.rows[-1].table & ~(PAGE - 1) for one in found}) == 2, "2 pages of tables"
    unmap(machine, pages)

    block = Act(machine, PCI_LOW, size)
    assert block.pointer == where
    assert block.entries == {("pmd", True): len(halves)}
    assert block.tables == (0, 2) and block["TLB"].startswith("dropped 2 x")
    unmap(machine, block)


def test_a_page_of_tables_is_counted_once(machine):
    """On arm one page holds the tables of both halves of a pair, so it is new for one of them."""
    size, acts = 640 * 1024, []
    first = place(machine, PCI_LOW, PAGE) & -(2 * MIB)
    while {act.tables[0] for act in acts} != {0, 1}:
        pairs = range(first, first + 16 * MIB, 2 * MIB)
        missing = {pair for pair, found in zip(pairs, walk(machine, *pairs))
                   if found.rows[-1].level == "pmd"}
        acts.append(Act(machine, PCI_LOW + PAGE, size))
        start = acts[-1].pointer
        met = range(start & -(2 * MIB), start + size, 2 * MIB)
        assert acts[-1].tables == (len(missing.intersection(met)), 0)
        assert len(acts) < 8
    for act in acts:
        unmap(machine, act)


@pytest.mark.parametrize("kind", ["nocache", "wc"])
def test_the_largest_leaves(machine, arch, kind):
    """arm: 16 equal descriptors; arm64: one leaf of each size, and the tables below the first."""
    size = {"arm": 16 * MIB, "arm64": GIB + 2 * MIB + PAGE}[arch]
    levels = [row.level for row in walk(machine, place(machine, PCI_HIGH, size) + size - 1)[0].rows]
    act = Act(machine, PCI_HIGH, size, kind)
    assert act.explained == machine.run(f"explain {PCI_HIGH:#x} {size:#x} {kind}")[0]
    if arch == "arm":
        assert act.entries == {("pmd", True): 16} and act.tables == (0, 0)
    else:
        new = LEVELS[arch][LEVELS[arch].index(levels[-1]):-1]  # whose entry leads to a new table
        assert act.entries == {("pud", True): 1, ("pmd", True): 1, ("pte", True): 1} | {
            (level, False): 1 for level in new}
        assert act.tables == (len(new), 0)
    unmap(machine, act)


def test_a_static_mapping_is_told_as_such(machine):
    act = Act(machine, 0x4000000, PAGE)
    assert [word for word, _ in act.lines][-3:] == ["answer", "row", "pointer"]
    assert act["answer"] == f"{act.pointer:#x}, nothing is mapped"
    assert "iotable_init" in act["row"]


def test_only_the_area_s_own_leaves_are_counted(machine):
    """With another area behind it, below the same table."""
    first, behind = Act(machine, PCI_LOW, 3 * PAGE), Act(machine, PCI_LOW, 3 * PAGE)
    unmap(machine, first)
    again = Act(machine, PCI_LOW, 3 * PAGE)
    assert again.pointer == first.pointer < behind.pointer < first.pointer + 2 * MIB
    assert again.entries == {("pte", True): 3}
    unmap(machine, again)
    unmap(machine, behind)


@pytest.mark.parametrize("words, reason", [
    ("-v 0x40000000 0x1000", "the range meets RAM, which has a pointer already"),
    ("-v 0x9030000 0", "the size is 0"),
    ("-v 0x9030000", "usage: ioremap [-v] PHYS SIZE [nocache|wc|wt|cache]"),
    ("-v 0x9030000 1 wc 3 4", "usage: ioremap [-v] PHYS SIZE [nocache|wc|wt|cache]"),
    ("-v 0x9030000 1 2", "unknown type 2: nocache, wc, wt or cache"),
    ("-x 0x9030000 0x1000", "-x is not a number"),
    ("-v -v 0x9030000 0x1000", "-v is not a number"),
])
def test_a_refusal_is_one_line(machine, words, reason):
    """And the answer is nothing else: no plan is told of what was not done."""
    assert machine.run(f"ioremap {words}") == (f"failed: {reason}\n", 1)
