# SPDX-License-Identifier: MIT
"""The way of an ioremap(), and of its companions, is measured, not promised.

docs/ioremap.md quotes the figures, the README those of ioremap(); one that is no longer true fails
here, and the failure prints what is true now. way.py says how it is measured.
"""

import pytest

import way
from tree import read

import budget  # noqa: E402  of tools/bench, which way has put on the path

MOST_FILES = 10
MOST_LINES = 1100

# The first device page outside the static windows, and a range for each larger leaf.
RANGES = {"arm64": ["0x9030000 0x1000", "0x10000000 0x200000"],
          "arm": ["0x9030000 0x1000", "0x10000000 0x200000", "0x4010000000 0x1000000"]}
SIZES = ["4 KiB", "2 MiB", "16 MiB"]  # of the ranges, in the same order
CALLS = ["ioremap", "iounmap", "early_ioremap", "vmallocinfo_show"]


@pytest.fixture(scope="module")
def ways(arch):
    """{function: [{file: lines} for each traced call]}"""
    def session(machine):
        for span in RANGES[arch]:
            machine.type(f"iounmap {machine.type('ioremap ' + span).strip()}")
        machine.type("vmallocinfo")

    addresses = way.trace(arch, session)
    found = {}
    for name in CALLS:
        calls = way.calls_of(arch, addresses, name)
        if name in ("ioremap", "iounmap"):
            calls = calls[-len(RANGES[arch]):]  # those of the session, behind the drivers'
        assert calls, f"{name}() was not called, or did not return"
        found[name] = [way.files_of(arch, call) for call in calls]
    return found


def together(files):
    """All files of several calls."""
    return {path: lines for call in files for path, lines in call.items()}


def test_ioremap_is_a_short_way(arch, ways):
    """Each of the traced calls: a page, the larger leaves."""
    assert len(ways["ioremap"]) == len(RANGES[arch])
    for call in ways["ioremap"]:
        table = "\n".join(f"{lines:5} {path}" for path, lines in sorted(call.items()))
        assert len(call) <= MOST_FILES, f"{len(call)} files on the way:\n{table}"
        assert sum(call.values()) <= MOST_LINES, f"{sum(call.values())} lines of code:\n{table}"


def test_the_trace_sees_what_it_must(arch, ways):
    """The walk that stores a page's entry, and the row that maps a large leaf: in no call both."""
    page, large = ways["ioremap"][:2]
    assert "mm/vmap_range.c" in page and "mm/vmap_area.c" in page
    mapper = {"arm64": "arch/arm64/ioremap.c", "arm": "arch/arm/sections.c"}[arch]
    assert "mm/vmap_range.c" not in large and mapper in large
    assert all(f"arch/{arch}/include/asm/pgtable.h" in call for call in (page, large))
    assert all(path.startswith(("mm/", "arch/", "kernel/")) for path in together(ways["ioremap"]))


def row(name, what, arch, files):
    return (f"| `{name}()` | {what} | {arch} | {len(files)} | {sum(files.values()):,} | "
            f"{sum(map(way.all_lines, files)):,} |")


def book_rows(arch, ways):
    """The rows of the book's table."""
    for name in ("ioremap", "iounmap"):
        for size, files in zip(SIZES, ways[name]):
            yield row(name, size, arch, files)
    yield row("early_ioremap", "a slot", arch, together(ways["early_ioremap"]))
    yield row("vmallocinfo_show", "all areas", arch, together(ways["vmallocinfo_show"]))


@pytest.fixture
def compiler_of_the_figures(arch):
    """Another one inlines other functions, and then another file has code that runs."""
    if budget.read(arch, budget.compiler(f"build/{arch}")) is None:
        pytest.skip("the figures of the book are those of another compiler")


def test_the_book_says_what_was_measured(arch, ways, compiler_of_the_figures):
    book = read("docs/ioremap.md")
    rows = list(book_rows(arch, ways))
    missing = [line for line in rows if line not in book]
    assert not missing, "docs/ioremap.md must say:\n" + "\n".join(rows)


def test_the_readme_says_what_was_measured(arch, ways, compiler_of_the_figures):
    files = ways["ioremap"][0]
    said = f"{len(files)} files with {sum(files.values()):,} lines of code on {arch}"
    assert said in " ".join(read("README.md").split()), f"README.md must say: {said}"
