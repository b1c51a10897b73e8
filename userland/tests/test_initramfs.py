# SPDX-License-Identifier: MIT
"""What a boot loader may leave as initramfs: several archives in a row, as other programs write
them, packed by gzip or not; links, devices, and damage."""

import gzip
import re
import sys

import pytest

from emulated import ROOT

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine  # noqa: E402  pylint: disable=wrong-import-position

# Under the kernel's limit for a path, but longer than a component may be.
DEEP = "/".join(["d" * 100] * 5)

DIRECTORY, LINK, DEVICE = 0o040755, 0o120777, 0o020600


def entry(name, data=b"", ino=1, links=1, magic=b"070701", kind=0o100755):
    name = name.encode() + b"\0"
    check = sum(data) if magic == b"070702" else 0
    fields = (ino, kind, 0, 0, links, 0, len(data), 8, 1, 0, 0, len(name), check)
    out = magic + b"".join(b"%08X" % field for field in fields) + name
    out += b"\0" * (-len(out) % 4) + data
    return out + b"\0" * (-len(out) % 4)


TRAILER = entry("TRAILER!!!", kind=0)


@pytest.fixture(name="guest", scope="module", params=[
    pytest.param(guest, marks=pytest.mark.xdist_group(f"initramfs-{guest}"))
    for guest in ("arm64", "arm")])
def fixture_guest(request):
    return request.param


def usual(guest):
    return (ROOT / "build" / guest / "initramfs.cpio").read_bytes()


def program(guest, name):
    return (ROOT / "build" / guest / "userland" / "bin" / name).read_bytes()


def boot(guest, folder, archive):
    """A machine with this archive, not yet at its prompt."""
    file = folder / "archive"
    file.write_bytes(archive)

    def edit(command):
        position = command.index("-initrd") + 1
        return command[:position] + [str(file)] + command[position + 1:]

    return Machine(guest, mem="64M", log="initramfs", edit=edit)


def test_what_other_programs_write(guest, tmp_path):
    echo = program(guest, "echo")
    second = b"".join([
        # As GNU cpio writes a file with three names, and as others do: the data is last, or first.
        entry("bin/say", ino=900, links=3), entry("bin/tell", ino=900, links=3),
        entry("bin/talk", echo, ino=900, links=3),
        entry("bin/first", echo, ino=901, links=2), entry("bin/second", ino=901, links=2),
        entry("empty", ino=902, links=2), entry("empty2", ino=902, links=2),
        entry(f"{DEEP}/file", b"deep\n"), TRAILER]) + b"\0" * 100
    third = entry("tmp/crc", b"\xff\xfe with a sum\n", magic=b"070702") + TRAILER
    with boot(guest, tmp_path, usual(guest) + second + third) as machine:
        machine.expect_prompt()
        for name in ("say", "tell", "talk", "first", "second"):
            assert machine.run(f"{name} hi") == ("hi\n", 0)
        assert machine.type("cat empty empty2; ls -l / | grep -c ' 0 empty'") == "2\n"
        assert machine.type(f"cat {DEEP}/file; grep -c sum /tmp/crc") == "deep\n1\n"
        assert machine.type("dmesg | grep initramfs:") == ""


# --- a row of archives, of which the last is cut ---

FIRST = b"".join([
    entry("short", b"a/long/way", kind=LINK),  # before what it leads to
    entry("a/long/way", kind=DIRECTORY),
    entry("short/text", b"behind a symbolic link\n"),
    entry("none/yet/link", b"../../short/text", kind=LINK),
    entry("shared", b"one\n", ino=5, links=2), entry("shared2", ino=5, links=2),
    entry("name", b"two\n", ino=6, links=2), entry("name2", ino=6, links=2),
    entry("dev/console", b""), entry("dev/mem", b"/short/text", kind=LINK),
    entry("dev/sda", kind=DEVICE), entry("dev/null", kind=DEVICE),
    entry("name/below", b"a file has nothing below it\n"),
    entry("after", b"what follows is there\n"), TRAILER])
SECOND = b"".join([
    entry("name2", b"a file of its own\n", ino=6, links=2),  # no name of the earlier 6
    entry("none/yet/link", b"no link any more\n"), TRAILER])
HALF = entry("half", b"must not be there\n")


@pytest.fixture(scope="module")
def row(guest, tmp_path_factory):
    whole = (gzip.compress(usual(guest)) + bytes(1001) + FIRST + bytes(1000)
             + gzip.compress(SECOND) + bytes(4) + HALF)
    with boot(guest, tmp_path_factory.mktemp(guest), whole) as machine:
        yield machine, machine.expect_prompt(), len(whole)


@pytest.mark.parametrize("path, text", [
    ("/short/text", "behind a symbolic link\n"),
    ("/a/long/way/text", "behind a symbolic link\n"),
    ("/name", "two\n"),
    ("/name2", "a file of its own\n"),
    ("/none/yet/link", "no link any more\n"),
    ("/after", "what follows is there\n"),
])
def test_archives_follow_each_other(row, path, text):
    assert row[0].run(f"cat {path}") == (text, 0)


def test_names_of_one_file_share_what_is_written(row):
    assert row[0].run("echo changed >/shared2; cat /shared") == ("changed\n", 0)


def test_devices_are_left_out_in_one_line(row):
    machine, log, _ = row
    assert ("initramfs: 2 devices, pipes or sockets left out, the first is /dev/sda: "
            "drivers make /dev\n") in log
    assert machine.run("echo gone >/dev/null") == ("", 0)
    assert machine.run("cat /dev/sda")[1] == 1


def test_what_the_tree_cannot_take_is_named(row):
    assert "initramfs: /name/below left out: -ENOTDIR\n" in row[1]
    for device in ("console", "mem"):  # or this line would not be seen
        assert f"initramfs: /dev/{device} left out: -EBUSY\n" in row[1]
    assert row[1].count(" left out: -") == 3


def test_nothing_of_a_cut_archive_is_there(row):
    machine, log, size = row
    assert (f"initramfs: archive ends without a trailer, at offset {size}: the last {len(HALF)} "
            "bytes are left out\n") in log
    assert machine.run("cat /half")[1] == 1


def test_memory_of_the_archives_is_freed(row):
    machine, log, size = row
    freed = re.search(r"Freeing initrd memory: (\d+)K", log)
    assert freed and int(freed[1]) >= size // 1024 - 4
    assert machine.run("vmallocinfo | grep gzip") == ("", 1)


# --- damage behind the usual archive: boot goes on without it ---

WHOLE = HALF + TRAILER


def with_another_sum(packed):
    return packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]


DAMAGE = {
    "cut": (gzip.compress(WHOLE)[:-3], "gzip data is cut short, at offset {end}"),
    "another sum": (with_another_sum(gzip.compress(WHOLE)),
                    "gzip data is damaged: the data has another sum, at offset {end}"),
    "cut inside": (gzip.compress(HALF), "archive ends without a trailer, at offset "
                   f"{len(HALF)} of what gzip had packed"),
    "packed twice": (gzip.compress(gzip.compress(WHOLE)), "compressed by gzip: unpack it first, "
                     "at offset 0 of what gzip had packed"),
    "xz": (b"\xfd7zXZ\0\0\0", "compressed by xz: unpack it first, at offset {start}"),
    "another form": (b"070707" + WHOLE, "cpio's old form (odc): make the archive with cpio -H "
                     "newc, at offset {start}"),
    "other data than was summed": (
        entry("half", b"abc", magic=b"070702").replace(b"abc", b"abd") + TRAILER,
        "data does not have the sum that its header tells, at offset {start}"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_boot_goes_on_behind_damage(guest, case, tmp_path):
    """And nothing of what is damaged is there."""
    good = usual(guest)
    data, reason = DAMAGE[case]
    with boot(guest, tmp_path, good + data) as machine:
        log = machine.expect_prompt()
        assert machine.run("cat /half")[1] == 1
    reason = reason.format(start=len(good), end=len(good) + len(data))
    (line,) = re.findall("initramfs: .*left out", log)
    assert re.fullmatch(rf"initramfs: {re.escape(reason)}: the last \d+ bytes are left out", line)


@pytest.mark.parametrize("change, message", [
    (lambda usual: with_another_sum(gzip.compress(usual)), "cannot be read"),
    (lambda usual: entry("x" * 256, b"abc") + TRAILER, "No working init found"),
])
def test_without_a_program_boot_ends(guest, change, message, tmp_path):
    with boot(guest, tmp_path, change(usual(guest))) as machine:
        machine.expect([f"panic - not syncing: [^\r]*{message}"])
