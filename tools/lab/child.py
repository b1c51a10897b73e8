# SPDX-License-Identifier: MIT
"""Run one case of a graded program in a child process, and read the record that it leaves.

The record counts only when it is complete: it begins and ends with the case's name, has one result,
and every line is under the tag of this grade. All else that the program prints is shown to the
student and is worth nothing.
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

# Leaks are searched on no architecture, because the emulators of the 32-bit programs cannot.
OPTIONS = {"ASAN_OPTIONS": "detect_leaks=0"}

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


def run(command):
    """Returns (exit status, output). The child and what it started are gone afterwards."""
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as output:
        with subprocess.Popen(command, cwd=empty, env={**clean_environment(), **OPTIONS},
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


def complaints(lines, name):
    """What the runner says of a case: file, line, and what was expected."""
    mark = f"# {name}: "
    return [line.strip().removeprefix(mark) for line in lines if line.strip().startswith(mark)]


def run_case(command, case, tag):
    """Runs one case, "suite.case". Returns its Outcome."""
    status, output = run([*command, case])
    record = re.findall(rf"^{tag} (.*)$", output, re.M)
    holes = sorted(set(OPEN_HOLE.findall(output)))
    name = case.split(".")[1]
    verdicts = [line.strip() for line in record if re.match(r" *(not )?ok \d", line)]
    complete = (record[:1] == [f"begin {case}"] and record[-1:] == [f"end {case}"]
                and len(verdicts) == 1 and len(record) >= 3)
    if not complete or status != 0:
        return Outcome(False, holes + [f"{name}: {death(status, output)}"])
    if verdicts[0].startswith("ok 1 "):
        return Outcome(True, [])
    return Outcome(False, holes + complaints(record, name)[:3])
