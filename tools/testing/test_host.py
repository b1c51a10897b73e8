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
    build = make("-f", MAKEFILE, program)  # nothing to do, or what went wrong: an old one may stand
    if build.returncode:
        pytest.fail(f"{program} does not build:\n{build.stderr}", pytrace=False)
    done = subprocess.run([path], capture_output=True, text=True, errors="replace", timeout=120)
    report = Report(done.stdout)
    transcript = done.stdout[-4000:] + done.stderr[-4000:]
    assert not report.failures, "\n".join(report.failures) + "\n" + transcript
    assert done.returncode == 0, f"exit status {done.returncode}\n{transcript}"


# What a file of the contract may import when it is compiled by itself.
IMPORTS = set("""
memset memcpy memmove memcmp strlen strcmp strncmp printk panic kmalloc kzalloc kfree
slab_is_available flush_tlb_kernel_range flush_cache_vmap flush_cache_vunmap vunmap_range
vunmap_range_noflush vmap_pages_range alloc_pages __free_pages _GLOBAL_OFFSET_TABLE_
""".split())


@pytest.mark.parametrize("word", ["-m64", "-m32"])
@pytest.mark.parametrize("sources", [
    ["mm/memblock.c"], ["mm/resource.c"], ["kernel/lib/rbtree.c"],
    ["mm/vmap_area.c", "mm/vmalloc.c", "kernel/lib/rbtree.c"],
], ids=lambda names: os.path.basename(names[0]))
def test_compiles_alone(tmp_path, sources, word):
    """With the flags of `make host-cflags` and nothing else, from any directory."""
    flags = make("host-cflags").stdout.split()
    objects = [f"{os.path.basename(name)}.o" for name in sources]
    for source, target in zip(sources, objects):
        subprocess.run(["gcc", *flags, word, "-std=gnu11", "-ffreestanding", "-c",
                        os.path.join(ROOT, source), "-o", target], cwd=tmp_path, check=True)
    symbols = subprocess.run(["nm", *objects], cwd=tmp_path, check=True, capture_output=True,
                             text=True).stdout
    pairs = [line.split()[-2:] for line in symbols.splitlines() if len(line.split()) >= 2]
    defined = {name for kind, name in pairs if kind != "U"}
    assert {name for kind, name in pairs if kind == "U"} - defined <= IMPORTS
