# SPDX-License-Identifier: MIT
"""`mc` against the files of the running kernel: the form of the file, at the same moment."""

import json
import re

import pytest

from gdb_session import Session

IOLAB_EXPLAIN = [
    "0x9000000 0x1000", "0x9000004 0x10 wc", "0x10000000 0x2f01234", "0x40000000 0x1000 cache",
    "0x3ffff000 0x2000", "0 0", "0xa000200 0x200", "0xa000200 0x200 wt", "0xa003f00 0x101",
    "0x4010000000 0x1000000", "0x4010000000 0x1001000", "0xfff00000 0x200000",
    "0x100000000 0x1000", "0xffffffffffffff00 0x1000", "0xfffffffffffff000 0x1000",
    "0x8000000000 0x40000000", "0x10000000000 0x1000000", "0x4000000 0x200000",
    "0x11e00000 0x600000",
]


@pytest.fixture(scope="module")
def session(arch):
    with Session(arch, log="test_gdb_lists") as opened:
        yield opened


@pytest.mark.parametrize("function, file, command", [
    ("vmallocinfo_show", "/proc/vmallocinfo", "mc vmallocinfo"),
    ("iomem_show", "/proc/iomem", "mc iomem"),
    ("memblock_show", "/sys/kernel/debug/memblock/memory", "mc memblock memory"),
    ("memblock_show", "/sys/kernel/debug/memblock/reserved", "mc memblock reserved"),
    ("ptdump_show", "/sys/kernel/debug/kernel_page_tables", "mc ptdump"),
])
def test_as_the_file_prints_it(session, function, file, command):
    text, (answer,) = session.at(function, f"cat {file}", command)
    assert answer == text and text


def test_more_areas(session):
    """Allocations of every kind that the shell can make; rows appear, and go again."""
    names = []
    for command in ("ioremap 0x10000000 0x200000", "ioremap 0x9020000 0x18 wc", "vmalloc 0x12345"):
        names.append((command.split()[0], session.machine.run(command)[0].strip()))
    text, (answer,) = session.at("vmallocinfo_show", "cat /proc/vmallocinfo", "mc vmallocinfo")
    assert answer == text
    for kind, address in names:
        assert f"{address[:-3]}000-" in answer
        undo = {"ioremap": "iounmap", "vmalloc": "vfree"}[kind]
        assert session.machine.run(f"{undo} {address}") == ("", 0)


def test_tasks(session):
    """`ps` itself is among the tasks, and GDB shows the boot task, too."""
    text, (answer,) = session.at("stat_show", "ps", "mc ps")
    lines = answer.splitlines()
    assert lines[1].split() == ["0", "0", "R", "swapper"]
    assert [lines[0], *lines[2:]] == text.splitlines() and " ps" in text


def test_log(session):
    text, (answer,) = session.at("printk_read_log", "dmesg", "mc dmesg")
    assert answer == text and "Mercator" in text


def test_log_that_has_gone_round(session):
    """More was said than the ring holds: the oldest line that is whole comes first."""
    fill = ("python gdb.selected_inferior().write_memory("
            "int(gdb.parse_and_eval('(unsigned long)&log_buf')),"
            " (b'<6>[    0.000001] a line\\n' * 4000)[:1 << 16])")
    text, (_, _, answer) = session.at("printk_read_log", "dmesg", fill,
                                      "set variable log_end = 3 * sizeof(log_buf) + 1000",
                                      "mc dmesg")
    assert answer == text and len(text.splitlines()) > 1000


def test_interrupts(session):
    """The timer's count may grow while the file is made; all else is equal."""
    text, (answer,) = session.at("interrupts_show", "cat /proc/interrupts", "mc irq")
    timer = re.compile(r"^(  1: +)(\d+)(?= )", re.M)
    before, after = timer.search(answer), timer.search(text)
    assert 0 < int(before[2]) <= int(after[2]) < int(before[2]) + 1000
    assert timer.sub("", answer) == timer.sub("", text) and "uart-pl011" in text


def test_interrupts_of_four_processors():
    """arm64 only: its image is one for any number. The counts go on, so only the rest is equal."""
    with Session("arm64", smp=4, log="test_gdb_smp") as session:
        text, (answer,) = session.at("interrupts_show", "cat /proc/interrupts", "mc irq")
    ticks = re.search(r"^  1: ((?: *\d+ ){4})GIC-0", answer, re.M)[1].split()
    assert all(int(count) > 0 for count in ticks)
    words = [re.sub(r" +\d+", " N", table) for table in (answer, text)]
    assert words[0] == words[1] and "Rescheduling interrupts" in text


def test_device_tree(session):
    session.attach()
    node = session.gdb.run("mc of /pl011")
    tree = session.gdb.run("mc of")
    missing = session.gdb.run("mc of /pl01")
    session.detach()
    assert node.startswith("pl011@9000000 {\n") and node.endswith("};\n")
    assert '\tcompatible = "arm,pl011", "arm,primecell";\n' in node
    assert "\treg = <0x00 0x9000000 0x00 0x1000>;\n" in node
    assert tree.startswith("/ {\n") and tree.count("{") == tree.count("}") > 40
    assert "\n".join(f"\t{line}".rstrip() for line in node.splitlines()) in tree
    assert missing.startswith("mc of: there is no node /pl01: ") and "pl011@9000000" in missing


def test_fixmap(session):
    """The console's slot is the PL011's page; its neighbours of the tree's window are one row."""
    session.attach()
    rows, text = session.gdb.mc("fixmap"), session.gdb.run("mc fixmap")
    session.detach()
    slots = {row["name"]: row for row in rows}
    console = slots["FIX_EARLYCON_MEM_BASE"]
    assert console["phys"] == 0x9000000 and "pl011" in console["owner"]
    assert re.search(rf"^ *{console['slot']} FIX_EARLYCON_MEM_BASE +0x{console['address']:x}"
                     r" physical 0x9000000  \S*pl011", text, re.M)
    if session.arch == "arm64":
        assert slots["FIX_FDT"]["owner"] == "System RAM" and slots["FIX_FDT"]["pages"] > 1


def test_explain(session):
    """Word for word as the shell explains, refusals and static mappings included."""
    session.attach()
    ours = [session.gdb.run(f"mc explain {words}") for words in IOLAB_EXPLAIN]
    session.detach()
    kinds = set()
    for words, answer in zip(IOLAB_EXPLAIN, ours):
        assert answer == session.machine.run(f"explain {words}")[0], words
        kinds.add(re.search(r"^(refused    .*|answer|leaves)", answer, re.M)[1])
    assert {"answer", "leaves"} < kinds and len(kinds) > 4


# Where RAM is in the linear map, and the bit of a page's entry that makes it read-only.
LINEAR = {"arm64": 0xffff000000000000 - 0x40000000, "arm": 0xc0000000 - 0x40000000}
READ_ONLY = {"arm64": 1 << 7, "arm": 1 << 9}


def test_diff(session, arch):
    """One ioremap: a row, and the entries that map it. Then an entry that is written again."""
    gdb = session.gdb
    session.attach()
    first, still = gdb.run("mc diff"), gdb.run("mc diff")
    gdb.run("hbreak cmd_ioremap")
    gdb.send("continue")
    session.machine.child.send("ioremap 0x10000000 0x3000\r")
    assert "cmd_ioremap" in gdb.answer()
    gdb.run("finish")
    changed = gdb.run("mc diff")
    address = int(re.search(r"^\+ pte 0x(\w+)-", changed, re.M)[1], 16)
    entry = gdb.mc(f"walk {address:#x}")["steps"][-1]
    place = LINEAR[arch] + entry["table"] + entry["index"] * {"arm64": 8, "arm": 4}[arch]
    gdb.run(f"set variable *(pteval_t *){place:#x} |= {READ_ONLY[arch]:#x}")
    gdb.run("stepi")
    rewritten = gdb.run("mc diff").splitlines()
    gdb.run(f"set variable *(pteval_t *){place:#x} = {entry['entry']:#x}")
    session.detach()
    assert int(session.machine.expect_prompt().partition("\n")[2], 16) == address
    assert first.startswith("Watching from here") and still.startswith("The machine has not run")
    row = rf"\+ 0x0*{address:x}-0x0*{address + 0x4000:x} +16384 cmd_ioremap.* phys=0x0*10000000 "
    mapped = rf"\+ pte 0x{address:x}-0x{address + 0x3000:x} physical 0x10000000 RW .*DEV"
    for pattern in (row, mapped):
        assert len([line for line in changed.splitlines() if re.match(pattern, line)]) == 1, changed
    page = rf"pte 0x{address:x}-0x{address + 0x1000:x} physical 0x10000000"
    assert len(rewritten) == 2 and re.match(rf"- {page} RW ", rewritten[0]) and \
        re.match(rf"\+ {page} ro ", rewritten[1]), rewritten
    assert session.machine.run(f"iounmap {address:#x}") == ("", 0)


def test_modules(session):
    """As /proc/modules prints them; and what GDB knows of one's names and lines afterwards."""
    session.machine.run("insmod /lib/modules/hello.ko")
    names = session.machine.run("cat /proc/kallsyms")[0]
    text, (answer, line, row, function, source, owner, bad) = session.at(
        "modules_show", "cat /proc/modules", "mc lsmod", "mc symbols hello", "mc vmallocinfo",
        "print (void *)take_memory", "info line hello_exit", "mc who &memory",
        "mc symbols nothing")
    session.machine.run("rmmod hello")
    assert answer == text and text.startswith("hello ")
    assert re.fullmatch(r"add-symbol-file \S+/drivers/misc/hello\.elf\.placed -s \.text 0x\w+.*\n",
                        line)
    assert re.search(r" take_memory\+0x\w+/0x\w+ \[hello\] pages=3 vmalloc$", row, re.M)
    address = re.search(r"(\w+) T take_memory\t\[hello\]", names)[1]
    assert f" 0x{address} <take_memory>" in function
    assert re.search(r'Line \d+ of ".*hello\.c" starts at address', source)
    assert owner == "module hello, data\n"
    assert "no module nothing is loaded" in bad


def test_each_section_of_a_module_is_placed(session):
    """Code, constants and data, aligned; what only init needed is gone."""
    session.machine.run("insmod /lib/modules/edu.ko")
    _, (said, name, probe) = session.at("modules_show", "cat /proc/modules",
                                        "mc symbols -json edu", "print edu_driver.name",
                                        "print edu_driver.probe == edu_probe")
    places = json.loads(said)["sections"]
    _, (info, operations) = session.at("modules_show", "cat /proc/modules",
                                       f"x/s {places['.modinfo']:#x}",
                                       "print edu_fops.read_iter == edu_read")
    session.machine.run("rmmod edu")
    assert name.endswith(' "edu"\n') and probe.endswith("= 1\n"), name + probe
    assert '"alias=pci:v00001234' in info and operations.endswith("= 1\n"), info + operations
    assert {".text", ".rodata", ".data", ".bss"} <= places.keys()
    assert not [section for section in places if "init" in section]
