#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""mkcpio.py LIST BUILD OUTPUT: pack an initramfs in cpio's "newc" format, as the kernel reads it.

LIST has one entry a line; empty lines and those that start with # are skipped:

    dir  PATH MODE
    file PATH SOURCE MODE          SOURCE is relative to BUILD
    slink PATH TARGET MODE         a symbolic link
    nod  PATH MODE c MAJOR MINOR

The same input gives the same bytes: inode numbers count up, times and owners are 0.
"""

import os
import sys

S_IFDIR, S_IFREG, S_IFCHR, S_IFLNK = 0o040000, 0o100000, 0o020000, 0o120000


def pad(data):
    """Everything in the archive starts at a multiple of four bytes."""
    return data + b"\0" * (-len(data) % 4)


def entry(inode, path, mode, data=b"", major=0, minor=0, links=1):
    name = path.lstrip("/").encode() + b"\0"
    links = 2 if mode & 0o170000 == S_IFDIR else links
    fields = (inode, mode, 0, 0, links, 0, len(data), 0, 0, major, minor, len(name), 0)
    header = b"070701" + b"".join(b"%08X" % field for field in fields)
    return pad(header + name) + pad(data)


def finish(entries):
    """The archive of these entries."""
    archive = b"".join(entries) + entry(0, "TRAILER!!!", 0)
    return archive + b"\0" * (-len(archive) % 512)


def parse(line, build):
    """Returns the arguments of entry() after the inode number."""
    kind, path, *rest = line.split()
    if kind == "dir":
        (mode,) = rest
        return path, S_IFDIR | int(mode, 8)
    if kind == "file":
        source, mode = rest
        with open(os.path.join(build, source), "rb") as file:
            return path, S_IFREG | int(mode, 8), file.read()
    if kind == "slink":
        target, mode = rest
        return path, S_IFLNK | int(mode, 8), target.encode()
    if kind == "nod":
        mode, letter, major, minor = rest
        if letter != "c":
            raise ValueError("only character devices (c) are known")
        return path, S_IFCHR | int(mode, 8), b"", int(major), int(minor)
    raise ValueError(f"unknown kind '{kind}'")


def main(list_name, build, output):
    entries = []
    with open(list_name, encoding="ascii") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                entries.append(entry(len(entries) + 1, *parse(line, build)))
            except (ValueError, OSError) as error:
                sys.exit(f"{list_name}:{number}: {error}")
    with open(output, "wb") as file:
        file.write(finish(entries))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
