# SPDX-License-Identifier: MIT
"""`mc walk` against the shell's `walk`, word for word, and against the dump and QEMU's own walk."""

import json
import re

import pytest

import ptdump
from gdb_session import Session

PAGE = 1 << 12
BATCH = 40  # walks in one line of the shell

# Counts what a command reads from the machine, in blocks of a page.
COUNT = """python
import mercator.target
reads, inner = [], mercator.target.read
def counted(addr, size):
    reads.append(addr)
    return inner(addr, size)
mercator.target.read = counted
end"""

# The command's answers for many addresses, with memory read once.
WALK_ALL = """python
import json
from mercator.kernel import Kernel
from mercator.walk import Walk
command = Walk()
with Kernel() as kernel:
    answers = {{addr: command.answer(kernel, addr, set()).lines for addr in {addresses}}}
print(json.dumps(answers))
end"""


@pytest.fixture(scope="module")
def session(arch):
    with Session(arch, log="test_gdb_walk") as opened:
        # Leaves of every size: pages, blocks or sections, a supersection.
        for request in ("0x10000000 0x3000", "0x10200000 0x200000 wc", "0x4010000000 0x1000000"):
            opened.machine.run(f"ioremap {request}")
        yield opened


def shell_walks(machine, addresses):
    """{address: the lines of the shell's `walk`}, without what the processor answered."""
    found = {}
    for start in range(0, len(addresses), BATCH):
        some = addresses[start:start + BATCH]
        text = machine.run("; ".join(f"walk {address:#x}" for address in some))[0]
        parts = re.split(r"^(?=bits )", text, flags=re.M)[1:]
        assert len(parts) == len(some), text
        found |= {address: part.splitlines()[:-1] for address, part in zip(some, parts)}
    return found


def first_pages(text, arch):
    """The first address of every leaf in a dump."""
    return [address for line in ptdump.parse(text, arch)
            for address in range(line.start, line.end, line.leaf)]


def kind_of(lines):
    """What tells the leaves of a dump apart: the level and the words."""
    row = lines[-3].split()
    return (row[0], *row[4:])


def test_every_leaf_of_the_kernels_half(session, arch):
    """All in GDB, which also finds that QEMU agrees; in the shell, all but long runs of one kind,
    of which the first, the last and some between stand for the rest."""
    session.attach()
    leaves = first_pages(session.gdb.run("mc ptdump"), arch)
    text = session.gdb.run(WALK_ALL.format(addresses=leaves))
    answers = json.loads(text[text.index("{"):])
    assert session.gdb.run(f"mc walk {leaves[-1]:#x}").splitlines() == answers[str(leaves[-1])]
    session.detach()
    ours = {int(address): lines for address, lines in answers.items()}
    assert len(leaves) > 500
    asked, kinds = [], {}
    for address in leaves:
        *walk, qemu = ours[address]
        assert qemu == f"QEMU       {walk[-2].split()[1]}: agree"
        kinds.setdefault(kind_of(walk), []).append(address)
    for same in kinds.values():
        asked += same[:4] + same[4:-4:max(len(same) // 8, 1)] + same[-4:]
    theirs = shell_walks(session.machine, sorted(set(asked)))
    for address, lines in theirs.items():
        assert ours[address][:-1] == lines, hex(address)
    assert {len(lines) for lines in theirs.values()} >= {{"arm64": 7, "arm": 5}[arch],
                                                        {"arm64": 8, "arm": 6}[arch]}


def test_every_page_of_a_program(session, arch):
    """The program is `walk` itself: each of its pages in turn, at the moment that it asks."""
    _, (text,) = session.at("ptwalk_show", "walk 0x10000", "mc ptdump user")
    pages = first_pages(text, arch)
    assert len(pages) >= 20
    for address in pages:
        text, (answer,) = session.at("ptwalk_show", f"walk {address:#x}", f"mc walk {address:#x}")
        *ours, qemu = answer.splitlines()
        assert ours == text.splitlines()[:-1] and ours[-1] == "owner      user space"
        assert qemu == f"QEMU       {ours[-2].split()[1]}: agree"


def test_words_are_explained_as_the_shell_does(session):
    address = int(session.machine.run("ioremap 0x9030000 0x1000")[0], 16)
    theirs = session.machine.run(f"walk -v {address + 4:#x}")[0].splitlines()[:-1]
    session.attach()
    ours = session.gdb.run(f"mc walk -v {address + 4:#x}").splitlines()[:-1]
    data = session.gdb.mc(f"walk {address + 4:#x}")
    session.detach()
    assert ours == theirs and len(ours) > 10
    assert data["physical"] == data["qemu"] == 0x9030004 and data["owner"] in ours[-1]
    assert [step["level"] for step in data["steps"]][-1] == "pte"
    assert session.machine.run(f"iounmap {address:#x}") == ("", 0)


def test_what_is_not_mapped(session, arch):
    """A guard page, the first page, and on arm64 an address between the halves."""
    address = int(session.machine.run("ioremap 0x9030000 0x1000")[0], 16)
    guard = address + PAGE
    theirs = session.machine.run(f"walk {guard:#x}")[0].splitlines()[:-1]
    session.attach()
    ours = session.gdb.run(f"mc walk {guard:#x}").splitlines()
    owner = session.gdb.run(f"mc who {guard:#x}").strip()
    null = session.gdb.run("mc who 0").strip()
    gap = session.gdb.run("mc walk 0x1000000000000").strip()
    session.detach()
    assert ours[:-1] == theirs and ours[-1] == "QEMU       nothing: agree"
    assert owner.startswith("the guard page of ") and f"owner      {owner}" == theirs[-1]
    assert null == "the first page: a NULL pointer"
    assert gap == {"arm64": "0x1000000000000 is in neither half",
                   "arm": "mc walk: 0x1000000000000 is not an address: it has more than 32 bits"
                   }[arch]
    assert session.machine.run(f"iounmap {address:#x}") == ("", 0)


def test_one_region(session, arch):
    """Part of the dump, with its markers."""
    text, (whole, part, none) = session.at(
        "ptdump_show", "ptdump", "mc ptdump", "mc ptdump vmalloc", "mc ptdump heap")
    assert whole == text and part in text and len(part.splitlines()) > 5
    assert all(line.startswith("---[") or "0xe0" < line or "0xffff8" < line
               for line in part.splitlines())
    assert none.startswith("mc ptdump: there is no region heap: ") and "fixmap" in none
    assert none.count("\n") == 1


def test_few_reads(session):
    """What a command costs is its reads. A walk reads some pages, the dump each table once."""
    session.attach()
    session.gdb.run(COUNT)
    session.gdb.run("mc walk $sp")
    walk = session.gdb.run("python print(len(reads), len(set(reads)))").split()
    session.gdb.run("python reads.clear()")
    session.gdb.run("mc ptdump")
    dump = session.gdb.run("python print(len(reads), len(set(reads)))").split()
    session.detach()
    assert walk[0] == walk[1] and int(walk[0]) < 40
    assert dump[0] == dump[1] and int(dump[0]) < 100


@pytest.mark.parametrize("command, refusal", [
    ("walk", "mc walk: an address is missing. Usage: mc walk [-v] [-json] ADDR"),
    ("walk -x 1", "mc walk: there is no option -x. Usage: mc walk [-v] [-json] ADDR"),
    ("walk no_such_name", 'mc walk: No symbol "no_such_name" in current context.'),
    ("walk 1 +", "mc walk: A syntax error in expression, near `'."),
    ("who *iomem_resource.child", "mc who: *iomem_resource.child is not an address: its type is"
     " struct resource"),
    ("ptdump a b", "mc ptdump: too many words. Usage: mc ptdump [-json] [REGION]"),
    ("explain 1", "mc explain: a word is missing. Usage:"
     " mc explain [-json] PHYS SIZE [nocache|wc|wt|cache]"),
    ("explain 1 x", "mc explain: x is not a number"),
    ("explain 1 1 hot", "mc explain: unknown type hot: nocache, wc, wt or cache"),
    ("memblock free", "mc memblock: there is no list free: memory, reserved"),
    ("where now", "mc where: too many words. Usage: mc where [-json]"),
    ("map", "mc: there is no command map: `help mc` lists them"),
])
def test_bad_arguments_get_one_line(session, command, refusal):
    session.attach()
    said = session.gdb.run(f"mc {command}")
    mode = session.gdb.run("maintenance packet qqemu.PhyMemMode")
    session.detach()
    assert said == refusal + "\n"
    assert 'received: "0"' in mode


def test_help_and_completion(session):
    session.attach()
    listed = session.gdb.run("help mc")
    commands = re.findall(r"^mc (\w+) -- mc \1 (?:\[-v\] )?\[-json\].*[:.]", listed, re.M)
    assert len(commands) >= 14 and {"walk", "where", "who", "ptdump", "explain"} < set(commands)
    for name in commands:
        assert session.gdb.run(f"help mc {name}").count("\n") >= 1
    assert session.gdb.run("complete mc ptdump vm").split("\n")[0] == "mc ptdump vmalloc"
    assert session.gdb.run("complete mc memblock r") == "mc memblock reserved\n"
    assert "mc walk start_kernel" in session.gdb.run("complete mc walk start_k")
    session.detach()
