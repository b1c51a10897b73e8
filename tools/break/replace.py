#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""replace.py FILE.c MISTAKE.c: print FILE.c with the function of MISTAKE.c in the place of its own.

Lines of the preprocessor say where each part comes from. So messages, warnings and GDB name the
same lines as in the whole kernel, and for the function those of MISTAKE.c.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lab"))

import locate  # noqa: E402  pylint: disable=wrong-import-position

HEAD = re.compile(r"^[A-Za-z_][^;\n]*?(\w+)\(", re.M)


def function_of(text, path):
    """The name of the one function that a mistake consists of. Raises NotFound."""
    names = HEAD.findall(text)
    if len(names) != 1:
        raise locate.NotFound(f"{path}: a mistake is one function, here are {len(names)}")
    return names[0]


def place(path, line):
    """What says that the next line is that line of path; lines are counted from 0."""
    return f'#line {line + 1} "{path}"'


def broken(text, path, mistake, mistake_path):
    """The text of path with the mistake in it. Raises NotFound."""
    name = function_of(mistake, mistake_path)
    ours, theirs = (locate.find_function(*parts) for parts in (
        (text, name, path), (mistake, name, mistake_path)))
    lines, others = text.split("\n"), mistake.split("\n")
    return "\n".join([place(path, 0), *lines[:ours.head],
                      place(mistake_path, theirs.head), *others[theirs.head:theirs.end],
                      place(path, ours.end), *lines[ours.end:]])


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(path, mistake_path):
    try:
        sys.stdout.write(broken(read(path), path, read(mistake_path), mistake_path))
    except (locate.NotFound, OSError) as error:
        sys.exit(f"replace.py: {error}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
