# SPDX-License-Identifier: MIT
"""A strict reader of KTAP, the report that KUnit-like tests print.

    KTAP version 1
    1..1
        KTAP version 1
        # Subtest: memblock
        1..2
        ok 1 memblock_add_merges
        not ok 2 memblock_trim
    not ok 1 memblock

Strict means: without a plan (1..N), or with another number of results than planned, or with no
test at all, the report is a failure. A crash half-way can therefore never look like success.
"""

import re

TIMESTAMP = re.compile(r"^(\[ *\d+\.\d+\] ?)")
PLAN = re.compile(r"^( *)1\.\.(\d+)\s*$")
RESULT = re.compile(r"^( *)(not )?ok (\d+)(?: -)? ([^#\s]+)(.*)$")


class Report:
    """The leaf tests as [(name, passed, skipped)], and what is wrong with the report itself."""

    def __init__(self, text):
        self.cases = []
        self.errors = []
        self._plans = {}  # indentation -> [planned, seen, first number of case]
        for line in text.replace("\r", "").splitlines():
            self._line(TIMESTAMP.sub("", line))
        for plan in self._plans.values():
            self._close(plan)
        if not self._plans:
            self.errors.append("no plan: the tests did not start")
        elif not self.cases:
            self.errors.append("no test ran")

    def _close(self, plan):
        planned, seen = plan
        if planned != seen:
            self.errors.append(f"planned {planned} tests, saw {seen} results")

    def _line(self, line):
        match = PLAN.match(line)
        if match:
            depth = len(match[1])
            if depth in self._plans:
                self.errors.append("two plans on one level")
            self._plans[depth] = [int(match[2]), 0]
            return
        match = RESULT.match(line)
        if match:
            self._result(len(match[1]), not match[2], int(match[3]), match[4], match[5])

    def _result(self, depth, passed, number, name, rest):
        plan = self._plans.get(depth)
        if plan is None:
            self.errors.append(f"result without a plan: {name}")
            return
        plan[1] += 1
        if number != plan[1]:
            self.errors.append(f"{name} has number {number}, expected {plan[1]}")
        inner = [level for level in self._plans if level > depth]
        if inner:  # the line that closes a suite
            for level in inner:
                self._close(self._plans.pop(level))
            if not passed and all(ok for _, ok, _ in self.cases):
                self.errors.append(f"suite {name} failed, none of its tests did")
        else:
            self.cases.append((name, passed, "# SKIP" in rest))

    @property
    def failures(self):
        return [f"not ok: {name}" for name, passed, _ in self.cases if not passed] + self.errors
