# SPDX-License-Identifier: MIT
"""Unit tests inside the kernel: `selftest` on its command line prints KTAP and powers off."""

import collections
import re

import pytest

import tree
from ktap import Report
from qemu import Machine


@pytest.fixture(scope="module")
def report(arch):
    with Machine(arch, append="selftest", log="selftest", timeout=120) as machine:
        text, status = machine.wait_exit()
    return Report(text), status, text


def test_selftest_passes(report):
    ktap = report[0]
    assert not ktap.failures, "\n".join(ktap.failures)


def test_selftest_powers_off(report):
    assert report[1] == 0


def test_every_suite_of_the_tree_ran(report, arch):
    """Each suite in a file that is built for this architecture's kernel, and each case of it."""
    paths = [path for path in tree.kernel_sources(arch) if path.endswith("_test.c")]
    written = collections.Counter(case for path in paths
                                  for case in re.findall(r"\bKUNIT_CASE\((\w+)\)", tree.read(path)))
    ran = collections.Counter(name for name, _, _ in report[0].cases)
    assert ran == written, f"did not run: {written - ran}; not in the tree: {ran - written}"


def test_warnings_are_announced(report):
    """Each stands between two lines of the test that provokes it."""
    announced, warned = 0, []
    for line in report[2].splitlines():
        announced += "# expected warning from: " in line
        announced -= "# end of expected warning" in line
        warned += [line] if "WARNING: " in line else []
        assert announced in (0, 1) and (announced or "WARNING: " not in line), line
    assert len(warned) >= 40


def test_selftest_glob(arch):
    """selftest=GLOB picks suites; a glob that matches nothing says so."""
    with Machine(arch, append="selftest=no_such_suite*", log="selftest-glob") as machine:
        text, _ = machine.wait_exit()
    assert "no_such_suite" in text and Report(text).errors
