# SPDX-License-Identifier: MIT
"""`mc walk` against the shell's `walk`, word for word, and against the dump and QEMU's own walk."""

import json
import re

import pytest

import ptdump
from gdb_session import Session

PAGE = 1 << 12
TIMEOUT = 60  # seconds, for an answer of many walks

# Counts what a command reads from the machine, in blocks of a page.
COUNT = """python
import mercator.target
reads, inner = [], mercator.target.read
def counted(addr, size):
    reads.append(addr)
    return inner(addr, size)
mercator.target.read = counted
end"""

# The command's answers for every leaf, with memory read once.
WALK_ALL = """python
import json
from mercator.kernel import Kernel
from mercator.tables import scan
from mercator.walk import Walk
command, answers = Walk(), {}
with Kernel() as kernel:
    start = kernel.constants["KERNEL_HALF_START"]
    half = kernel.half(start)
    for found in scan(half.format, half.table, start, half.end, kernel.memory.read):
        if found.entry.kind == "leaf":
            answers[found.addr] = command.answer(kernel, found.addr, set()).lines
print(json.dumps(answers))
end"""


@pytest.fixture(scope="module")
def session(arch):
    with Session(arch, log="test_gdb_walk") as opened:
        # Leaves of every size: pages, blocks or sections, a supersection.
        for request in ("0x10000000 0x3000", "0x10200000 0x200000 wc", "0x4010000000 0x1000000"):
            opened.machine.run(f"ioremap {request}")
        yield opened


BATCH = 50  # addresses in one line of the shell, of 1000 characters


def shell_walks(machine, addresses):
    """What the shell's `walk` says, address by address."""
    text = ""
    for start in range(0, len(addresses), BATCH):
        part = addresses[start:start + BATCH]
        text += machine.type(f"walk {' '.join(map(hex, part))}", timeout=TIMEOUT)
    found = re.split(r"^(?=bits )", text, flags=re.M)[1:]
    assert len(found) == len(addresses), text
    return found


def first_pages(text, arch):
    """The first address of every leaf in a dump."""
    return [address for line in ptdump.parse(text, arch)
            for address in range(line.start, line.end, line.leaf)]


def test_every_leaf_of_the_kernels_half(session, arch):
    """GDB and the shell walk to each in the same words, GDB finds what the dump has, and QEMU
    agrees. A part of a supersection is a leaf of its own here."""
    session.attach()
    text = session.gdb.run(WALK_ALL)
    dump = session.gdb.run("mc ptdump")
    session.detach()
    ours = {int(address): lines for address, lines in json.loads(text[text.index("{"):]).items()}
    pages = {page for leaf in first_pages(dump, arch) for page in range(
        leaf, leaf + (1 << 24 if leaf not in ours else 1), 1 << 20)}
    assert pages <= ours.keys() and len(ours) > 500
    for lines in ours.values():
        assert lines[-1] == f"QEMU       {lines[-3].split()[1]}: agree"
    asked = sorted(ours)
    for address, their in zip(asked, shell_walks(session.machine, asked)):
        assert ours[address][:-1] == their.splitlines()[:-1]
    levels = {lines[-4].split()[0] for lines in ours.values()}
    assert len(levels) > 1 and len({lines[-4].split(maxsplit=4)[4] for lines in ours.values()}) > 5


def test_the_shells_own_walk(session):
    """The first page of each row of the dump; and both ask the processor. The stack of `walk`
    itself is another page in each run."""
    lines = session.machine.run("ptdump")[0].splitlines()
    addresses = [int(line.split("-")[0], 16) for line in lines if line.startswith("0x")]
    theirs = shell_walks(session.machine, addresses)
    session.attach()
    session.gdb.run("hbreak ptdump_show")  # in the kernel, so that it can be asked
    session.gdb.send("continue")
    session.machine.child.send("ptdump\r")
    session.gdb.answer()
    session.gdb.run("delete")
    ours = [session.gdb.run(f"mc walk -p {address:#x}") for address in addresses]
    where = session.gdb.run("info symbol $pc"), session.gdb.run("backtrace")
    session.detach()
    session.machine.expect_prompt()
    stays = [(our, their) for our, their in zip(ours, theirs) if " copy_process+" not in our]
    for our, their in stays:
        assert our.splitlines()[:-1] == their.splitlines()
    assert len(stays) > 10 and all("\nprocessor  0x" in our for our, _ in stays)
    assert where[0].startswith("ptdump_show") and "ptdump_show" in where[1]


def test_every_page_of_a_program(session, arch):
    """The program is `walk` itself: each of its pages in turn, at the moment that it asks."""
    _, (text,) = session.at("ptwalk_show", "walk 0x10000", "mc ptdump user")
    pages = first_pages(text, arch)
    assert len(pages) >= 20
    for address in pages:
        text, (answer,) = session.at("ptwalk_show", f"walk {address:#x}", f"mc walk {address:#x}")
        *ours, qemu = answer.splitlines()
        assert ours == text.splitlines()[:-1] and ours[-1].startswith("owner      user mapping 0x")
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


@pytest.mark.parametrize("region", ["vmalloc", "fixmap", "lowmem"])
def test_one_region(session, arch, region):
    """The rows of the dump that lie in it, and no other."""
    session.attach()
    whole, part = session.gdb.run("mc ptdump"), session.gdb.run(f"mc ptdump {region}")
    bounds = session.gdb.mc(f"ptdump {region}")
    none = session.gdb.run("mc ptdump heap")
    session.detach()
    assert ptdump.parse(part, arch) == [
        line for line in ptdump.parse(whole, arch) if bounds["start"] <= line.start < bounds["end"]]
    assert ptdump.parse(part, arch) and part.startswith("---[ ") and part in whole
    assert none.startswith("mc ptdump: there is no region heap: ") and region in none
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
    ("walk", "mc walk: an address is missing. Usage: mc walk [-v] [-p] [-json] ADDR"),
    ("walk -x 1", "mc walk: there is no option -x. Usage: mc walk [-v] [-p] [-json] ADDR"),
    ("walk no_such_name", 'mc walk: No symbol "no_such_name" in current context.'),
    ("walk 1 +", "mc walk: A syntax error in expression, near "),
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
    assert said.startswith(refusal) and said.count("\n") == 1
    assert 'received: "0"' in mode


# What each command is asked, for its data; and what completes: the words, and one of the answers.
ASKED = {"break entry": "start_kernel", "break map": "0x9000000", "break unmap": "start_kernel",
         "explain": "0x9030000 0x1000", "memblock": "reserved", "of": "/pl011",
         "ptdump": "fixmap", "walk": "$sp", "who": "$sp"}
COMPLETED = {"break delete": ("", "break delete 1"), "break entry": ("start_k", "start_kernel"),
             "break map": ("start_k", "start_kernel"), "break unmap": ("start_k", "start_kernel"),
             "explain": ("0x9030000 0x1000 w", "0x1000 wt"), "memblock": ("r", "memblock reserved"),
             "of": ("/pl011@9", "of /pl011@9000000"), "ptdump": ("vm", "ptdump vmalloc"),
             "symbols": ("hel", "symbols hello"), "tour": ("iou", "tour iounmap"),
             "walk": ("start_k", "walk start_kernel"),
             "who": ("start_k", "who start_kernel"), "who-wrote": ("start_k", "start_kernel")}
# Their data: test_tours.py, test_record.py and test_gdb_lists.py.
ELSEWHERE = {"next", "who-wrote", "symbols"}


def listed(gdb, prefix):
    """{command: how it is called} of those below a prefix, as `help` lists them."""
    return dict(re.findall(rf"^{prefix} ([\w-]+) -- {prefix} ([^:]*)[:.]",
                           gdb.run(f"help {prefix}"), re.M))


def test_each_command_has_help_completion_and_data(session):
    """What completes nothing takes no words."""
    session.attach()
    gdb = session.gdb
    commands = listed(gdb, "mc")
    assert commands.pop("break") == "break entry|map|unmap|list|delete"
    commands |= {f"break {name}": f"break {usage}"
                 for name, usage in listed(gdb, "mc break").items()}
    assert len(commands) > 20 and ASKED.keys() | COMPLETED.keys() | ELSEWHERE <= commands.keys()
    gdb.run("mc break entry start_kernel")
    for name, usage in commands.items():
        words = re.fullmatch(rf"{name} (?:\[-v\] \[-p\] )?\[-json\](.*)", usage)
        assert words and gdb.run(f"help mc {name}").startswith(f"mc {usage}"), usage
        assert bool(words[1]) == (name in COMPLETED), usage
        if words[1]:
            typed, completion = COMPLETED[name]
            assert f"{completion}\n" in gdb.run(f"complete mc {name} {typed}"), name
        if name not in ELSEWHERE:
            gdb.mc(f"{name} {ASKED.get(name, '')}")
    gdb.run("mc break delete")
    session.detach()
