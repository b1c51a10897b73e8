# SPDX-License-Identifier: MIT
"""The shell's `walk`: each row against memory and the dump, and the processor's own answer."""

import re
from typing import NamedTuple

import pytest

import ptdump

PAGE, MIB = 1 << 12, 1 << 20

PIECES = {"arm64": [(47, 39), (38, 30), (29, 21), (20, 12), (11, 0)],
          "arm": [(31, 20), (19, 12), (11, 0)]}
LEVELS = {"arm64": ["pgd", "pud", "pmd", "pte"], "arm": ["pmd", "pte"]}
ENTRY_BYTES = {"arm64": 8, "arm": 4}
TABLE_MASK = {"arm64": 0x0000fffffffff000, "arm": 0xfffffc00}  # of the entry that leads to it
LINEAR = {"arm64": 0xffff000000000000 - 0x40000000, "arm": 0xc0000000 - 0x40000000}

ROW = re.compile(r"(p[gum]d|pte)    0x([0-9a-f]+)  ([ \d]{5})  0x([0-9a-f]+)  (.*)")


class Row(NamedTuple):
    """One level of a walk."""
    level: str
    table: int
    index: int
    entry: int
    words: str

    def address(self, arch):
        """Where the kernel can read the entry: tables lie in lowmem."""
        return LINEAR[arch] + self.table + self.index * ENTRY_BYTES[arch]


class Walk:
    """The answer of one `walk`: its rows, and what follows them by its first word."""

    def __init__(self, text):
        self.lines = text.splitlines()
        found = [ROW.fullmatch(line) for line in self.lines]
        self.rows = [Row(row[1], int(row[2], 16), int(row[3]), int(row[4], 16), row[5])
                     for row in found if row]
        tail = [line for line in self.lines if re.match(r"(physical|owner|processor) ", line)]
        self.tail = {line.split()[0]: line[len("processor  "):] for line in tail}

    @property
    def physical(self):
        return int(self.tail["physical"], 16) if "physical" in self.tail else None


def walk(machine, *addresses):
    """Walks to all of them, in few commands."""
    text = ""
    for start in range(0, len(addresses), 8):
        some = addresses[start:start + 8]
        text += machine.run("; ".join(f"walk {address:#x}" for address in some))[0]
    return [Walk("bits" + part) for part in text.split("bits")[1:]]


def check_rows(arch, address, found):
    """Columns are aligned, indices are the address's, and each table is the one just named."""
    indices = [address >> low & (1 << high - low + 1) - 1 for high, low in PIECES[arch][:-1]]
    rows = found.rows
    assert [row.level for row in rows] == LEVELS[arch][:len(rows)]
    assert [row.index for row in rows] == indices[:len(rows)]
    assert [row.table for row in rows[1:]] == [row.entry & TABLE_MASK[arch] for row in rows[:-1]]
    assert all(row.words.endswith("table") for row in rows[:-1])
    begins = [found.lines[1].index(word) for word in ("level", "table", "entry", "meaning")]
    for line in found.lines[2:2 + len(rows)]:
        assert all(line[begin] != " " for begin in begins)
        assert all(line[begin - 2:begin] == "  " for begin in begins[1:])


def test_rows_are_what_memory_holds(machine, arch):
    address = int(machine.run("ioremap 0x10000000 0x1000")[0], 16)
    for where in (address, address + PAGE, 0x10000):
        found = walk(machine, where)[0]
        check_rows(arch, where, found)
        if where == 0x10000:  # the tables of a program that has ended
            continue
        bits = 8 * ENTRY_BYTES[arch]
        for row in found.rows:
            stored = machine.run(f"peek {row.address(arch):#x} {bits}")[0]
            assert int(stored, 16) == row.entry, row
    assert machine.run(f"iounmap {address:#x}") == ("", 0)


def test_every_line_of_the_dump(machine, arch):
    """First and last byte of each line: the same words, and the processor agrees."""
    machine.run("ioremap 0x10000000 0x200000 wc")
    lines = ptdump.parse(machine.run("ptdump")[0], arch)
    edges = [(line, edge) for line in lines for edge in (line.start, line.end - 1)]
    assert len(edges) > 30
    leaves = set()
    for (line, address), found in zip(edges, walk(machine, *(edge for _, edge in edges))):
        check_rows(arch, address, found)
        leaves.add((len(found.rows), line.leaf))
        words = line.words.split()
        if arch == "arm64":
            assert words.pop(0).lower() == found.rows[-1].level
        elif found.rows[-1].level == "pte":
            assert found.rows[0].words == f"{words.pop(0)} table"
        assert found.rows[-1].words.split() == words
        assert found.physical % PAGE == address % PAGE
        memory = f" {words[-1]}" if arch == "arm64" else ""
        low = found.physical & (0xffffffff if line.leaf == 16 * MIB else ~0)
        said = "agree" if low == found.physical else \
            f"differs, the tables lead to {found.physical:#018x}"  # QEMU's PAR has no bits 39:32
        assert found.tail["processor"] == f"{low:#018x}{memory}: {said}"
    assert len(leaves) > 1, "pages and larger leaves"


@pytest.mark.parametrize("size", [PAGE, 2 * MIB])
def test_walk_takes_the_address_apart(machine, arch, size):
    """Bits and numbers; on arm, where GDB finds the entry; and with -v, a line for each word."""
    address = int(machine.run(f"ioremap 0x10000000 {size:#x}")[0], 16) + 0x24
    plain = walk(machine, address)[0]
    split = re.findall(r"(\d+):(\d+) = (\w+)", plain.lines[0])
    assert [(int(high), int(low), int(number, 0)) for high, low, number in split] == [
        (high, low, address >> low & (1 << high - low + 1) - 1) for high, low in PIECES[arch]]
    if arch == "arm":
        assert plain.lines[0].endswith(
            f"in GDB init_mm.pgd[{address >> 21}].pmd[{address >> 20 & 1}]")

    verbose = machine.run(f"walk -v {address:#x}")[0].splitlines()
    assert [line for line in verbose if line in plain.lines] == plain.lines
    added = [line for line in verbose if line not in plain.lines]
    words = [word for row in plain.rows for word in row.words.split() if word != "table"]
    assert [line.split()[0] for line in added] == words and len(words) > 3
    assert all(re.fullmatch(r"  \S+ +\w.*", line) for line in added)
    assert machine.run(f"iounmap {address:#x}") == ("", 0)


def test_what_is_not_mapped(machine, arch):
    """A guard page; on arm64, an address between the halves."""
    address = int(machine.run("ioremap 0x10000000 0x1000")[0], 16)
    found = walk(machine, address + PAGE)[0]
    assert found.rows[-1].words == "nothing" and found.physical is None
    assert found.tail["owner"].startswith("the guard page of ")
    level = {"arm64": 3, "arm": 2}[arch]
    assert found.tail["processor"] == f"translation fault, level {level}: agree"
    assert machine.run(f"iounmap {address:#x}") == ("", 0)
    if arch == "arm64":
        assert machine.run("walk 0x1000000000000") == (
            "failed: 0x1000000000000 is in neither half\n", 1)


def test_several_addresses(machine, arch):
    """The program asks for each; a refusal does not end the others. A line has room for one."""
    code = {"arm64": 0xffff800008000000, "arm": 0xc0208000}[arch]
    words = f"{code:#x}", "x", f"{code + PAGE:#x}"
    each = [machine.run(f"walk {word}")[0] for word in words]
    assert machine.run(f"walk {' '.join(words)}") == ("".join(each), 1)
    assert each[0].startswith("bits ") and each[1] == "failed: x is not a number\n"
    assert machine.run("walk '1 2'") == (
        "failed: usage: walk [-v] VADDR..., each in a line of its own\n", 1)


def test_the_processor_disagrees(machine, arch):
    """An entry is spoiled, so that the processor faults where the tables seem to map.

    arm64: the access flag is taken away. arm: the domain becomes one that no access is allowed to;
    the mapping has its first-level entry for itself.
    """
    address = int(machine.run("ioremap 0x10000000 0x100000")[0], 16)
    row = walk(machine, address)[0].rows[{"arm64": -1, "arm": 0}[arch]]
    spoiled = {"arm64": row.entry & ~(1 << 10), "arm": row.entry & ~0x1e0 | 5 << 5}[arch]
    bits = 8 * ENTRY_BYTES[arch]
    machine.run(f"poke {row.address(arch):#x} {spoiled:#x} {bits}")
    found = walk(machine, address)[0]
    machine.run(f"poke {row.address(arch):#x} {row.entry:#x} {bits}")
    fault = {"arm64": "access flag fault, level 3", "arm": "domain fault, level 2"}[arch]
    assert found.tail["processor"] == f"{fault}: differs, the tables map it"
    assert walk(machine, address)[0].tail["processor"].endswith(": agree")
    assert machine.run(f"iounmap {address:#x}") == ("", 0)
