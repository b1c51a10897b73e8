# SPDX-License-Identifier: MIT
"""The kernel's own parameters: a good value is taken without a word, a bad one is reported, and the
words behind it are still handled. param_hosttest.c tests the parser; here the handlers answer.
"""

import re

from qemu import Machine
from tree import kernel_sources, read

# One boot with all of them; `selftest` comes last, runs a short suite and powers off.
GOOD = {
    "console": "ttyAMA0", "earlycon": "", "early_ioremap_debug": "", "initcall_debug": "",
    "initcall_blacklist": "virtio_mmio_init",
    "loglevel": "8", "mem": "256M", "memblock": "debug", "panic": "1", "quiet": "",
    "rdinit": "/init", "vmalloc": "200M", "selftest": "glob",
}
TOO_LONG = "x" * 200
BAD = [
    ("console", TOO_LONG), ("earlycon", "pl011"), ("earlycon", "pl011,junk"),
    ("earlycon", "nosuch,0x9000000"), ("loglevel", "junk"), ("loglevel", "16"), ("loglevel", "-1"),
    ("mem", "junk"), ("mem", "0"), ("mem", "1Gjunk"), ("panic", "junk"), ("rdinit", ""),
    ("rdinit", TOO_LONG), ("selftest", TOO_LONG), ("initcall_blacklist", ""),
]
BAD_ON_ARM = [("vmalloc", "junk"), ("vmalloc", "200Mjunk")]


def boot(arch, words, log):
    line = " ".join(f"{name}={value}" if value else name for name, value in words)
    with Machine(arch, append=line, log=log) as machine:
        text, status = machine.wait_exit()
    assert status == 0
    return text


def test_every_parameter_is_in_the_list(arch):
    """A new early_param() wants a row here."""
    found = [name for path in kernel_sources(arch) if path.endswith(".c")
             for name in re.findall(r'^early_param\("(\w+)"', read(path), re.M)]
    assert sorted(found) == sorted(GOOD)


def test_good_values_are_taken(arch):
    words = [item for item in GOOD.items() if item[0] != "quiet"]
    text = boot(arch, words, "parameters-good")
    assert "command line:" not in text
    assert "# selftest: 1 suites, 0 failed cases" in text


def test_quiet_leaves_warnings_only(arch):
    """In a boot of its own, because it would hide what the others print."""
    text = boot(arch, [("nonsense", ""), ("quiet", ""), ("more", ""), ("loglevel", "5"),
                       ("last", ""), ("selftest", "glob")], "parameters-quiet")
    assert re.findall(r'unknown parameter "(\w+)"', text) == ["nonsense", "last"]
    assert "KTAP" not in text
    assert "earlycon" in text and "Handoff" not in text  # from where the command line is read


def test_bad_values_are_reported(arch):
    bad = BAD + (BAD_ON_ARM if arch == "arm" else [])
    text = boot(arch, [*bad, ("selftest", "glob")], "parameters-bad")
    refused = re.findall(r"command line: (\w+)=(\S*): value not understood, ignored", text)
    assert refused == bad
    assert "# selftest: 1 suites, 0 failed cases" in text  # the good word behind them
