# SPDX-License-Identifier: MIT
"""What a boot loader may leave as initramfs: several archives, gzip, links, devices, and damage.

Archives are made by tools/mkcpio.py's own functions, and put behind the build's.
"""

import gzip
import os
import re
import sys

import pytest

from qemu import ROOT, Machine, log_folder

sys.path.insert(0, os.path.join(ROOT, "tools"))
from mkcpio import S_IFCHR, S_IFDIR, S_IFREG, entry  # noqa: E402

FILE = S_IFREG | 0o644
TRAILER = entry(0, "TRAILER!!!", 0)

FIRST = b"".join([
    entry(2, "usr/lib", S_IFDIR | 0o755),
    entry(3, "usr/lib/text", FILE, b"behind a symbolic link\n"),
    entry(5, "hard/first", FILE, links=3),
    entry(5, "hard/second", FILE, links=3),
    entry(6, "hard/other", FILE, b"the other\n", links=2),
    entry(5, "hard/third", FILE, b"three names\n", links=3),
    entry(6, "hard/other2", FILE, links=2),
    entry(7, "hard/a", FILE, b"two names\n", links=2),
    entry(7, "hard/b", FILE, links=2),
    entry(8, "dev/sda", S_IFCHR | 0o600, major=8),
    entry(9, "dev/null", S_IFCHR | 0o600, major=1, minor=3),
    entry(10, "hard/first/below", FILE, b"a file has nothing below it\n"),
    entry(11, "after", FILE, b"what follows is there\n"),
    TRAILER])
SECOND = b"".join([
    entry(5, "hard/second", FILE, b"a file of its own\n", links=2),  # no name of the earlier 5
    TRAILER])
HALF = entry(1, "half", FILE, b"must not be there\n")


def initramfs(arch):
    with open(os.path.join(ROOT, "build", arch, "initramfs.cpio"), "rb") as file:
        return file.read()


def boot(arch, name, archive, **options):
    """A machine whose boot loader leaves these bytes."""
    path = os.path.join(log_folder(arch), f"{name}.initrd")
    with open(path, "wb") as file:
        file.write(archive)

    def edit(command):
        position = command.index("-initrd") + 1
        return command[:position] + [path] + command[position + 1:]
    return Machine(arch, log=name, edit=edit, **options)


@pytest.fixture(scope="module")
def archives(arch):
    whole = (gzip.compress(initramfs(arch)) + bytes(1001) + FIRST + bytes(1000)
             + gzip.compress(SECOND) + bytes(4) + HALF)
    with boot(arch, "initramfs-archives", whole) as machine:
        log = machine.expect_prompt()
        yield machine, log, len(whole)


@pytest.mark.parametrize("path, text", [
    ("/hard/first", "three names\n"),
    ("/hard/third", "three names\n"),
    ("/hard/other", "the other\n"),
    ("/hard/other2", "the other\n"),
    ("/hard/second", "a file of its own\n"),
    ("/after", "what follows is there\n"),
])
def test_archives_follow_each_other(archives, path, text):
    assert archives[0].run(f"cat {path}") == (text, 0)


def test_devices_are_left_out_in_one_line(archives):
    machine, log, _ = archives
    assert ("initramfs: 2 links, devices, pipes or sockets left out, the first is /dev/sda: "
            "drivers make /dev\n") in log
    assert machine.run("echo gone >/dev/null") == ("", 0)
    assert machine.run("cat /dev/sda")[1] == 1


def test_what_the_tree_cannot_take_is_named(archives):
    assert "initramfs: /hard/first/below left out: -ENOTDIR\n" in archives[1]
    assert archives[1].count(" left out: -") == 1


def test_nothing_of_a_cut_archive_is_there(archives):
    machine, log, size = archives
    assert (f"initramfs: archive ends without a trailer, at offset {size}: the last {len(HALF)} "
            "bytes are left out\n") in log
    assert machine.run("cat /half")[1] == 1


def test_memory_of_all_archives_is_freed(archives):
    _, log, size = archives
    freed = re.search(r"Freeing initrd memory: (\d+)K", log)
    assert freed and int(freed[1]) >= size // 1024 - 4


def test_memory_for_unpacking_is_freed(archives):
    assert archives[0].run("vmallocinfo | grep gzip") == ("", 1)


def cut(data):
    return data[:-3]


def with_another_sum(data):
    return data[:-8] + bytes([data[-8] ^ 1]) + data[-7:]


WHOLE = HALF + TRAILER


# What follows the build's archive, and what is said of it.
DAMAGE = {
    "cut": (cut(gzip.compress(WHOLE)), "gzip data is cut short, at offset {end}"),
    "sum": (with_another_sum(gzip.compress(WHOLE)),
            "gzip data is damaged: the data has another sum, at offset {end}"),
    "inner": (gzip.compress(HALF),
              f"archive ends without a trailer, at offset {len(HALF)} of what gzip had packed"),
    "twice": (gzip.compress(gzip.compress(WHOLE)),
              "compressed by gzip: unpack it first, at offset 0 of what gzip had packed"),
    "xz": (b"\xfd7zXZ\0\0\0", "compressed by xz: unpack it first, at offset {start}"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_boot_goes_on_behind_damage(arch, name):
    """And nothing of what is damaged is there."""
    good = initramfs(arch)
    data, reason = DAMAGE[name]
    with boot(arch, f"initramfs-{name}", good + data) as machine:
        log = machine.expect_prompt()
        assert machine.run("cat /half")[1] == 1
    reason = reason.format(start=len(good), end=len(good) + len(data))
    (line,) = re.findall("initramfs: .*left out", log)
    assert re.fullmatch(rf"initramfs: {re.escape(reason)}: the last \d+ bytes are left out", line)


def test_without_a_good_archive_boot_ends(arch):
    with boot(arch, "initramfs-none", with_another_sum(gzip.compress(initramfs(arch)))) as machine:
        machine.expect(["panic - not syncing: the initramfs at .* cannot be read"])
