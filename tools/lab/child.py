# SPDX-License-Identifier: MIT
"""Run one case of a graded program in a child process, and read the record that it leaves.

The record counts only when it is complete: it begins and ends with the case's name, has as many
results as its first line says, and every line is under the tag of this grade. All else that the
program prints is shown to the student, and is worth nothing.
"""

import os
import re
import resource
import signal
import subprocess
import tempfile
from dataclasses import dataclass

from workspace import NotGraded, clean_environment

CPU_SECONDS = 20       # of the processor: the solutions need 2 at most, emulated
HOST_SECONDS = 900     # of the clock: protects this machine, and says nothing about the program
OUTPUT_BYTES = 4 << 20

# The first of these in the output says best why a program died.
SIGNS = re.compile(r"Kernel panic - not syncing: .*|.*runtime error: .*"
                   r"|ERROR: (?:Address|Leak)Sanitizer: .*")
OPEN_HOLE = re.compile(r"lab \d+: \S+ is yours to write")


@dataclass
class Outcome:
    """How one case went, and why."""
    passed: bool
    reasons: list


def limit():
    """Before the program starts, in the child."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, leaks=False):
    """Returns (exit status, output). The child and what it started are gone afterwards."""
    environment = {**clean_environment(), "ASAN_OPTIONS": f"detect_leaks={int(leaks)}"}
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as output:
        with subprocess.Popen(command, cwd=empty, env=environment,
                              stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                              start_new_session=True, preexec_fn=limit) as child:
            try:
                status = child.wait(timeout=HOST_SECONDS)
            except subprocess.TimeoutExpired:
                raise NotGraded(f"the tests ran more than {HOST_SECONDS} s on this machine"
                                ) from None
            finally:
                try:
                    os.killpg(child.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        output.seek(0)
        return status, output.read().decode(errors="replace")


def death(status, output):
    """Why there is no complete record, in words."""
    sign = SIGNS.search(output)
    if sign:
        return sign[0].strip()
    if status == -signal.SIGXCPU or status == 128 + signal.SIGXCPU:
        return f"it used {CPU_SECONDS} s of processor time: an endless loop?"
    if status == -signal.SIGXFSZ or len(output) >= OUTPUT_BYTES:
        return f"it printed more than {OUTPUT_BYTES >> 20} MiB"
    if status < 0:
        return f"it was ended by signal {-status}"
    return f"it ended with exit status {status} before the case was over"


def complaints(lines, names):
    """What the runner says of these cases: file, line, and what was expected."""
    found = (re.match(r" *# (\w+): (\S+:\d+: .*)", line) for line in lines)
    return [match[2] for match in found if match and match[1] in names]


def read_record(output, case, tag):
    """The results of a record, [(passed, name)], and its lines. No results: it is not complete."""
    record = re.findall(rf"^{tag} (.*)$", output, re.M)
    first = re.fullmatch(rf"begin {re.escape(case)} (\d+)", record[0]) if record else None
    found = (re.match(r" *(not )?ok 1 (\w+)", line) for line in record)
    results = [(not match[1], match[2]) for match in found if match]
    complete = first and record[-1] == f"end {case}" and len(results) == int(first[1])
    return (results if complete else []), record


def run_case(command, case, tag, leaks=False):
    """Runs "suite.case", or all of a suite one after the other, "suite.*". Returns an Outcome.

    leaks: memory that is lost fails the case. A program that is emulated cannot search for it.
    """
    status, output = run([*command, case], leaks)
    results, record = read_record(output, case, tag)
    if results and status == 0 and all(passed for passed, _ in results):
        return Outcome(True, [])
    reasons = complaints(record, [name for passed, name in results if not passed])[:3]
    if not results or status != 0:
        reasons.append(f"{case}: {death(status, output)}")
    return Outcome(False, sorted(set(OPEN_HOLE.findall(output))) + reasons)
