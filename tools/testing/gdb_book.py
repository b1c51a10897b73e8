# SPDX-License-Identifier: MIT
"""The sessions with GDB in the book: blocks of text whose lines `(gdb) COMMAND` are typed.

    (gdb) COMMAND   at GDB; the lines below it are what must come
    / # LINE        at the guest's shell, while the machine runs after COMMAND
    ^C              Ctrl-C at GDB, once the shell waits for a line

`...` is any text. Numbers, addresses and columns are other ones in another build, so they are not
compared. Addresses of the kernel are learned, to be typed as they are here.
"""

import os
import re
from typing import NamedTuple

from qemu import ROOT

NOISE = re.compile(r"^(Continuing\.)?$")  # lines that say nothing
KERNEL_ADDRESS = {"arm64": re.compile(r"0xffff[0-9a-f]{12}\b"),
                  "arm": re.compile(r"0x[c-f][0-9a-f]{7}\b")}


class Step(NamedTuple):
    """One command of a session."""
    command: str
    typed: str       # at the shell meanwhile; "^C" stands for that key; None: nothing
    wanted: list


def steps(path):
    """All steps of a document, in order."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        blocks = re.findall(r"^```text\n(.*?)^```$", file.read(), re.M | re.S)
    found = []
    for text in re.split(r"^\(gdb\) ", "".join(blocks), flags=re.M)[1:]:
        command, *lines = text.splitlines()
        typed = re.match(r"/ # (.*)|(\^C)$", lines[0]) if lines else None
        found.append(Step(command, typed and (typed[1] or typed[2]), lines[bool(typed):]))
    return found


def without_numbers(lines):
    return "\n".join(" ".join(re.sub(r"\b(0x)?[0-9a-f]*\d[0-9a-f]*\b", "1", line).split())
                     for line in lines if not NOISE.match(line))


def difference(step, answer):
    """What is wrong with an answer; None: it says what the book says."""
    said, text = without_numbers(answer.splitlines()), without_numbers(step.wanted)
    pattern = ".*".join(map(re.escape, text.split("...")))
    return None if re.fullmatch(pattern, said, re.S) else \
        f"{step.command}\n{text}\n--- here:\n{said}"


class Addresses:
    """Which address is meant here by one of the book's, which is arm64's."""

    def __init__(self, arch):
        self.here, self.known = KERNEL_ADDRESS[arch], {}

    def learn(self, step, answer):
        """From an answer that has as many addresses as the book's."""
        there = KERNEL_ADDRESS["arm64"].findall("\n".join(step.wanted))
        here = self.here.findall(answer)
        if len(there) == len(here):
            self.known.update(zip(there, here))

    def translate(self, line):
        return KERNEL_ADDRESS["arm64"].sub(
            lambda found: self.known.get(found[0], found[0]), line)
