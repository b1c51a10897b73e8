# SPDX-License-Identifier: MIT
"""The guided tours of docs/tours/: reading them, and finding their places in the source.

    title   what the tour shows
    start   "first instruction": the tour begins there (default: while the kernel runs)
    arch    on this architecture only (default: both)
    type    what to type at the shell, before the first step
    [[step]], in order:
      at    a function; text: a piece of source that must occur in it, where the step stops
      say   what is about to happen, and what to look at
      show  the commands that show it; set: an assignment before them
      arch, type   as above, for this step

A place has no line number: it is looked up in the source of the day. Pure Python, without GDB.
"""

import os
import re
import tomllib
from typing import NamedTuple

from mercator.constants import TREE

FOLDER = os.path.join(TREE, "docs", "tours")
SOURCES = ("boot", "mm", "kernel", "drivers", "arch/{arch}")
KEYS = {"title", "start", "arch", "type", "step"}
STEP_KEYS = {"at", "text", "say", "show", "set", "arch", "type"}


class BadTour(Exception):
    """A tour's file, or a place that it names, is not as it must be."""


class Place(NamedTuple):
    """Where a step stops."""
    file: str
    line: int


def names():
    return sorted(name[:-5] for name in os.listdir(FOLDER) if name.endswith(".toml"))


def check_keys(name, table, known):
    for key in set(table) - known:
        raise BadTour(f"{name}: there is no key {key}")


def read(name, arch):
    """A tour for one architecture; None when it is another's."""
    with open(os.path.join(FOLDER, f"{name}.toml"), "rb") as file:
        tour = tomllib.load(file)
    check_keys(name, tour, KEYS)
    for step in tour["step"]:
        check_keys(name, step, STEP_KEYS)
    if tour.get("arch", arch) != arch:
        return None
    tour["step"] = [step for step in tour["step"] if step.get("arch", arch) == arch]
    return tour


def source_files(arch):
    for folder in SOURCES:
        for path, _, files in os.walk(os.path.join(TREE, folder.format(arch=arch))):
            if not path.endswith("/tests"):
                yield from (os.path.join(path, file) for file in sorted(files)
                            if file.endswith(".c"))


def definition(text, function):
    """(first line, last line) of a function's definition, counted from 1; None: not here."""
    start = re.search(rf"^(?![ \t#]|typedef)[^\n;=]*\b{function}\([^;{{}}]*\)\n\{{$", text, re.M)
    if not start:
        return None
    end = text.index("\n}\n", start.end())
    return text.count("\n", 0, start.start()) + 1, text.count("\n", 0, end) + 2


def find_place(arch, function, piece=None):
    """The place of a function, or of the first line in it that has a piece of source."""
    for path in source_files(arch):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        lines = definition(text, function) if f"{function}(" in text else None
        if lines is None:
            continue
        if piece is None:
            return Place(os.path.relpath(path, TREE), lines[0])
        for number in range(lines[0], lines[1]):
            if piece in text.split("\n")[number - 1]:
                return Place(os.path.relpath(path, TREE), number)
        raise BadTour(f"{function}() in {os.path.relpath(path, TREE)} has no text {piece!r}")
    raise BadTour(f"there is no function {function}() for {arch}")
