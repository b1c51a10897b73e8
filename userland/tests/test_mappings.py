# SPDX-License-Identifier: MIT
"""What programs map besides memory: devices by /dev/mem, and the kernel's pages by /dev/fb0."""

import re
import subprocess
import sys
import time

import pytest

from emulated import ROOT
from test_system import free_kib, initramfs, with_archive

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine, make  # noqa: E402  pylint: disable=wrong-import-position


@pytest.fixture(name="machine", scope="module", params=[
    pytest.param(arch, marks=pytest.mark.xdist_group(f"mappings-{arch}"))
    for arch in ("arm64", "arm")
])
def fixture_machine(request):
    with Machine(request.param, mem="64M", log="mappings") as machine:
        machine.expect_prompt()
        yield machine


def test_devmem_reaches_registers_and_no_ram(machine):
    """The clock's register counts seconds, as `date` does. Of RAM nothing is mapped, not even where
    the range begins below it; the console says why."""
    seconds = int(machine.type("devmem 0x9010000"), 16)
    assert 0 <= int(machine.type("devmem 0x9010000"), 16) - seconds < 5
    assert machine.type("devmem 0x9000fe0 8; devmem 0x9000fe4 16") == "0x11\n0x0010\n"
    assert machine.run("devmem 0x9000000 8 0x41") == ("A", 0)
    output, status = machine.run("devmem 0x40001000")
    assert status == 1 and re.fullmatch(
        r"\[.*\] devmem\[\d+\]: /dev/mem: 0x40001000-0x40001fff is not mapped: the range meets "
        r"RAM, which has a pointer already\ndevmem: 0x40001000: Operation not permitted\n", output)
    assert machine.run("cat /dev/mem") == ("cat: /dev/mem: Bad address\n", 1)


def test_an_address_where_nothing_answers_ends_the_program(machine):
    """It may be mapped: which addresses have a device, only the bus knows."""
    output, status = machine.run("devmem 0x0b000000")
    assert status == 128 + 7 and re.fullmatch(
        r"\[.*\] devmem\[\d+\]: bus error: read of 0x[0-9a-f]+ at pc 0x[0-9a-f]+: nothing answers "
        r"there\nsh: process \d+: Bus error\n", output), output


def test_devmem_refuses_what_makes_no_sense(machine):
    for words, reason in (("0x9010002", "is not a multiple of the width"),
                          ("0x9010000 24", "is not a width"),
                          ("0x9000000 8 0x100", "does not fit in the width"),
                          ("clock", "is not a number")):
        output, status = machine.run(f"devmem {words}")
        assert status == 2 and reason in output and output.count("\n") == 1


def test_a_program_draws_in_the_kernel_s_memory(machine):
    """By writing to its own: the row of vmallocinfo is the driver's, the pages are both's."""
    assert machine.run("draw 10 3 hello; draw 60 15 overhang") == ("", 0)
    screen = machine.type("cat /dev/fb0").splitlines()
    assert len(screen) == 16 and {len(row) for row in screen} == {64}
    assert screen[3].strip() == "hello" and screen[3].index("hello") == 10
    assert screen[15].rstrip() == " " * 60 + "over"
    row = machine.type("grep user /proc/vmallocinfo")
    assert re.fullmatch(r"0x[0-9a-f]+-0x[0-9a-f]+ +12288 vfb_open\+\S+ pages=2 vmalloc user\n", row)
    assert machine.run("draw 64 0 x")[1] == 2


def loaded(arch, program):
    """The rows of /proc/PID/maps for the parts of a program's file, as far as its name."""
    listed = subprocess.run(["readelf", "-lW", ROOT / "build" / arch / program], check=True,
                            capture_output=True, text=True).stdout
    rows = []
    for words in re.findall(r"LOAD +(\w+) (\w+) \w+ \w+ (\w+) ([R ])([W ])([E ])", listed):
        offset, start, size = (int(word, 16) for word in words[:3])
        first, end = start & -4096, (start + size + 4095) & -4096
        rights = "".join(letter if right != " " else "-" for letter, right in zip("rwx", words[3:]))
        rows.append(f"{first:08x}-{end:08x} {rights}p {offset & -4096:08x} 00:00")
    return rows


def test_maps_have_the_form_of_linux(machine):
    """While a program that maps a device waits. The names of all begin at one column, and what is
    no file has no inode."""
    machine.type("sleep 100 | draw 0 0 &")
    rows, give_up = [], time.monotonic() + 30
    while not any("/dev/fb0" in row for row in rows):  # it was the shell's child before
        assert time.monotonic() < give_up, rows
        pids = dict(re.findall(r"^ *(\d+).* (draw|sleep)$", machine.type("ps"), re.M))
        rows = "".join(machine.type(f"cat /proc/{pid}/maps")
                       for pid, name in pids.items() if name == "draw").splitlines()
    machine.type(f"kill {' '.join(pids)}")
    form = re.compile(r"[0-9a-f]{8,16}-[0-9a-f]{8,16} [r-][w-][x-][ps] [0-9a-f]{8} 00:00 \d+ +\S+")
    assert all(form.fullmatch(row) for row in rows), rows
    starts = [int(row.split("-")[0], 16) for row in rows]
    assert starts == sorted(starts)
    screen, = [row for row in rows if row.endswith(" /dev/fb0")]
    assert " rw-s 00000000 00:00 " in screen
    program = [row.split() for row in rows if row.endswith(" /bin/draw")]
    assert [" ".join(words[:4]) for words in program] == loaded(machine.arch, "userland/bin/draw")
    assert len({words[4] for words in program}) == 1
    assert {row.split()[5]: row.split()[4] != "0" for row in rows} == {
        "/bin/draw": True, "/dev/fb0": True, "[stack]": False, "[sigpage]": False}
    assert {re.search(r" (?=\S+$)", row).end() for row in rows} == {
        {"arm": 49, "arm64": 73}[machine.arch]}


def test_walk_names_a_mapping_of_the_program(machine):
    """The program is `walk` itself. From its first byte to its last: what follows is another."""
    for row in loaded(machine.arch, "userland/bin/iolab"):
        start, end, rights = re.match(r"(\w+)-(\w+) (\S+)", row).groups()
        owner = f"user mapping 0x{int(start, 16):x}-0x{int(end, 16):x} {rights} /bin/walk"
        for addr in int(start, 16), int(end, 16) - 1:
            assert re.search(rf"^owner +{owner}$", machine.type(f"walk {addr:#x}"), re.M)
        for addr in int(start, 16) - 1, int(end, 16):
            assert not re.search(rf"^owner +{owner}$", machine.type(f"walk {addr:#x}"), re.M)
    assert re.search(r"^owner +user space$", machine.type("walk 0x1000000"), re.M)


@pytest.mark.parametrize("arch", ["arm64", "arm"])
def test_four_processors_map_and_share_at_once(arch, tmp_path):
    """Each program is right about its own memory, and what they shared is free when all have
    ended. The second round finds as much memory as the first: what grows has grown."""
    assert make("all", f"ARCH={arch}", "SMP=4").returncode == 0
    # quiet: a line of the log could come between the prompt's characters.
    with Machine(arch, mem="128M", smp=4, append="quiet", log="map-smp", timeout=120,
                 edit=with_archive(initramfs(arch, tmp_path))) as machine:
        machine.expect_prompt()
        free = []
        for _ in range(2):
            for name in "abcd":
                work = f"cd /tmp/{name}; sharetest >> said; mmaptest >> said; echo end >> said"
                machine.type(f"mkdir /tmp/{name}; sh -c '{work}' &")
            said, deadline = "", time.monotonic() + 100
            while said.count("end\n") < 4 and time.monotonic() < deadline:
                said = machine.type("sleep 1; cat /tmp/a/said /tmp/b/said /tmp/c/said /tmp/d/said")
            assert said.count("end\n") == 4 and "line " not in said
            for name in "abcd":
                machine.type(f"rm /tmp/{name}/said; rm -d /tmp/{name}")
            free.append(free_kib(machine))
        assert abs(free[0] - free[1]) < 100
