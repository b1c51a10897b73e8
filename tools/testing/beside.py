# SPDX-License-Identifier: MIT
"""For the tests of Debian's programs: packages, if a mirror has them; archives, read back."""

import os

import pytest

from qemu import ROOT, make

DEB_ARCH = {"arm64": "arm64", "arm": "armhf"}


def package(arch, name):
    """The file of a package, fetched as make does. Skips where no mirror has it, or answers."""
    path = f"build/apt/{DEB_ARCH[arch]}/{name}.deb"
    done = make(f"ARCH={arch}", path)
    refused = done.stderr.splitlines()[0] if done.returncode else ""
    if "no network" in refused or "the mirror" in refused:
        pytest.skip(refused)
    assert done.returncode == 0, done.stderr
    return os.path.join(ROOT, path)


def read_archives(data):
    """{path: (mode, data)} of newc archives, one after the other: a later one wins."""
    found, at = {}, 0
    while at < len(data):
        if not data[at]:
            at += 1
            continue
        assert data[at:at + 6] == b"070701", f"no header at {at}"
        fields = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        mode, size, name_size = fields[1], fields[6], fields[11]
        name = data[at + 110:at + 110 + name_size - 1].decode()
        at += -(-(110 + name_size) // 4) * 4
        if name != "TRAILER!!!":
            found[name] = (mode, data[at:at + size])
        at += -(-size // 4) * 4
    return found
