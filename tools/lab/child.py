# SPDX-License-Identifier: MIT
"""Run cases of a graded program, each in a process of its own, and read the record they leave.

A record counts only when it is complete: it begins and ends with the case's name, has as many
results as its first line says, and every line is under the tag of this grade. All else that the
program prints is shown to the student, and is worth nothing.
"""

import os
import re
import resource
import signal
import subprocess
import tempfile

from workspace import NotGraded, clean_environment

CPU_SECONDS = 10       # of the processor: the solutions need 2 at most, emulated
HOST_SECONDS = 900     # of the clock: protects this machine, and says nothing about the program
OUTPUT_BYTES = 4 << 20
TOGETHER = 4           # cases in one program: to start one costs more than a case
LOOPS = 3              # so many cases that do not end are enough to tell
ENDLESS = "an endless loop?"

# The first of these in the output says best why a program died. It is looked for in the first
# part of each line: from every place of a line of 4 MiB, it would be looked for for hours.
SIGNS = re.compile(r"Kernel panic - not syncing: .*|^.{0,200}runtime error: .*"
                   r"|ERROR: (?:Address|Leak)Sanitizer: .*", re.M)
OPEN_HOLE = re.compile(r"lab \d+: \S+ is yours to write")


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
    """Why there is no complete record, in words. status is that of wait(), or None."""
    sign = SIGNS.search(output)
    if sign:
        return sign[0].strip()
    if len(output) >= OUTPUT_BYTES:
        return f"it printed more than {OUTPUT_BYTES >> 20} MiB"
    if status is None:
        return "it ended the program that ran it"
    code = os.waitstatus_to_exitcode(status)
    if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        return f"it used {CPU_SECONDS} s of processor time: {ENDLESS}"
    if code < 0:
        return f"it was ended by signal {-code}"
    return f"it ended with exit status {code} before the case was over"


def complaints(lines, names):
    """What the runner says of these cases: file, line, and what was expected."""
    found = (re.match(r" *# (\w+): (\S+:\d+: .*)", line) for line in lines)
    return [match[2] for match in found if match and match[1] in names]


def split_output(output, tag):
    """What the program printed in each case, {case: (text, status of wait())}."""
    parts, start = {}, 0
    for match in re.finditer(rf"^{tag} done (\S+) (\d+)$", output, re.M):
        parts[match[1]] = output[start:match.start()], int(match[2])
        start = match.end()
    return parts


def results_of(record, case):
    """The results in a case's record, [(passed, name)]. None of them when it is not complete."""
    first = re.fullmatch(rf"begin {re.escape(case)} (\d+)", record[0]) if record else None
    found = (re.match(r" *(not )?ok 1 (\w+)", line) for line in record)
    results = [(not match[1], match[2]) for match in found if match]
    complete = first and record[-1] == f"end {case}" and len(results) == int(first[1])
    return results if complete else []


def judge(text, status, case, tag):
    """Why a case fails, in words; nothing when it passes."""
    record = re.findall(rf"^{tag} (.*)$", text, re.M)
    results = results_of(record, case)
    if results and status == 0 and all(passed for passed, _ in results):
        return []
    reasons = sorted(set(OPEN_HOLE.findall(text)))
    reasons += complaints(record, [name for passed, name in results if not passed])[:3]
    if not results or status != 0:
        reasons.append(f"{case}: {death(status, text)}")
    return reasons


def run_some(command, cases, tag, leaks):
    """Runs cases in one program. Returns {case: the reasons why it fails}."""
    _, output = run([*command, *cases], leaks)
    parts = split_output(output, tag)
    reasons = {case: judge(*parts[case], case, tag) for case in cases if case in parts}
    for case in cases:
        if case not in parts and len(cases) > 1:  # another one ended the program
            reasons.update(run_some(command, [case], tag, leaks))
        elif case not in parts:
            reasons[case] = judge(output, None, case, tag)
    return reasons


def run_cases(command, cases, tag, leaks=False):
    """Runs cases, each "suite.case", or "suite.*" for all of a suite, one after the other.

    Returns {case: the reasons why it fails}. leaks: memory that is lost fails a case; a program
    that is emulated cannot search for it. When several have used up their time, the rest is not
    run: it would cost hours in a class.
    """
    reasons = {}
    for start in range(0, len(cases), TOGETHER):
        some = cases[start:start + TOGETHER]
        loops = sum(ENDLESS in reason for found in reasons.values() for reason in found)
        if loops < LOOPS:
            reasons.update(run_some(command, some, tag, leaks))
        else:
            reasons.update({case: [f"not run, because {loops} cases before it: {ENDLESS}"]
                            for case in some})
    return reasons
