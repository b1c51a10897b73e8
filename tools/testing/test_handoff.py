# SPDX-License-Identifier: MIT
"""Every way in: the level or mode at entry, and where image, device tree and initrd lie."""

import os
import re

import pytest

from qemu import ROOT, Machine
from rawboot import raw

SEMIHOSTING = ("-semihosting-config", "enable=on")


def boots(arch, name, extra=(), **places):
    """Boots to the shell and powers off; returns what the kernel says of the handoff."""
    with Machine(arch, log=name, edit=raw(arch, name, extra=extra, **places)) as machine:
        machine.expect_prompt()
        text, status = machine.run("cat /proc/handoff")
        assert status == 0
        ticks = [machine.run("grep arch_timer /proc/interrupts")[0].split()[1] for _ in range(2)]
        assert int(ticks[1]) > int(ticks[0]), "the timer's interrupts do not arrive"
        assert machine.poweroff() == 0
    return text


def refused(arch, name, message, **places):
    with Machine(arch, log=name, edit=raw(arch, name, **places)) as machine:
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


@pytest.mark.parametrize("tree, size", [
    (0x41fff008, 0x10000),   # crosses a 2 MiB boundary
    (0x42100008, 0x200000),  # the largest one, and crosses
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
    if arch == "arm64":
        pytest.skip("only arm moves its image")
    refused(arch, "tree-in-place", "the device tree lies where the kernel belongs", tree=0x40240000)
