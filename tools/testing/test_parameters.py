# SPDX-License-Identifier: MIT
"""Parameters of the kernel's command line that have no effect say so, each in one line."""

import re

import pytest

from qemu import Machine

NO_EFFECT = {
    "console=nonsense": "printk: console=nonsense has no effect: no console has that name; "
                        "there is ttyAMA0",
    "earlycon=pl011,0x09040000": "earlycon: earlycon=pl011,0x09040000 has no effect: the device "
                                 "tree has chosen 0x0000000009000000",
    "memblock=foo": "command line: memblock=foo: value not understood, ignored",
    "loglevel=99": "command line: loglevel=99: value not understood, ignored",
    "quiet=no": "command line: quiet=no: value not understood, ignored",
    "initcall_debug=0": "command line: initcall_debug=0: value not understood, ignored",
    "early_ioremap_debug=0": "command line: early_ioremap_debug=0: value not understood, ignored",
    "nonesuch": 'command line: unknown parameter "nonesuch", ignored',
}
# These do what they say, so nothing is said of them.
EFFECTIVE = "console=ttyAMA0,115200 earlycon=pl011,0x09000000 memblock=debug initcall_debug"


@pytest.fixture(name="log", scope="module")
def fixture_log(arch):
    with Machine(arch, append=" ".join(NO_EFFECT), log="no-effect") as machine:
        machine.expect_prompt()
        yield machine.type("dmesg")


@pytest.mark.parametrize("parameter", NO_EFFECT)
def test_no_effect_is_told(log, parameter):
    said = re.findall(r"^\[[^]]*\] (.*)$", log, re.M)
    assert said.count(NO_EFFECT[parameter]) == 1, said


def test_an_effect_is_not_told(arch):
    with Machine(arch, append=EFFECTIVE, log="effect") as machine:
        machine.expect_prompt()
        log = machine.type("dmesg")
    assert not re.search("no effect|ignored", log), log
