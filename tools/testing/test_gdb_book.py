# SPDX-License-Identifier: MIT
"""The first hour with GDB, docs/debugging.md: its session is typed, from the first instruction."""

import re
import time

import gdb_book
from gdb_session import Session

HALF_A_SECOND = 0.5  # which the shell needs to come to its read, also on a busy host


class Hour:
    """A machine, GDB, and a reader who types what the book says."""

    def __init__(self, session, arch):
        self.session, self.addresses = session, gdb_book.Addresses(arch)
        self.prompt_is_to_come = True

    def answer(self, step):
        """What GDB says to a step, while its line is typed at the shell."""
        machine, gdb = self.session.machine, self.session.gdb
        gdb.send(self.addresses.translate(step.command))
        if step.typed and self.prompt_is_to_come:
            machine.expect_prompt()
        if step.typed:
            self.prompt_is_to_come = step.typed != "^C"
        if step.typed == "^C":
            return self.interrupt()
        if step.typed:
            machine.child.send(self.addresses.translate(step.typed) + "\r")
        answer = gdb.answer()
        self.addresses.learn(step, answer)
        return answer

    def interrupt(self):
        """A reader is slow: the shell waits in the kernel by then, and GDB knows that function."""
        gdb = self.session.gdb
        while " in ?? ()" in (said := self.session.interrupt()):
            gdb.send("continue")
            while "Continuing." not in gdb.text:
                gdb.has_answer()
            time.sleep(HALF_A_SECOND)
        return said


def test_the_first_hour(arch):
    """The chapter's session is arm64's; its commands have an answer on both architectures."""
    steps = gdb_book.steps("docs/debugging.md")
    assert len(steps) > 30 and sum(bool(step.typed) for step in steps) == 4
    with Session(arch, stopped=True, log="test_gdb_book") as session:
        session.attach()
        session.gdb.run("to-kernel")
        hour = Hour(session, arch)
        for step in steps:
            answer = hour.answer(step)
            assert not re.search(r"^mc [a-z -]+: |Error|No symbol|Undefined", answer, re.M), answer
            assert bool(step.wanted) <= bool(answer), step.command
            wrong = gdb_book.difference(step, answer)
            assert arch == "arm" or not wrong, wrong
