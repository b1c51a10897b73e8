# SPDX-License-Identifier: MIT
"""Initcalls: each one runs, once, and level by level, as `initcall_debug` shows."""

import re

import tree
from qemu import Machine

LEVELS = ["core", "subsys", "fs", "device", "late"]
ANNOUNCED = re.compile(r"^(?:(\w+)_initcall|module_init|(?:builtin|module)_(?:platform|pci)_driver)"
                       r"\((\w+)\);$", re.M)


def announced(arch):
    """{function: the number of its level}, from the sources that all architectures share. A module
    is not among the objects of the image."""
    levels = {}
    for path in tree.files(".c", under=("boot", "drivers", "kernel", "mm")):
        if path.removesuffix(".c") + ".o" not in tree.symbols(arch):
            continue
        for match in ANNOUNCED.finditer(tree.read(path)):
            is_driver = "_driver" in match[0].split("(")[0]
            levels[match[2] + "_init" * is_driver] = LEVELS.index(match[1] or "device")
    return levels


def test_initcalls_run_once_and_by_level(arch):
    with Machine(arch, append="initcall_debug", log="initcalls") as machine:
        log = machine.expect_prompt()
    called = re.findall(r"\] initcall: (\w+) returned -?\d+ after \d+ usecs$", log, re.M)
    levels = announced(arch)
    assert set(levels.values()) == set(range(len(LEVELS))), "there are some of each level"
    assert sorted(name for name in called if name in levels) == sorted(levels)
    in_order = [levels[name] for name in called if name in levels]
    assert in_order == sorted(in_order), called
