# SPDX-License-Identifier: MIT
"""Unit tests that run on this machine, under AddressSanitizer and UBSan: one item a program.

tools/testing/host/tests.mk lists the programs; make has built them. Those of 32 bits run in the way
that tools/testing/host32.sh decides; the tests at the end are about that decision.
"""

import os
import shlex
import subprocess

import pytest

from host32 import CHOICE, DECIDED, ask, compile_command, list_commands
from ktap import Report
from qemu import ROOT, make

MAKEFILE = "tools/testing/host/Makefile"
BUILD = "build/host/"


def run_program(command, *choice):
    *_, program = words = shlex.split(command)
    # Nothing to do, or what went wrong: an old one may stand.
    build = make("-f", MAKEFILE, *choice, program)
    if build.returncode:
        pytest.fail(f"{program} does not build:\n{build.stderr}", pytrace=False)
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, errors="replace",
                          timeout=120)
    report = Report(done.stdout)
    transcript = done.stdout[-4000:] + done.stderr[-4000:]
    assert not report.failures, "\n".join(report.failures) + "\n" + transcript
    assert done.returncode == 0, f"exit status {done.returncode}\n{transcript}"


@pytest.mark.parametrize("command", list_commands(MAKEFILE), ids=lambda line: line.split(BUILD)[-1])
def test_host(command):
    run_program(command, *CHOICE)


# What a file of the contract may import when it is compiled by itself.
IMPORTS = set("""
memset memcpy memmove memcmp strlen strcmp strncmp printk panic kmalloc kzalloc kfree
slab_is_available flush_tlb_kernel_range flush_cache_vmap flush_cache_vunmap vunmap_range
vunmap_range_noflush vmap_pages_range alloc_pages __free_pages
alloc_pages_bulk_array release_pages _GLOBAL_OFFSET_TABLE_
""".split())


@pytest.mark.parametrize("compiler", ["gcc", DECIDED["CC32"]], ids=["64", "32"])
@pytest.mark.parametrize("sources", [
    ["mm/memblock.c"], ["mm/resource.c"], ["kernel/lib/rbtree.c"],
    ["mm/vmap_area.c", "mm/vmalloc.c", "kernel/lib/rbtree.c"],
], ids=lambda names: os.path.basename(names[0]))
def test_compiles_alone(tmp_path, sources, compiler):
    """With the flags of `make host-cflags` and nothing else, from any directory."""
    flags = make("host-cflags").stdout.split()
    objects = [f"{os.path.basename(name)}.o" for name in sources]
    for source, target in zip(sources, objects):
        subprocess.run([*shlex.split(compiler), *flags, "-std=gnu11", "-ffreestanding", "-c",
                        os.path.join(ROOT, source), "-o", target], cwd=tmp_path, check=True)
    symbols = subprocess.run(["nm", *objects], cwd=tmp_path, check=True, capture_output=True,
                             text=True).stdout
    pairs = [line.split()[-2:] for line in symbols.splitlines() if len(line.split()) >= 2]
    defined = {name for kind, name in pairs if kind != "U"}
    assert {name for kind, name in pairs if kind == "U"} - defined <= IMPORTS


# --- the ways to run 32-bit programs ---

DEFECTS = {
    "undefined": ("int last = 0x7fffffff; int main(int argc, char **argv) { return last + argc; }",
                  "signed integer overflow"),
    "address": ("#include <stdlib.h>\n"
                "int main(int argc, char **argv) { return ((char *)malloc(8))[7 + argc]; }",
                "heap-buffer-overflow"),
}


@pytest.fixture(scope="module", params=["native", "qemu-i386", "arm"])
def way(request):
    """The answer of host32.sh for each way. Not every machine has the first two."""
    answer = ask(HOST32=request.param)
    needs_m32 = request.param != "arm" and os.uname().machine != "x86_64"
    if answer["PROBLEM32"] and (request.param == "native" or needs_m32):
        pytest.skip(answer["PROBLEM32"])
    assert not answer["PROBLEM32"]
    return answer


@pytest.fixture(scope="module")
def runs_host_test():
    """Runs the tables of arm, in another folder than other tests do."""
    def run(folder, **choice):
        words = [f"{name}={value}" for name, value in choice.items()] + [f"BUILD=build/{folder}"]
        commands = list_commands(MAKEFILE, *words)
        command, = (line for line in commands if line.endswith("/arm-tables/tables_test"))
        run_program(command, *words)
    return run


@pytest.mark.xdist_group("host32")
def test_each_way_runs_a_host_test(way, runs_host_test):
    runs_host_test(f"host-{way['HOST32']}", HOST32=way["HOST32"], SANITIZE32=way["SANITIZE32"])


@pytest.mark.xdist_group("host32")
def test_each_way_stops_at_a_defect(way, tmp_path):
    sanitizers = way["SANITIZE32"].split(",")
    assert "undefined" in sanitizers
    for name in sanitizers:
        source, message = DEFECTS[name]
        (tmp_path / "defect.c").write_text(source)
        subprocess.run([*compile_command(way), "-fno-sanitize-recover=all", "-o", "defect",
                        "defect.c"], cwd=tmp_path, check=True)
        done = subprocess.run([*shlex.split(way["RUN32"]), "./defect"], cwd=tmp_path,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode != 0 and message in done.stderr


@pytest.mark.xdist_group("host32")
def test_address_sanitizer_may_be_missing(runs_host_test):
    runs_host_test("host-undefined", HOST32=DECIDED["HOST32"], SANITIZE32="undefined")


@pytest.mark.parametrize("makefile", [MAKEFILE, "tools/testing/fuzz/Makefile"])
def test_another_way_is_refused(makefile):
    done = make("-f", makefile, "HOST32=both", "list")
    assert done.returncode != 0 and not done.stdout
    assert "HOST32=both is unknown: use one of native qemu-i386 arm" in done.stderr


@pytest.fixture
def without_m32(tmp_path, monkeypatch):
    """A PATH on which gcc knows no -m32, as on an arm64 host. Gives the folder that makes it so."""
    monkeypatch.delenv("HOST32", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    install(tmp_path, "gcc", 'case " $* " in *" -m32 "*) exit 1 ;; esac\n'
                             f'PATH=${{PATH#{tmp_path}:}} exec gcc "$@"')
    return tmp_path


def install(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_arm_compiler_takes_over(without_m32):
    assert ask()["HOST32"] == "arm"


def test_doctor_runs_a_program(without_m32):
    """No way is left when qemu-arm fails too."""
    install(without_m32, "qemu-arm", "exit 1")
    done = subprocess.run(["tools/doctor.sh"], cwd=ROOT, capture_output=True, text=True)
    row, = (line for line in done.stdout.splitlines() if line.startswith("32-bit programs "))
    assert "MISSING  32-bit programs cannot be built or run here" in row and done.returncode == 1
