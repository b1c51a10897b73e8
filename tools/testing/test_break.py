# SPDX-License-Identifier: MIT
"""Kernels with one mistake (tools/break): a test of the kernel finds each, as docs/break.md says,
and the kernel without one is the same as if there were no mistakes in the tree."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from ktap import Report
from qemu import ROOT, Machine, make
from test_make import SOURCES, copy, run, value
import tree

sys.path[:0] = [os.path.join(ROOT, folder) for folder in ("tools/break", "tools/lab", "docs/tests")]

# pylint: disable=wrong-import-position
import locate  # noqa: E402
import replace  # noqa: E402
import replay  # noqa: E402
from manifest import all_labs  # noqa: E402
from starter import belongs  # noqa: E402

FOLDER = "tools/break"
MISTAKES = sorted(name for name in os.listdir(os.path.join(ROOT, FOLDER))
                  if os.path.isdir(os.path.join(ROOT, FOLDER, name)) and name != "__pycache__")
ALL = pytest.mark.parametrize("name", MISTAKES)
SELFTEST = re.compile(r"^make run ARCH=arm64 BREAK=(\w+) APPEND=(selftest=\S+)$")


def mistaken_files(name):
    """The files of a mistake, as (what is broken, its place in tools/break)."""
    return [(path.removeprefix(f"{FOLDER}/{name}/"), path)
            for path in tree.files(".c", under=(f"{FOLDER}/{name}",))]


# --- the tree ---

@ALL
def test_a_mistake_is_one_function_of_the_tree(name):
    """Of both architectures, and it says what it is."""
    (path, mistake), = mistaken_files(name)
    assert not path.startswith("arch/")
    text = replace.broken(tree.read(path), path, tree.read(mistake), mistake)
    function = replace.function_of(tree.read(mistake), mistake)
    assert f"\n/* Mistake: {name} - " in tree.read(mistake)
    left = "\n".join(line for line in text.split("\n") if not line.startswith("#line "))
    whole = tree.read(path)
    assert left != whole
    assert locate.replace_function(left, function, locate.function_text(whole, function, path),
                                   path) == whole


def test_a_mistake_in_a_function_that_is_gone_is_refused(tmp_path):
    mistake = tmp_path / "vmap_range.c"
    mistake.write_text("void vunmap_rnage(int x)\n{\n}\n", encoding="utf-8")
    done = run(["python3", "tools/break/replace.py", "mm/vmap_range.c", str(mistake)], ROOT)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("replace.py: mm/vmap_range.c: vunmap_rnage() is not defined")


def test_lines_are_those_of_the_sources(tmp_path):
    """In front of the function and behind it, and inside it those of the mistake."""
    source, mistake = tmp_path / "a.c", tmp_path / "b.c"
    source.write_text("int a = __LINE__;\nint f(void)\n{\n\treturn 0;\n}\nint b = __LINE__;\n",
                      encoding="utf-8")
    mistake.write_text("/* c */\n/* d */\nint f(void)\n{\n\treturn __LINE__;\n}\n",
                       encoding="utf-8")
    text = replace.broken(source.read_text("utf-8"), "a.c", mistake.read_text("utf-8"), "b.c")
    done = subprocess.run(["gcc", "-E", "-P", "-x", "c", "-"], input=text, text=True, check=True,
                          capture_output=True)
    assert re.findall(r"(?:=|return) (\d+);", done.stdout) == ["1", "5", "6"]


def test_the_book_has_a_section_for_each():
    sections = re.findall(r"^## (\w+)$", tree.read("docs/break.md"), re.M)
    assert sorted(set(sections) - {"Questions", "Answers"}) == MISTAKES


def test_a_starter_has_none():
    """They would show a lab's solution."""
    paths = [path for name in MISTAKES for _, path in mistaken_files(name)]
    assert not [path for lab in all_labs() for path in paths if belongs(lab, path)]
    assert belongs(all_labs()[0], f"{FOLDER}/break.mk")


# --- make ---

@pytest.mark.parametrize("word", ["nonsense", "TLB", "tlb guard", "../break/tlb", ".", "break.mk"])
def test_unknown_mistakes_are_refused_in_one_line(word):
    done = make("help", f"BREAK={word}")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.endswith(f"BREAK={word}: there is no such mistake; use one of"
                                f" {' '.join(MISTAKES)}.  Stop.\n")
    assert done.stderr.count("\n") == 1


def test_make_lists_them():
    assert "BREAK=NAME" in make("help").stdout
    lines = make("break-list").stdout.splitlines()
    assert [line.split(" - ")[0] for line in lines] == MISTAKES


@ALL
def test_all_other_objects_are_those_of_the_whole_kernel(name):
    whole, broken = (value("OBJECTS", *choice).split() for choice in ([], [f"BREAK={name}"]))
    (path, _), = mistaken_files(name)
    kept = set(whole) & set(broken)
    assert set(whole) - kept == {f"build/arm64/{path[:-2]}.o"}
    assert set(broken) - kept == {f"build/arm64-break-{name}/{path[:-2]}.o"}


def without_mistakes(place):
    """Takes tools/break out of a tree, with what the Makefile says of it."""
    shutil.rmtree(os.path.join(place, FOLDER))
    path = os.path.join(place, "Makefile")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert text.count("include tools/break/break.mk\n") == 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("include tools/break/break.mk\n", "OUT := $(BUILD)\n"))


def test_the_whole_kernel_holds_nothing_of_it(arch, tmp_path):
    """Without tools/break in the tree, make has the same commands, and the image the same bytes."""
    place = copy(str(tmp_path), *SOURCES, f"build/{arch}")
    assert run(["make", f"ARCH={arch}"], place).returncode == 0
    commands = ["make", "-nB", "all", f"ARCH={arch}", "V=1"]
    with_them = run(commands, place).stdout
    without_mistakes(place)
    assert f"build/{arch}/mm/vmap_range.o" in with_them
    assert run(commands, place).stdout == with_them
    elf = os.path.join(place, "build", arch, "kernel.elf")
    with open(elf, "rb") as file:
        before = file.read()
    os.remove(elf)
    done = run(["make", f"ARCH={arch}"], place)
    assert done.returncode == 0 and "  LD " in done.stdout, done.stdout + done.stderr
    assert "  CC " not in done.stdout
    with open(elf, "rb") as file:
        assert file.read() == before, "symbols or sections differ"
    assert FOLDER.encode() not in before


# --- each is found ---

def findings():
    """{mistake: (the kernel's command line, the lines that it prints)}, from docs/break.md."""
    result, asked = {}, None
    for _, language, _, body in replay.blocks(tree.read("docs/break.md")):
        if language == "sh":
            asked = SELFTEST.match(body[0])
        elif language == "text" and asked:
            result[asked[1]] = (asked[2], body)
    return result


@ALL
def test_a_test_of_the_kernel_finds_it(name, arch):
    """On both architectures, the tests that fail are those of the book, with its words."""
    append, lines = findings()[name]
    with Machine(arch, append=append, broken=name, log=f"break-{name}") as machine:
        text, status = machine.wait_exit()
    report = Report(text)
    assert status == 0 and not report.errors
    said = [line for line in lines if line != "..."]
    assert [case for case, passed, _ in report.cases if not passed] == [
        line.split()[3] for line in said if line.startswith("not ok")]
    printed = iter(text.splitlines())
    for line in said:
        wanted = re.escape(line).replace(r"\.\.\.", ".*").replace("0xffffffffffffffff", "0xf+")
        assert any(re.search(wanted, other) for other in printed), f"not printed: {line}"
