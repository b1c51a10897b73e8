# SPDX-License-Identifier: MIT
"""U-Boot starts the same kernel from a disk, and the kernel does not notice."""

import fcntl
import os
import re
import shlex

import pytest

import vmallocinfo
from qemu import ROOT, Machine, make

PLAIN = {"arm64": "booti", "arm": "bootz"}
IMAGE = {"arm64": "Image", "arm": "zImage"}

# With firmware, QEMU gives a 32-bit machine its PCI configuration space below 4 GiB: so must the
# machine that it is compared with have it.
SAME_MACHINE = {"arm64": None, "arm": "-M highmem=off"}


@pytest.fixture
def uboot(arch):
    """The QEMU command line of run-uboot, with the disk made. One test at a time uses the disk."""
    with open(os.path.join(ROOT, "build", arch, "uboot.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = make("uboot-disk", f"ARCH={arch}")
        assert done.returncode == 0, done.stdout + done.stderr
        yield shlex.split(make("uboot-cmd", f"ARCH={arch}").stdout)


def start(arch, command, log):
    """A machine whose countdown is over."""
    machine = Machine(arch, log=log, edit=lambda _: command)
    machine.expect(["Hit any key to stop autoboot"])
    return machine


def boot_by_hand(machine, *commands):
    """Stops the countdown and types commands."""
    machine.child.send(" ")
    for command in commands:
        machine.expect(["=> "])
        machine.child.send(command + "\r")


def rows(machine):
    """What must be the same. The image's own rows lie where it was loaded."""
    listing = vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])
    return [(row.symbol, row.offset, row.length, row.size, row.pages, row.kinds,
             "image" if row.symbol == "paging_init" else row.phys) for row in listing]


def test_bootm_by_the_countdown_gives_the_same_rows(arch, uboot):
    with start(arch, uboot, "uboot-bootm") as machine:
        loader = machine.expect_prompt()
        assert loader.count("sha256+ OK") == 2
        ours = rows(machine)
        text = machine.run("cat /proc/handoff")[0]
        assert machine.poweroff() == 0
    assert re.search(r"^boot loader +U-Boot \d{4}\.\d\d", text, re.M), text
    with Machine(arch, log="uboot-kernel", extra=SAME_MACHINE[arch]) as machine:
        machine.expect_prompt()
        theirs = rows(machine)
        text = machine.run("cat /proc/handoff")[0]
    assert re.search(r"^boot loader +not named", text, re.M), text
    assert len(ours) >= 4
    if arch == "arm64":  # with firmware, QEMU gives this machine no PL061, and its place is free
        theirs = sorted(row for row in theirs if row[-1] != 0x9030000)
        ours = sorted(ours)
    assert ours == theirs


def test_plain_image_with_a_command_line(arch, uboot):
    with start(arch, uboot, "uboot-plain") as machine:
        boot_by_hand(machine, f"setenv start {PLAIN[arch]}", 'setenv bootargs "typed=here"', "boot")
        loader = machine.expect_prompt()
        assert "FIT" not in loader
        assert machine.run("cat /proc/cmdline")[0].strip() == "typed=here"
        assert machine.poweroff() == 0


# What a shell, make, U-Boot's environment or its own shell could take for an escape of theirs.
AWKWARD = (r"""from=make x=a\b y=c\\d z=\ "two  words" $PATH ${start} 'q' a;b&c|d `e` #f """
           r"%s last=\n")


def test_command_line_from_make(arch, uboot):
    """APPEND= goes into U-Boot's environment on the disk, and arrives as QEMU would hand it on."""
    done = make("uboot-disk", f"ARCH={arch}", f"APPEND={AWKWARD}")
    assert done.returncode == 0
    with start(arch, uboot, "uboot-append") as machine:
        boot_by_hand(machine, "boot")
        machine.expect_prompt()
        assert machine.run("cat /proc/cmdline")[0].strip() == AWKWARD
    assert make("uboot-disk", f"ARCH={arch}").returncode == 0


def test_corrupted_fit_is_refused(arch, uboot):
    build = os.path.join(ROOT, "build", arch)
    with open(f"{build}/{IMAGE[arch]}", "rb") as file:
        code = file.read()[0x4000:0x4040]
    with open(f"{build}/disk.img", "rb") as file:
        disk = file.read()
    assert code in disk
    bad = os.path.join(build, "corrupted.img")
    with open(bad, "wb") as file:
        file.write(disk.replace(code, code[:-1] + bytes([code[-1] ^ 1])))
    command = [word.replace(f"{build}/disk.img", bad) for word in uboot]
    with start(arch, command, "uboot-corrupted") as machine:
        boot_by_hand(machine, "boot")
        machine.expect(["Bad hash value for 'hash' hash node in 'kernel' image node"])
        assert machine.expect(["=> ", "Starting kernel"]) == 0
