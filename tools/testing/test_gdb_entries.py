# SPDX-License-Identifier: MIT
"""`mc break`: each store to a page table entry stops once, and the stop says what, where and who.

A line is typed at the shell while the breakpoint is set. All stops on its way to the next prompt
are collected, so a stop too many fails a test as one too few does.
"""

import re
import select

import pexpect
import pytest

from gdb_session import Session

BLOCK = "0x10200000 0x200000"  # a section pair on arm, a 2 MiB block on arm64
PAGES = "0x10200000 0x1ff000"  # a page short of it: pages, in the same place
WIDE = "0x4010000000 0x1000000"  # a supersection on arm, 2 MiB blocks on arm64
INSIDE = 0x123456              # in the second MiB: on arm, pmd[1] of the pair
TIMEOUT = 120

STOP = re.compile(r"mc break \d+: (?P<title>.*)\n  was  (?P<was>0x\w+)  (?P<was_words>.*)\n"
                  r"  is   (?P<is>0x\w+)  (?P<is_words>.*)\n(?:  at   (?P<at>.*)\n)?"
                  r"  by   (?P<by>\w+)\(\)(?: (?P<line>[\w.]+:\d+))?(?P<callers>.*)\n")


def parse(text):
    """The stop that GDB's answer reports."""
    found = STOP.search(text)
    assert found, text
    return found


def stops_of(session, line, then="mc break list"):
    """The stops while the shell does a line. GDB gets the command `then` at each."""
    gdb, child, found = session.gdb, session.machine.child, []
    gdb.send("continue")
    child.send(line + "\r")
    while True:
        ready, _, _ = select.select([gdb.process.stdout, child], [], [], TIMEOUT)
        assert ready, "neither a stop nor a prompt"
        if gdb.process.stdout in ready:
            if gdb.has_answer():
                found.append(parse(gdb.answer()))
                gdb.run(then)
                gdb.send("continue")
        elif child.expect(["/ # ", pexpect.TIMEOUT], timeout=0) == 0:
            break
    text = session.interrupt()
    assert "mc break" not in text, text
    return found


def leaf(stop):
    """The physical address in a descriptor of 4 or 8 bytes, a page's or a section's."""
    return int(stop["is"], 16) & (0xfffffffff000 if len(stop["is"]) == 18 else 0xfff00000)


@pytest.fixture(scope="module")
def session(arch):
    with Session(arch, log="test_gdb_entries") as opened:
        yield opened


@pytest.fixture(scope="module")
def place(session):
    """Where a block lands. No table is there, since a block was."""
    at = int(session.machine.run(f"ioremap {BLOCK}")[0], 16)
    assert session.machine.run(f"iounmap {at:#x}") == ("", 0)
    return at


@pytest.fixture
def gdb(session):
    session.attach()
    yield session.gdb
    session.gdb.run("mc break delete")
    session.detach()


def test_a_block_stops_once(session, place, gdb, arch):
    """A section pair, or a block, is made; and cleared."""
    gdb.run(f"mc break entry {place + INSIDE:#x}")
    mapped, = stops_of(session, f"ioremap {BLOCK}")
    walk = gdb.run(f"mc walk {place + INSIDE:#x}")
    unmapped, = stops_of(session, f"iounmap {place:#x}")
    assert mapped["title"] == f"the pmd entry of {place + INSIDE:#x} was stored"
    assert int(mapped["was"], 16) == 0 and mapped["was_words"] == "nothing"
    assert leaf(mapped) == {"arm": 0x10300000, "arm64": 0x10200000}[arch]
    assert f"{mapped['is']}  {mapped['is_words']}\n" in walk
    assert mapped["by"] == {"arm": "fill_pairs", "arm64": "map_pmd_blocks_below"}[arch]
    assert "<- ioremap() <- cmd_ioremap()" in mapped["callers"]
    assert (unmapped["was"], int(unmapped["is"], 16)) == (mapped["is"], 0)
    assert unmapped["by"] == {"arm": "unmap_area_sections", "arm64": "unmap_pmd_range"}[arch]


def test_a_table_then_a_page(session, place, gdb, arch):
    """The table appears; the watchpoints follow into it; iounmap leaves it for the next mapping,
    and a block that takes its place clears it first."""
    address = place + INSIDE
    gdb.run(f"mc break entry {address:#x}")
    table, page = stops_of(session, f"ioremap {PAGES}")
    cleared, = stops_of(session, f"iounmap {place:#x}")
    gone, block = stops_of(session, f"ioremap {BLOCK}")
    last, = stops_of(session, f"iounmap {place:#x}")
    assert [stop["title"].split()[1] for stop in (table, page, cleared, gone, block, last)] == [
        "pmd", "pte", "pte", "pmd", "pmd", "pmd"]
    assert table["is_words"].endswith("table") and "pte_alloc" in table["by"] + table["callers"]
    index = {"arm": (address >> 20, (address >> 12) % 256),
             "arm64": ((address >> 21) % 512, (address >> 12) % 512)}[arch]
    assert table["at"].endswith(f", index {index[0]} of the pmd table")
    assert page["at"].endswith(f", index {index[1]} of the pte table")
    assert int(page["is"], 16) & 0xfffff000 == 0x10323000 and page["by"] == "map_run"
    assert cleared["was"] == page["is"] and cleared["by"] == "unmap_pte_range"
    assert (gone["was"], int(gone["is"], 16)) == (table["is"], 0)
    assert leaf(block) in (0x10200000, 0x10300000) and int(last["is"], 16) == 0


def test_sixteen_equal_descriptors_stop_once(session, gdb, arch):
    """A supersection; on arm64 the one block among eight."""
    session.gdb.run("mc break delete")
    session.detach()
    at = int(session.machine.run(f"ioremap {WIDE}")[0], 16)
    session.machine.run(f"iounmap {at:#x}")
    session.attach()
    gdb.run(f"mc break entry {at + 0x500000:#x}")
    mapped, = stops_of(session, f"ioremap {WIDE}")
    unmapped, = stops_of(session, f"iounmap {at:#x}")
    assert ("SUPER" in mapped["is_words"]) == (arch == "arm")
    assert int(mapped["was"], 16) == int(unmapped["is"], 16) == 0
    assert unmapped["was"] == mapped["is"]


def test_a_physical_address_gets_a_mapping(session, place, gdb):
    """Through a table that did not exist when the breakpoint was set; then through that table."""
    for _ in range(2):
        gdb.run("mc break map 0x10200010")
        mapped, = stops_of(session, f"ioremap {PAGES}", then="mc break delete")
        assert mapped["title"] == (f"physical 0x10200010 is mapped at {place + 0x10:#x},"
                                   " by a pte entry")
        assert int(mapped["is"], 16) & 0xfffff000 == 0x10200000 and mapped["by"] == "map_run"
        assert stops_of(session, f"iounmap {place:#x}") == []
    gdb.run("mc break map 0x10200010")
    assert stops_of(session, "ioremap 0x10400000 0x1000") == []


def test_the_mapping_is_taken_away(session, place, gdb):
    gdb.run(f"mc break unmap {place + INSIDE:#x}")
    assert stops_of(session, f"ioremap {PAGES}") == []
    gone, = stops_of(session, f"iounmap {place:#x}")
    assert gone["title"] == f"{place + INSIDE:#x} is no longer mapped to physical 0x10323456"
    assert int(gone["is"], 16) == 0 and gone["by"] == "unmap_pte_range"
    assert "<- __iounmap()" in gone["callers"]


# The stores on the way to two addresses in the course of a boot: level, function, one caller.
EARLY = {
    "arm": [("0xc0208000", "pmd", "map_page", "early_map"),
            ("0xc0208000", "pte", "map_page", "early_map"),
            ("0xc4000000", "pmd", "map_pairs", "paging_init")],
    "arm64": [("0xffff800008000000", level, "map_page", "early_map")
              for level in ("pgd", "pud", "pmd", "pte")] + [
                  ("0xffff000000000000", "pgd", "table_below", "paging_init"),
                  ("0xffff000000000000", "pud", "table_below", "paging_init"),
                  ("0xffff000000000000", "pmd", "map_level", "paging_init")]}


def test_before_and_after_the_mmu(arch):
    """early_map() stores with the MMU off; paging_init() through a window, on arm64. The last
    store to each entry is what is there when a program runs, so that none has been missed."""
    with Session(arch, stopped=True, log="test_gdb_early_entries") as session:
        session.attach()
        gdb = session.gdb
        gdb.run("to-kernel")
        addresses = list(dict.fromkeys(row[0] for row in EARLY[arch]))
        for address in addresses:
            gdb.run(f"mc break entry {address}")
        stops = [parse(gdb.run("continue")) for _ in EARLY[arch]]
        assert [(stop["title"].split()[-3], stop["title"].split()[1], stop["by"])
                for stop in stops] == [row[:3] for row in EARLY[arch]]
        for stop, row in zip(stops, EARLY[arch]):
            assert f"<- {row[3]}()" in stop["callers"], stop.group()
            assert int(stop["was"], 16) == 0 and int(stop["is"], 16)
        gdb.run("hbreak switch_mm")
        assert "switch_mm" in gdb.run("continue")
        for address in addresses:
            walk = gdb.run(f"mc walk {address}")
            seen = [stop["is"] for stop in stops if stop["title"].split()[-3] == address]
            assert [line.split()[3] for line in walk.splitlines()
                    if re.match("p[gumt][de] ", line)] == seen, walk


@pytest.mark.parametrize("command, said", [
    ("break", "No breakpoints on entries."),
    ("break entry", "mc break entry: an address is missing. Usage: mc break entry [-json] ADDR"),
    ("break entry 0x1000000000000", {
        "arm64": "mc break entry: 0x1000000000000 is in neither half: no table will translate it",
        "arm": "mc break entry: 0x1000000000000 is not an address: it has more than 32 bits"}),
    ("break delete 7", "mc break delete: there is no breakpoint 7: `mc break list` lists them"),
    ("break page", "mc break: there is no page: `help mc break` lists what there is"),
])
def test_bad_arguments_get_one_line(gdb, arch, command, said):
    expected = said if isinstance(said, str) else said[arch]
    assert gdb.run(f"mc {command}") == expected + "\n"


def test_list_delete_help_and_completion(gdb):
    first, second = gdb.mc("break entry start_kernel"), gdb.mc("break map 0x9000000")
    assert (first["number"], second["number"], second["address"]) == (1, 2, 0x9000000)
    assert [row["kind"] for row in gdb.mc("break list")] == ["entry", "map"]
    assert re.fullmatch(rf"1   entry  {first['address']:#x}: each store .*\n"
                        r"2   map    0x9000000: each store .*\n", gdb.run("mc break list"))
    assert gdb.run("complete mc break delete 2") == "mc break delete 2\n"
    assert "mc break entry start_kernel" in gdb.run("complete mc break entry start_k")
    assert gdb.run("mc break delete 1").startswith("Deleted: 1 ")
    assert gdb.mc("break delete") == [2] and gdb.mc("break list") == []
    assert "hw watchpoint" not in gdb.run("maint info breakpoints")
    for name in ("entry", "map", "unmap", "list", "delete"):
        assert f"mc break {name} [-json]" in gdb.run(f"help mc break {name}")


def test_who_wrote_needs_a_replay(gdb, arch):
    said = gdb.run("mc who-wrote $pc")
    assert said.count("\n") == 1 and said.startswith("mc who-wrote: this machine cannot run backw")
    assert f"`make record ARCH={arch}`" in said and f"`make replay ARCH={arch}`" in said
