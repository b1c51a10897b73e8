# SPDX-License-Identifier: MIT
"""What make promises: choices, builds side by side, odd paths, verdicts, some of the tests."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from qemu import ROOT, make

SWITCHES = ("LLVM", "V", "W", "WERROR", "INITRAMFS_BUILTIN", "FAILED")


def value(name, *choices):
    """What a variable of the Makefile is."""
    done = make(f"--eval=show: ; @printf '%s' '$({name})'", "show", *choices)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- choices ---

@pytest.mark.parametrize("name", SWITCHES)
def test_yes_and_no(name):
    assert (value(name, f"{name}=1"), value(name, f"{name}=0"), value(name)) == ("1", "", "")


@pytest.mark.parametrize("name, word", zip(SWITCHES, ("yes", "2", "on", "n", "01", "1 1")))
def test_neither_yes_nor_no_is_refused(name, word):
    done = make("help", f"{name}={word}")
    assert done.returncode == 2
    assert done.stderr.endswith(f"{name}={word}: use {name}=1 for yes, {name}=0 for no.  Stop.\n")


def test_help_names_the_choices():
    words = make("help").stdout.split()
    assert {"LLVM=1", "W=1", "V=1"} <= set(words)


def test_builds_with_and_without_w_share_nothing():
    """Each keeps its objects while the other builds."""
    plain, strict = value("BUILD"), value("BUILD", "W=1")
    objects = [f"{ROOT}/{folder}/kernel/lib/glob.o" for folder in (plain, strict)]
    assert make(f"{strict}/kernel/lib/glob.o", "W=1").returncode == 0
    before = [os.stat(path).st_mtime_ns for path in objects]
    assert make(f"{plain}/kernel/lib/glob.o").returncode == 0
    assert make(f"{strict}/kernel/lib/glob.o", "W=1").returncode == 0
    assert [os.stat(path).st_mtime_ns for path in objects] == before
    assert "-Werror" in value("CFLAGS", "W=1").split()
    assert "-Werror" not in value("CFLAGS").split()


def test_tests_of_another_build_are_refused():
    """They would test what was not built."""
    for choice in ("LLVM=1", "W=1", "BUILD=build/mine", "BREAK=tlb"):
        done = make("-n", "test", choice)
        assert done.returncode == 2, choice
        assert "leave out LLVM=, W=, BUILD= and BREAK=" in done.stderr, choice


# --- the path of the tree ---

def copy(place, *parts):
    """Another tree with some parts of this one, as old as they are here."""
    for part in parts:
        source, target = os.path.join(ROOT, part), os.path.join(place, part)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.isdir(source):
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("test-logs"))
        else:
            shutil.copy2(source, target)
    return place


def run(command, place):
    """Runs a command in a folder, with nothing inherited from a make that runs the tests. It is
    ended, with all that it has started, when it takes too long: then its status is 124."""
    ours = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(["timeout", "120", *command], cwd=place, env=ours, capture_output=True,
                          text=True, errors="replace", stdin=subprocess.DEVNULL, check=False)


SOURCES = ("Makefile", "arch", "boot", "drivers", "kernel", "mm", "tools", "userland")


@pytest.fixture(scope="module")
def odd_tree(arch, tmp_path_factory):
    """A built tree in a folder whose name is as odd as any that is not refused."""
    place = tmp_path_factory.mktemp(arch) / "it's  a $(tree): #1 & [é] %.o;"
    place.mkdir()
    return copy(str(place), *SOURCES, f"build/{arch}")


def test_odd_path_is_built_before(odd_tree, arch):
    """Nothing is made again: the copy is as good as the tree itself."""
    done = run(["make", f"ARCH={arch}"], odd_tree)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"^  (CC|AS|LD) ", done.stdout, re.M), done.stdout


def test_odd_path_runs(odd_tree, arch):
    done = run(["make", "run", f"ARCH={arch}", "APPEND=selftest=glob*"], odd_tree)
    assert done.returncode == 0, done.stdout + done.stderr
    assert os.path.exists(f"{odd_tree}/build/{arch}/selftest.log")


def test_odd_path_runs_by_hand(odd_tree, arch, tmp_path):
    """The printed command line, in a shell, elsewhere."""
    append = 'APPEND=rdinit=/bin/sh -- -c "echo \'as it  is\'; poweroff"'
    line = run(["make", "-s", "qemu-cmd", f"ARCH={arch}", append], odd_tree).stdout
    done = run(["sh", "-c", line], tmp_path)
    assert done.returncode == 0 and "as it  is" in done.stdout, done.stdout + done.stderr


def test_odd_path_under_gdb(odd_tree, arch):
    done = run(["make", "debug", f"ARCH={arch}", "GDB_ARGS=-batch -ex 'info symbol $pc'"], odd_tree)
    assert done.returncode == 0 and "_head" in done.stdout, done.stdout + done.stderr


def test_odd_path_of_a_disk(odd_tree, arch):
    line = run(["make", "-s", "uboot-cmd", f"ARCH={arch}"], odd_tree).stdout
    drive = f"if=none,id=disk,format=raw,readonly=on,file={odd_tree}/build/{arch}/disk.img"
    assert drive in shlex.split(line)


def test_odd_path_of_headers(odd_tree, arch, tmp_path):
    flags = run(["make", "-s", "host-cflags", f"ARCH={arch}"], odd_tree).stdout
    done = run(["sh", "-c", f"gcc {flags.strip()} -c {shlex.quote(odd_tree)}/kernel/lib/rbtree.c"],
               tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name, target", zip(["a,b", 'a"b', "a\\b", "a\nb"],
                                              ["all", "run", "test", "help"]))
def test_path_that_cannot_work_is_refused(tmp_path, name, target):
    """In one line, before anything is built."""
    place = copy(str(tmp_path / name), "Makefile", "tools/check-choices.sh", "arch/arm64/arch.mk")
    before = os.listdir(place)
    done = run(["make", target], place)
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 2 and len(lines) == 1 and "move the tree" in lines[0], lines
    assert os.listdir(place) == before


# --- the verdict of make run APPEND=selftest ---

GOOD = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: glob
    1..2
    ok 1 star
    ok 2 range # SKIP not here
ok 1 glob
"""
PANIC = "Kernel panic - not syncing: oh\n---[ end Kernel panic - not syncing: oh ]---\n"


def judged(tmp_path, console, end="exit 0", append="selftest"):
    """Runs run-qemu.sh with a QEMU that prints the console and ends so."""
    (tmp_path / "console").write_text(console)
    qemu = tmp_path / "qemu"
    qemu.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "QEMU emulator version 7.2" && exit\n'
                    f"cat '{tmp_path}/console'\n{end}\n")
    qemu.chmod(0o755)
    chosen = {"APPEND": append, "LOG": str(tmp_path / "log"), "PYTHON": sys.executable}
    return subprocess.run([f"{ROOT}/tools/run-qemu.sh", str(qemu), "-nographic"], check=False,
                          env={**os.environ, **chosen}, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("append", ["selftest", "quiet selftest=glob*", "selftest -- x"])
def test_good_report(tmp_path, append):
    done = judged(tmp_path, GOOD, append=append)
    assert done.returncode == 0
    assert done.stdout.endswith(f"all good: 1 passed, 0 failed, 1 skipped. The console's log: "
                                f"{tmp_path}/log\n")
    assert (tmp_path / "log").read_text() == GOOD


@pytest.mark.parametrize("console, end, complaint", [
    (GOOD.replace("ok 1 star", "not ok 1 star"), "exit 0", "not ok: star"),
    (GOOD.replace("    ok 1 star\n", ""), "exit 0", "planned 2 tests, saw 1"),
    (GOOD[:GOOD.index("    ok 2")], "exit 0", "planned 2 tests, saw 1"),
    (GOOD, "exit 3", "QEMU ended with status 3"),
    (GOOD, "kill -9 $$", "QEMU ended with status -9"),
    ("", "exit 0", "no plan"),
    ("1..0\n", "exit 0", "no test ran"),
    (PANIC, "exec sleep 1000", "Kernel panic - not syncing: oh"),
    (GOOD + PANIC, "exec sleep 1000", "Kernel panic - not syncing: oh"),
], ids=["not-ok", "missing", "cut", "status", "killed", "silent", "none", "panic", "late-panic"])
def test_bad_report(tmp_path, console, end, complaint):
    """The verdict comes, too, when QEMU does not end by itself."""
    done = judged(tmp_path, console, end)
    assert done.returncode == 1
    assert f"selftest: {complaint}" in done.stdout and "FAILED" in done.stdout


@pytest.mark.parametrize("append", ["", "quiet", "selftests", "rdinit=/bin/x -- selftest"])
def test_other_runs_are_not_judged(tmp_path, append):
    """They end as QEMU ends, and keep no log."""
    done = judged(tmp_path, PANIC, "exit 3", append)
    assert done.returncode == 3 and done.stdout.endswith(PANIC)
    assert not (tmp_path / "log").exists()


def test_panic_before_the_tests(arch):
    """A real one: the kernel halts, QEMU would stay."""
    done = make("run", f"ARCH={arch}", "MEM=8M", "APPEND=selftest")
    assert done.returncode == 2
    assert "selftest: Kernel panic - not syncing: too little memory" in done.stdout


# --- some of the tests ---

PYTEST = [sys.executable, "-m", "pytest", "-c", "tools/testing/pytest.ini"]


def select(tmp_path, chosen, failed="", command=PYTEST):
    cache = ["-o", f"cache_dir={tmp_path}/cache"] if command is PYTEST else []
    return run(["tools/testing/run-tests.sh", chosen, failed, *command, *cache], ROOT)


def test_failed_ones_again(tmp_path):
    file = tmp_path / "test_example.py"
    file.write_text("def test_good(): pass\ndef test_bad(): assert False\n")
    assert "1 failed, 1 passed" in select(tmp_path, str(file)).stdout
    done = select(tmp_path, str(file), "1")
    assert done.returncode == 1 and "1 failed" in done.stdout and "passed" not in done.stdout
    file.write_text("def test_good(): pass\ndef test_bad(): pass\n")
    done = select(tmp_path, str(file), "1")
    assert done.returncode == 0 and "1 passed" in done.stdout
    done = select(tmp_path, str(file), "1")
    assert done.returncode == 0 and "failed when it ran last" in done.stdout


# The ids hold no pattern: a test here that matched its own would start itself.
@pytest.mark.parametrize("chosen, count", [
    ("test_tools.py::test_gensyms_keeps_code_only", 1), ("gensyms and not input", 1),
], ids=["name", "pattern"])
def test_chosen_ones(tmp_path, chosen, count):
    done = select(tmp_path, chosen)
    assert done.returncode == 0 and re.search(rf"\b{count} passed", done.stdout), done.stdout


@pytest.mark.parametrize("chosen, message", [
    ("unheard_of_name", "T=unheard_of_name matches no test"),
    ("test_no_such_file.py", "T=test_no_such_file.py: there is no file of tests"),
    ("test_tools.py::no_such_name", "not found"),
    ("gensyms and", "Wrong expression"),
], ids=["pattern", "file", "name", "grammar"])
def test_no_match_is_said(tmp_path, chosen, message):
    done = select(tmp_path, chosen)
    assert done.returncode not in (0, 5) and message in done.stderr, done.stdout + done.stderr


def test_all_of_them_run_two_at_a_time(tmp_path):
    words = select(tmp_path, "", command=["printf", "%s\n"]).stdout.split()
    assert words == ["-n", "2", "tools/testing", "userland/tests", "docs/tests"]
