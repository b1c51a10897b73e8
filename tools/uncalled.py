#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""uncalled.py BUILD...: lists functions of the kernel that nothing but tests calls.

BUILD is a folder in which a kernel was built; a function that one of several builds calls has a
caller. uncalled.txt lists the exceptions, one name and its reason a line. An exception that has a
caller by now is reported, too. Exit status 1 when there is anything to report.
"""

import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXCEPTIONS = os.path.join(ROOT, "tools", "uncalled.txt")
DEFINED = re.compile(r"^\s*\d+: \w+\s+\w+\s+FUNC\s+GLOBAL\s+\w+\s+\d+ (\w+)$", re.M)
# A use: the symbol that a relocation names.
USED = re.compile(r"^[0-9a-f]+ +[0-9a-f]+ R_\w+ +[0-9a-f]+ +(\w+)", re.M)
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def counts(path):
    """Not tests, nor the pages of exports: an offer to modules is not a call."""
    return "/tests/" not in path and os.path.basename(path) != "exports.o"


def readelf(option, paths):
    return subprocess.run(["readelf", option, *paths], check=True, capture_output=True,
                          text=True).stdout


def functions_and_uses(build):
    """({function: its object}, {names used, by modules too}) of a build; tests do not count."""
    with open(os.path.join(build, "objects"), encoding="utf-8") as file:
        objects = [path for path in file.read().split() if counts(path)]
    owner = {}
    for path in objects:
        for name in DEFINED.findall(readelf("-sW", [path])):
            owner.setdefault(name, os.path.relpath(path, build))
    modules = glob.glob(f"{build}/**/*.m.o", recursive=True)
    return owner, set(USED.findall(readelf("-rW", objects + modules)))


def is_named_again(name, owner):
    """The compiler leaves no trace of a call that it inlines: is there one in the same file?"""
    source = os.path.join(ROOT, owner.removesuffix(".o") + ".c")
    if not os.path.exists(source):
        return False
    with open(source, encoding="utf-8") as file:
        return len(re.findall(rf"\b{name}\b", COMMENT_OR_STRING.sub("", file.read()))) > 1


def uncalled(builds):
    """{function: its object}"""
    owner, used = {}, set()
    for build in builds:
        functions, uses = functions_and_uses(build)
        owner.update(functions)
        used |= uses
    return {name: path for name, path in owner.items()
            if name not in used and not is_named_again(name, path)}


def exceptions():
    """{name: reason}"""
    with open(EXCEPTIONS, encoding="utf-8") as file:
        rows = [line.strip().split(None, 1) for line in file
                if line.strip() and not line.startswith("#")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows}


def complaints(builds):
    found, allowed = uncalled(builds), exceptions()
    return ([f"{name}() of {path} has no caller" for name, path in sorted(found.items())
             if name not in allowed] +
            [f"uncalled.txt: {name} has a caller, or does not exist" for name in sorted(allowed)
             if name not in found] +
            [f"uncalled.txt: {name} has no reason" for name in sorted(allowed)
             if not allowed[name]])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__.splitlines()[0])
    lines = complaints(sys.argv[1:])
    print("\n".join(lines))
    sys.exit(bool(lines))
