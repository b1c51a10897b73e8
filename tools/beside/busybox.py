#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""busybox.py PACKAGE OUTPUT [FILE=PATH ...]: make an initramfs of Debian's busybox-static.

It holds /bin/busybox and a symbolic link in /bin for each command in it. FILEs go to PATHs beside
them, executable.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from mkcpio import S_IFDIR, S_IFLNK, S_IFREG, entry, finish  # noqa: E402

# Names that get no link: the program's own, and those that talk to busybox's init, because process
# 1 is another program.
LEFT_OUT = {"busybox", "halt", "init", "linuxrc", "poweroff", "reboot"}


def program(package):
    """The bytes of /bin/busybox in the package."""
    if not shutil.which("dpkg-deb"):
        sys.exit("dpkg-deb opens packages of Debian, and this machine lacks it: install dpkg")
    done = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"{package} is not a package of Debian: remove it, and it is fetched again")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        for name in ("./bin/busybox", "./usr/bin/busybox"):
            if name in tar.getnames():
                return tar.extractfile(name).read()
    sys.exit(f"{package} holds no /bin/busybox: is it busybox-static?")


def commands(binary):
    """The names it answers to. They stand in it in a row, sorted, and need no emulator to be read:
    the first two are [ and [[, and an empty name ends them. What stands before them varies."""
    start = binary.find(b"[\0[[\0")
    if start < 0:
        sys.exit("no list of commands is in this busybox")
    return binary[start:binary.index(b"\0\0", start)].decode("ascii").split("\0")


def archive(binary, files):
    """files: {path: bytes}."""
    folders = sorted({"bin", "dev", *filter(None, map(os.path.dirname, files))})
    paths = [(folder, S_IFDIR | 0o755, b"") for folder in folders]
    paths.append(("bin/busybox", S_IFREG | 0o755, binary))
    paths += [(f"bin/{name}", S_IFLNK | 0o777, b"busybox")
              for name in commands(binary) if name not in LEFT_OUT]
    paths += [(path, S_IFREG | 0o755, data) for path, data in files.items()]
    return finish([entry(inode, *what) for inode, what in enumerate(paths, 1)])


def main(package, output, *files):
    contents = {}
    for pair in files:
        name, _, path = pair.partition("=")
        with open(name, "rb") as file:
            contents[path] = file.read()
    with open(output, "wb") as file:
        file.write(archive(program(package), contents))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
