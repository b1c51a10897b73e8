# SPDX-License-Identifier: MIT
"""Unit tests that run on this machine, under AddressSanitizer and UBSan: one item a program.

tools/testing/host/tests.mk lists the programs; make has built them.
"""

import os
import subprocess

import pytest

from ktap import Report
from qemu import ROOT, make

MAKEFILE = "tools/testing/host/Makefile"


def programs():
    lines = make("-f", MAKEFILE, "list").stdout.split()
    assert lines, "tools/testing/host/tests.mk lists no test"
    return lines


@pytest.mark.parametrize("program", programs(), ids=lambda path: path.removeprefix("build/host/"))
def test_host(program):
    path = os.path.join(ROOT, program)
    if not os.path.exists(path):
        why = make("-f", MAKEFILE, program).stderr
        pytest.fail(f"{program} does not build:\n{why}", pytrace=False)
    done = subprocess.run([path], capture_output=True, text=True, errors="replace", timeout=120)
    report = Report(done.stdout)
    transcript = done.stdout[-4000:] + done.stderr[-4000:]
    assert not report.failures, "\n".join(report.failures) + "\n" + transcript
    assert done.returncode == 0, f"exit status {done.returncode}\n{transcript}"
