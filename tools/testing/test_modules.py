# SPDX-License-Identifier: MIT
"""Modules: loaded, listed, named in reports, and removed without a trace."""

import re

import vmallocinfo

SPACE = {"arm64": (0xffff800000000000, 0xffff800008000000), "arm": (0xbf000000, 0xbfe00000)}


def areas(machine, symbol):
    """The rows of vmallocinfo whose caller is this function, or one of this module."""
    rows = vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])
    return [row for row in rows if row.symbol == symbol or f" [{symbol}]" in row.line]


def test_a_module_is_loaded_listed_and_removed(machine, arch):
    output, status = machine.run("insmod /lib/modules/hello.ko")
    assert status == 0 and re.search(r"hello: loaded; 10000 bytes at [0-9a-f]{8,16}\n", output)
    listed = re.fullmatch(r"hello (\d+) 0 - Live 0x([0-9a-f]+)\n",
                          machine.run("cat /proc/modules")[0])
    area, = areas(machine, "move_module")
    assert area.start == int(listed[2], 16) and area.size == int(listed[1]) + 4096  # the guard
    assert SPACE[arch][0] <= area.start < area.end <= SPACE[arch][1]
    assert re.search(r"^hello +\d+ +0 *$", machine.run("lsmod")[0], re.M)
    taken, = areas(machine, "hello")
    assert taken.symbol == "take_memory" and taken.pages == 3, taken.line

    output, status = machine.run("rmmod hello")
    assert status == 0 and output.endswith("hello: removed\n")
    assert machine.run("cat /proc/modules")[0] == ""
    assert not areas(machine, "move_module") and not areas(machine, "hello")


def test_each_part_has_its_permissions(machine):
    """Code is executable and read-only, constants are read-only, data is not executable."""
    machine.run("insmod /lib/modules/hello.ko")
    area, = areas(machine, "move_module")
    parts = re.findall(r"^0x([0-9a-f]+)-0x[0-9a-f]+ +4K \S+ +(RW|ro) (x |NX)",
                       machine.run("ptdump")[0], re.M)
    inside = [(mode, run) for start, mode, run in parts
              if area.start <= int(start, 16) < area.end]
    machine.run("rmmod hello")
    assert inside == [("ro", "x "), ("ro", "NX"), ("RW", "NX")]


def test_its_names_are_in_kallsyms(machine, arch):
    machine.run("insmod /lib/modules/hello.ko")
    rows = machine.run("cat /proc/kallsyms")[0].splitlines()
    first = next(n for n, row in enumerate(rows) if row.endswith("\t[hello]"))
    machine.run("rmmod hello")
    names = [row.split()[2] for row in rows[first:]]
    assert names == ["take_memory", "hello_exit"]  # the init function's code is freed
    assert all(re.match(r"[0-9a-f]{8,16} T \S+$", row) for row in rows[:first])
    assert not re.search(r"hello", machine.run("cat /proc/kallsyms")[0])
