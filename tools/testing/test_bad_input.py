# SPDX-License-Identifier: MIT
"""Bad input gets one clear line, changes nothing, and the shell goes on."""

import re

import pytest

from qemu import Machine, make

LAST_DEVICE_PAGE = 0x3ffff000  # RAM starts right behind it
HOLE = 0x09100000  # no device answers here


@pytest.mark.parametrize("command", [
    "ioremap 0 0",
    "ioremap 0xfffffffffffff000 0x2000",
    "ioremap 0x9000000 0xffffffffffffffff",
    "ioremap 0x40000000 0x1000",
    f"ioremap {LAST_DEVICE_PAGE:#x} 0x2000",
    "ioremap banana 0x1000",
    "ioremap 0x9000000 0x1000x",
    "ioremap 0x9000000 0x1000 sticky",
    "ioremap 0x9000000",
    "ioremap",
    "iounmap",
    "iounmap 0",
    "iounmap 0x1234",
    "vmalloc 0",
    "vmalloc banana",
    "vfree 0",
    "peek",
    "peek 0",
    "peek 0x9000000 7",
    "poke 0x9000000",
])
def test_refused_in_one_line(machine, command):
    before = machine.run("cat /proc/vmallocinfo")
    output, status = machine.run(command)
    said = [line for line in output.splitlines() if not line.startswith("[")]  # kernel messages
    assert status == 1
    assert len(said) == 1 and re.fullmatch(r"failed: .+", said[0]), output
    assert machine.run("cat /proc/vmallocinfo") == before


def test_double_iounmap(machine):
    address = machine.run("ioremap 0x9020000 0x1000")[0].strip()
    assert machine.run(f"iounmap {address}")[1] == 0
    output, status = machine.run(f"iounmap {address}")
    assert status == 1 and re.search(r"^failed: .+$", output, re.M)


def test_peek_at_a_guard_page(machine):
    address = int(machine.run("ioremap 0x9020000 0x1000")[0], 16)
    output, status = machine.run(f"peek {address + 0x1000:#x}")
    assert status == 1 and re.search(r"^failed: .+$", output, re.M)
    assert machine.run(f"iounmap {address:#x}")[1] == 0


def test_peek_at_a_hole_between_devices(machine):
    """The address translates, but nobody answers: an external abort, not a dead kernel."""
    address = int(machine.run(f"ioremap {HOLE:#x} 0x1000")[0], 16)
    output, status = machine.run(f"peek {address:#x}")
    assert status == 1 and re.search(r"^failed: .+$", output, re.M)
    assert machine.run("echo alive") == ("alive\n", 0)
    assert machine.run(f"iounmap {address:#x}")[1] == 0


def without_initrd(command):
    position = command.index("-initrd")
    return command[:position] + command[position + 2:]


def without_tree(command):
    """Started by QEMU's plain loader, which passes nothing in registers."""
    command = without_initrd(command)
    position = command.index("-kernel")
    image = command[position + 1]
    loader = ["-device", f"loader,file={image},addr=0x40200000,cpu-num=0,force-raw=on"]
    return command[:position] + loader + command[position + 2:]


@pytest.mark.parametrize("name, message, options", [
    ("no-initramfs", "no initramfs", {"edit": without_initrd}),
    ("no-device-tree", "no device tree", {"edit": without_tree}),
    ("little-memory", "too little memory", {"mem": "8M"}),
])
def test_boot_problem_is_named(arch, name, message, options):
    with Machine(arch, log=name, **options) as machine:
        machine.expect(["Kernel panic - not syncing: " + message])


@pytest.mark.parametrize("choice, advice", [
    ("ARCH=foo", "ARCH=arm64"),
    ("MEM=12Q", "MEM=512M"),
    ("MEM=", "MEM=512M"),
    ("SMP=0", "SMP=4"),
    ("SMP=9", "SMP=4"),
    ("SMP=two", "SMP=4"),
    ("GIC=4", "GIC=3"),
    ("GIC=5", "GIC=2"),
    ("CPU=cortex-a15", "ARCH=arm"),
    ("CPU=a b", "CPU=max"),
    ("BUILD=my build", "letters, digits"),
    ("UBOOT=my/u-boot.bin;", "letters, digits"),
    ("ARCH=it's", "ARCH=arm64"),
])
def test_make_refuses_in_one_line(choice, advice):
    done = make("qemu-cmd", choice)
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 2
    assert len(lines) == 1 and advice in lines[0] and choice in lines[0], lines


def test_refused_before_the_tables_take_all_memory():
    """256 GiB in pages would need 512 MiB of tables. (arm's whole space needs 2 MiB.)"""
    with Machine("arm64", mem="64M", log="bad-tables") as machine:
        machine.expect_prompt()
        assert machine.run("ioremap 0x8000001000 0x4000000000") == (
            "failed: no room in low memory, of which some is kept for stacks and tables\n", 1)
        assert machine.run("ls /")[1] == 0
