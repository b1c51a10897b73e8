# SPDX-License-Identifier: MIT
"""Archives that other programs wrote: hard links, the form crc, several in a row, long paths."""

import gzip
import re
import sys

import pytest

from emulated import ROOT

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine  # noqa: E402  pylint: disable=wrong-import-position

# Under the kernel's limit for a path, but longer than a component may be.
DEEP = "/".join(["d" * 100] * 5)


def entry(name, data=b"", ino=1, links=1, magic=b"070701", kind=0o100755):
    name = name.encode() + b"\0"
    check = sum(data) if magic == b"070702" else 0
    fields = (ino, kind, 0, 0, links, 0, len(data), 8, 1, 0, 0, len(name), check)
    out = magic + b"".join(b"%08X" % field for field in fields) + name
    out += b"\0" * (-len(out) % 4) + data
    return out + b"\0" * (-len(out) % 4)


TRAILER = entry("TRAILER!!!", kind=0)


def usual(arch):
    return (ROOT / "build" / arch / "initramfs.cpio").read_bytes()


def program(arch, name):
    return (ROOT / "build" / arch / "userland" / "bin" / name).read_bytes()


def boot(arch, folder, archive):
    """A machine with this archive, not yet at its prompt."""
    file = folder / "archive"
    file.write_bytes(archive)

    def edit(command):
        position = command.index("-initrd") + 1
        return command[:position] + [str(file)] + command[position + 1:]

    return Machine(arch, mem="64M", log="initramfs", edit=edit)


@pytest.mark.parametrize("arch", ["arm64", "arm"])
def test_what_other_programs_write(arch, tmp_path):
    echo = program(arch, "echo")
    second = b"".join([
        # As GNU cpio writes a file with three names, and as others do: the data is last, or first.
        entry("bin/say", ino=900, links=3), entry("bin/tell", ino=900, links=3),
        entry("bin/talk", echo, ino=900, links=3),
        entry("bin/first", echo, ino=901, links=2), entry("bin/second", ino=901, links=2),
        entry("empty", ino=902, links=2), entry("empty2", ino=902, links=2),
        entry(f"{DEEP}/file", b"deep\n"), TRAILER]) + b"\0" * 100
    third = entry("tmp/crc", b"\xff\xfe with a sum\n", magic=b"070702") + TRAILER
    with boot(arch, tmp_path, usual(arch) + second + third) as machine:
        machine.expect_prompt()
        for name in ("say", "tell", "talk", "first", "second"):
            assert machine.run(f"{name} hi") == ("hi\n", 0)
        assert machine.type("cat empty empty2; ls -l / | grep -c ' 0 empty'") == "2\n"
        assert machine.type(f"cat {DEEP}/file; grep -c sum /tmp/crc") == "deep\n1\n"
        assert machine.type("dmesg | grep initramfs:") == ""


REFUSED = {
    "compressed": (gzip.compress, "compressed by gzip: unpack it first, at offset 0"),
    "of another form": (lambda usual: b"070707" + usual[6:],
                        "cpio's old form (odc): make the archive with cpio -H newc, at offset 0"),
    "with other data than was summed": (
        lambda usual: usual + entry("x", b"abc", magic=b"070702").replace(b"abc", b"abd") + TRAILER,
        "data does not have the sum that its header tells, at offset {end}"),
    "followed by a compressed one": (lambda usual: usual + b"\0" * 8 + gzip.compress(usual),
                                     "compressed by gzip: unpack it first, at offset {end}"),
    "with a component that is too long": (lambda usual: entry("x" * 256, b"abc") + TRAILER,
                                          "xxx: -ENAMETOOLONG"),
}


@pytest.mark.parametrize("arch", ["arm64", "arm"])
@pytest.mark.parametrize("case", REFUSED)
def test_refused_by_what_it_is(arch, case, tmp_path):
    change, message = REFUSED[case]
    archive = change(usual(arch))
    end = archive.find(b"070702") if b"070702" in archive else len(usual(arch)) + 8
    with boot(arch, tmp_path, archive) as machine:
        machine.expect(["initramfs: ([^\r]*)\r"])
        said = machine.child.match[1]
        machine.expect(["Kernel panic"])
    assert re.search(re.escape(message.format(end=end)) + "$", said), said
