# SPDX-License-Identifier: MIT
"""Every way in: the level or mode at entry, and where image, device tree and initrd lie."""

import os
import re

import pytest

import vmallocinfo
from qemu import ROOT, Machine
from rawboot import raw

MIB = 1 << 20
SEMIHOSTING = ("-semihosting-config", "enable=on")


PSCI_THAT_IS_NOT_THERE = """
/ {
	psci {
		compatible = "arm,psci-1.0";
		method = "hvc";
	};
};
"""

# Two pages that are said to be the initramfs.
INITRD = """
/ {{
	chosen {{
		linux,initrd-start = /bits/ 64 <{start:#x}>;
		linux,initrd-end = /bits/ 64 <{end:#x}>;
	}};
}};
"""


def boots(arch, name, mem=None, **places):
    """Boots to the shell and powers off; returns what the kernel says of the handoff."""
    with Machine(arch, log=name, mem=mem, edit=raw(arch, name, **places)) as machine:
        machine.expect_prompt()
        text, status = machine.run("cat /proc/handoff")
        assert status == 0
        ticks = [machine.run("sleep 0.1; grep arch_timer /proc/interrupts")[0].split()[1]
                 for _ in range(2)]
        assert int(ticks[1]) > int(ticks[0]), "the timer's interrupts do not arrive"
        assert machine.poweroff() == 0
    return text


def refused(arch, name, message, mem=None, **places):
    with Machine(arch, log=name, mem=mem, edit=raw(arch, name, **places)) as machine:
        machine.expect([message])


def entered(text):
    return re.search(r"^entered in +(\w+),", text, re.M)[1]


@pytest.mark.parametrize("machine, levels", [
    ("", {"arm64": "EL1", "arm": "SVC"}),
    (",virtualization=on", {"arm64": "EL2", "arm": "HYP"}),
])
def test_level_by_qemu(arch, machine, levels):
    def edit(command):
        command[command.index("-M") + 1] += machine
        return command
    with Machine(arch, log="level-" + levels[arch], edit=edit) as booted:
        booted.expect_prompt()
        assert entered(booted.run("cat /proc/handoff")[0]) == levels[arch]
        assert booted.poweroff() == 0


@pytest.mark.parametrize("machine, levels", [
    (",secure=on", {"arm64": "EL3", "arm": "SVC"}),
    (",secure=on,virtualization=on", {"arm64": "EL3", "arm": "SVC"}),
])
def test_first_program_of_the_machine(arch, machine, levels):
    """No firmware below us: interrupts must work, and power-off goes through semihosting."""
    name = "secure" + ("-virtualization" if "virt" in machine else "")
    text = boots(arch, name, machine=machine, extra=SEMIHOSTING)
    assert entered(text) == levels[arch]


@pytest.mark.parametrize("command, psci, asked", [
    ("poweroff", False, "cannot power off this machine (asked: semihosting)"),
    ("reboot", False, "cannot restart this machine (asked: nobody)"),
    ("poweroff", True, "cannot power off this machine (asked: semihosting)"),
], ids=["poweroff", "reboot", "poweroff-psci"])
def test_nobody_powers_off(arch, command, psci, asked):
    """No firmware, or a tree that names one that is not there, and an emulator that does not
    listen: the last line says who was asked and what is left."""
    name = f"nobody-{command}" + ("-psci" if psci else "")
    nodes = PSCI_THAT_IS_NOT_THERE if psci else ""
    with Machine(arch, log=name, edit=raw(arch, name, machine=",secure=on", nodes=nodes)) as alone:
        assert ("psci: nobody answers" in alone.expect_prompt()) == psci
        alone.child.send(command + "\r")
        alone.expect(["Leave QEMU with Ctrl-A x"])
        said = [line for line in alone.text.splitlines() if "] " in line]
    assert len(said) == 2, said
    assert said[1].endswith(f"reboot: {asked}: halted. ")


def test_interrupt_controller_without_a_driver(arch):
    refused(arch, "intc", r"no driver[^\r\n]*\"example,intc\".*"
            "panic[^\r\n]*no interrupt controller[^\r\n]*GIC=2",
            nodes='/ { intc@8000000 { compatible = "example,intc"; }; };')


@pytest.mark.parametrize("machine", ["", ",virtualization=on"])
def test_interrupt_controller_of_version_3(arch, machine):
    boots(arch, "gic-version-3" + machine.replace(",", "-"), machine=",gic-version=3" + machine)


def test_version_3_in_the_secure_state(arch):
    """There the lines belong to another group, which the driver does not know."""
    refused(arch, "gic-version-3-secure", r"secure state[^\r\n]*leave out secure=on.*"
            "panic[^\r\n]*no interrupt controller", machine=",gic-version=3,secure=on")


# As much another machine as QEMU allows: a name that nobody knows, and a console elsewhere.
SECOND_BOARD = """
/ {
	compatible = "example,board";
	model = "A board that does not exist";
	chosen {
		stdout-path = "/pl011@9040000";
	};
	pl011@9000000 {
		status = "disabled";
	};
	pl011@9040000 {
		status = "okay";
	};
};
"""


def test_second_board(arch):
    """It is only data: a device tree. Nothing is mapped for good, so no device shares a mapping."""
    serial = ("-serial", "null", "-serial", "mon:stdio")
    edit = raw(arch, "second-board", machine=",secure=on", nodes=SECOND_BOARD,
               extra=serial + SEMIHOSTING)
    with Machine(arch, log="second-board", edit=edit) as machine:
        assert "Machine: not known by name, no static mappings" in machine.expect_prompt()
        rows = vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])
        assert machine.poweroff() == 0
    assert "iotable_init" not in {row.symbol for row in rows}
    assert {0x09040000, 0x09010000} <= {row.phys for row in rows}
    assert 0x09000000 not in {row.phys for row in rows}


@pytest.mark.parametrize("image", [0x40200000, 0x40400000, 0x41200000, 0x47000000])
def test_load_address(arch, image):
    """arm moves down, and up: from 0x40200000, which lies below its place."""
    text = boots(arch, f"load-{image:x}", image=image)
    moved = re.search(r"^image +loaded at 0x([0-9a-f]+), (.*)$", text, re.M)
    assert int(moved[1], 16) == image
    direction = "up" if image < 0x40208000 else "down"
    assert moved[2] == ("stays there" if arch == "arm64" else f"moved {direction} to 0x40208000")


def end_of_ram(arch):
    size = os.path.getsize(os.path.join(ROOT, "build", arch, "initramfs.cpio"))
    return 0x60000000 - size & ~0xfff


@pytest.mark.parametrize("where", ["below the kernel", "unaligned", "end of RAM"])
def test_initrd_anywhere(arch, where):
    start = {"below the kernel": 0x40100000, "unaligned": 0x4c000123,
             "end of RAM": end_of_ram(arch)}[where]
    text = boots(arch, "initrd-" + where.split()[0], initrd=start)
    assert f"initrd        {start:#x}-" in text


@pytest.mark.parametrize("start, mem, places", [
    (0x90000123, "2G", {}),                        # arm: high memory
    (0x6fff0000, "2G", {}),                        # arm: half of it
    (0x4c000123, "512M", {"append": "mem=96M"}),   # behind the limit
    (0x45ff0000, "512M", {"append": "mem=96M"}),   # half of it
    (0x40100000, "512M", {"image": 0x48000000}),   # arm: below the kernel's first address
    (0xff000000, "4G", {}),                        # arm: the last that a page descriptor can name
])
def test_initrd_outside_the_linear_map(arch, start, mem, places):
    """It is copied, in several pieces; the memory that it lay in is used like any other, or not at
    all."""
    name = f"initrd-{start:x}"
    edit = raw(arch, name, initrd=start, pad=MIB, **places)
    with Machine(arch, log=name, mem=mem, edit=edit) as machine:
        log = machine.expect_prompt()
        assert f"initrd        {start:#x}-" in log
        outside = arch == "arm" or "append" in places
        assert (f"initramfs at {start:#x}-" in log) == outside, log
        assert "WARNING" not in log
        ram = machine.run("grep MemTotal /proc/meminfo")[0].split()[1]
        assert machine.poweroff() == 0
    if "append" in places:
        assert int(ram) <= 96 << 10


@pytest.mark.parametrize("place, start, why", [
    ("devices", 0x38000000, "is not all in RAM"),
    ("end", 0x5ffff000, "is not all in RAM"),
    ("tree", 0x4a001000, "lies where the device tree is"),
    ("kernel", {"arm64": 0x44080000, "arm": 0x40203000}, "lies where the kernel belongs"),
])
def test_initrd_where_it_cannot_be(arch, place, start, why):
    """The tree says so. In the kernel's place: its bss, or arm's table below the image."""
    if place == "kernel":
        start = start[arch]
    refused(arch, f"initrd-{place}", f"panic[^\r\n]*: the initramfs at {start:#x}-[^\r\n]*{why}"
            "[^\r\n]*boot loader", nodes=INITRD.format(start=start, end=start + 0x2000))


@pytest.mark.parametrize("tree, size", [
    (0x41fff008, 0x10000),   # crosses a 2 MiB boundary
    (0x421ffff8, 0x200000),  # the largest one: three sections of arm, two blocks of arm64
    (0x40100000, 0x100000),  # below the kernel, and close
    (0x5fff0000, 0x10000),   # the end of RAM
])
def test_device_tree_anywhere(arch, tree, size):
    text = boots(arch, f"tree-{tree:x}", tree=tree, tree_size=size)
    assert f"device tree   {tree:#x}, {size} bytes" in text


def test_misaligned_device_tree_is_refused(arch):
    refused(arch, "tree-misaligned", "Kernel panic - not syncing: no device tree: .*aligned",
            tree=0x4a000004)


def test_device_tree_too_large_is_refused(arch):
    refused(arch, "tree-large", "no usable device tree", tree_size=0x200008)


def test_device_tree_in_the_kernels_place_is_refused(arch):
    """arm sees it before it moves there; on arm64 the tree was in the image's bss, and is gone."""
    place, message = {"arm": (0x40240000, "the device tree lies where the kernel belongs"),
                      "arm64": (0x44100000, "no device tree: what x0 points to, 0x44100000")}[arch]
    refused(arch, "tree-in-place", message, tree=place)


@pytest.mark.parametrize("cut", ["last byte", "half", "first page"])
def test_an_image_that_is_cut_short_says_so(arch, tmp_path, cut):
    """What a loader that stops early leaves: the file's beginning."""
    def edit(command):
        at = command.index("-kernel") + 1
        with open(os.path.join(ROOT, command[at]), "rb") as file:
            image = file.read()
        size = {"last byte": len(image) - 1, "half": len(image) // 2, "first page": 4096}[cut]
        (tmp_path / "image").write_bytes(image[:size])
        command[at] = str(tmp_path / "image")
        return command
    name = f"handoff-cut-{cut.replace(' ', '-')}"
    with Machine(arch, log=name, edit=edit) as machine:
        machine.expect(["Mercator: the image is cut short, its end is missing"])
