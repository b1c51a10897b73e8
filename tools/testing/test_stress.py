# SPDX-License-Identifier: MIT
"""vmstress: every scenario passes and leaves the areas as they were; bad words are refused."""

import re

import pytest

from qemu import Machine


def answer(output):
    """What the command said, without what the kernel logged meanwhile."""
    return re.findall(r"^(?!\[).+$", output, re.M)


def listing(machine):
    return answer(machine.run("cat /proc/vmallocinfo")[0])


@pytest.mark.parametrize("test, name", [
    (1, "fix_size"), (2, "full_fit"), (4, "long_busy_list"), (8, "random_size"), (16, "fix_align"),
    (32, "random_size_align"), (64, "align_shift"),
    (128, "pcpu_alloc"),
])
def test_scenario(machine, test, name):
    before = listing(machine)
    output, status = machine.run(f"vmstress {test} 20 42", timeout=60)
    assert answer(output)[-1] == "vmstress: 1 passed, 0 failed", output
    assert status == 0
    assert re.search(rf"^\[.*vmstress: {name}$", output, re.M), "no sign of life"
    assert listing(machine) == before


def test_all_with_64_mib(arch):
    """The scenarios that want most fit into a small machine."""
    with Machine(arch, mem="64M", log="stress-64M", timeout=60) as machine:
        machine.expect_prompt()
        before = listing(machine)
        output, status = machine.run("vmstress 255 5 1")
        assert (answer(output)[-1], status) == ("vmstress: 8 passed, 0 failed", 0), output
        assert listing(machine) == before


def test_no_memory_is_a_clean_failure(arch):
    """A machine too small for 32 MiB of pages says so, and everything is given back."""
    with Machine(arch, mem="32M", log="stress-32M", timeout=60) as machine:
        machine.expect_prompt()
        before = listing(machine)
        output, status = machine.run("vmstress 3 5 1")
        said = answer(output)
        assert re.fullmatch(r"failed: full_fit: no memory .*", said[0]) and status == 1, output
        assert said[-1] == "vmstress: 1 passed, 1 failed"
        assert listing(machine) == before


@pytest.mark.parametrize("words, why", [
    ("", "usage"), ("1", "usage"), ("1 1", "usage"), ("1 1 1 1", "usage"),
    ("0 1 1", "TEST"), ("256 1 1", "TEST"), ("257 1 1", "TEST"),
    ("banana 1 1", "banana"), ("1 0 1", "LOOPS"), ("1 1000001 1", "LOOPS"), ("1 -1 1", "-1"),
    ("1 1 0x100000000", "too large"), ("0x1ffffffff 1 1", "too large"), ("1 1 x", "x is not"),
])
def test_refused_in_one_line(machine, words, why):
    output, status = machine.run(f"vmstress {words}")
    said = answer(output)
    assert len(said) == 1 and said[0].startswith("failed: ") and why in said[0], output
    assert status == 1
