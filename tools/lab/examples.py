# SPDX-License-Identifier: MIT
"""Feedback in a starter: the lab's examples, run in the student's own tree.

What runs here is the student's: sources, tests, Makefile. So it tells the student where the work
stands, and gives no points that count. Those come from a grader's tree (grade.py).
"""

import os
import subprocess
import sys

from child import SIGNS, complaints
from grade import BUILD_ERROR, Grade, Result
from manifest import ROOT, BadInput
from workspace import MAKEFILE, VARIANTS, NotGraded, clean_environment, host_choice

sys.path.append(os.path.join(ROOT, "tools", "testing"))
from ktap import Report  # noqa: E402  pylint: disable=wrong-import-position

SECONDS = 120


def run_program(program, choice, runner):
    """Builds a program in this tree, and runs it. Returns (what it said, complaint or None)."""
    done = subprocess.run(["make", "-s", "-C", ROOT, "-f", MAKEFILE, *choice, program],
                          capture_output=True, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, env=clean_environment(), check=False)
    if done.returncode:
        error = next(filter(BUILD_ERROR.search, done.stderr.splitlines()), done.stderr)
        return "", f"it does not compile: {error}"
    try:
        ran = subprocess.run([*runner, os.path.join(ROOT, program)], capture_output=True, text=True,
                             errors="replace", stdin=subprocess.DEVNULL, timeout=SECONDS,
                             check=False)
    except subprocess.TimeoutExpired:
        raise NotGraded(f"{program} ran for more than {SECONDS} s: an endless loop?") from None
    return ran.stdout + ran.stderr, None


def judge(name, said, complaint):
    """Why the case of that name is not passed; nothing when it is."""
    verdicts = [passed for case, passed, _ in Report(said).cases if case == name]
    if complaint:
        return [complaint]
    if not verdicts:
        sign = SIGNS.search(said)
        return [sign[0] if sign else f"{name} did not run to its end"]
    return [] if all(verdicts) else complaints(said.splitlines(), [name])[:3] or [f"{name} failed"]


def grade_examples(record, archs, name=""):
    """A Grade that is feedback. record is lab.json of this tree."""
    checks = [check for check in record["checks"] if name in ("", check["name"])]
    if not checks:
        known = ", ".join(check["name"] for check in record["checks"])
        raise BadInput(f"CHECK={name}: lab {record['lab']} has no such check; there are {known}")
    choice, runner = host_choice()
    came = {check["name"]: [] for check in checks}
    for arch in archs:
        for variant in set(VARIANTS[arch]) & set(record["variants"]):
            program = f"build/host/{variant}/{record['program']}_test"
            said, complaint = run_program(program, choice, runner if arch == "arm" else [])
            for check in checks:
                reasons = judge(check["name"], said, complaint)
                came[check["name"]] += [f"{arch}: {reason}" for reason in reasons]
    results = [Result(check["name"], 0 if came[check["name"]] else check["points"],
                      check["points"], check["asks"], check["look"],
                      f"make grade CHECK={check['name']}", came[check["name"]])
               for check in checks]
    return Grade(record["lab"], record["title"], record["version"], record["version"],
                 list(archs), results, feedback=True)
