#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""compare.py ARCH LINUX_COMMAND OUR_COMMAND: print what both kernels say of one machine.

Each command starts QEMU; it is a line for a shell, and gets the kernel's command line from here.
Both kernels show /proc/vmallocinfo and /proc/iomem, and Linux its page tables, if it offers them.
Rows stand side by side. A difference is followed by its reason, which explained.txt knows by name:
what it does not know is called new. Linux prints no layout of its address space any more, so ours
stands beside the table in its documentation, layout-VERSION.txt.
"""

import fnmatch
import os
import re
import shlex
import subprocess
import sys
import textwrap
import time
from collections import defaultdict, namedtuple

FOLDER = os.path.dirname(os.path.abspath(__file__))
VERSION, VMALLOCINFO, IOMEM = "/proc/version", "/proc/vmallocinfo", "/proc/iomem"
PTDUMP = "/sys/kernel/debug/kernel_page_tables"
FILES = (VERSION, VMALLOCINFO, IOMEM, PTDUMP)
SHOW_OURS = "; ".join(f"echo === {file}; cat {file}" for file in FILES)
# rdinit: words that Linux does not know, as nokaslr on arm, are handed to the first program, unless
# that one is named behind them.
LINUX_APPEND = "console=ttyAMA0 nokaslr panic=-1 rdinit=/init"
LIMIT = 120  # seconds until a machine is given up

Area = namedtuple("Area", "start size caller kind phys")
Place = namedtuple("Place", "depth start end name")
Reason = namedtuple("Reason", "who pattern text")


# ---- the two machines ----

def run(name, command, append):
    """Boots a machine until QEMU ends; returns what its console said. Says how long it takes."""
    words = [*shlex.split(command), "-no-reboot", "-append", append]
    started, end = time.monotonic(), "\r" if sys.stderr.isatty() else ""
    print(f"  BOOT    {name} ...", end=end or "\n", file=sys.stderr, flush=True)
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as machine:
        while True:
            seconds = time.monotonic() - started
            if end:
                print(f"  BOOT    {name} ... {seconds:.0f} s", end=end, file=sys.stderr, flush=True)
            try:
                said = machine.communicate(timeout=1)[0]
                break
            except subprocess.TimeoutExpired:
                if seconds > LIMIT:
                    machine.kill()
    print(end="\n" if end else "", file=sys.stderr)
    return said.replace("\r", "")


def sections(said):
    """{file: its text}, of what a machine has shown; the part before the first is ""."""
    found, name = defaultdict(str), ""
    for line in said.splitlines(keepends=True):
        mark = re.fullmatch(r"=== (\S+)\n", line)
        name = mark[1] if mark else name
        found[name] += "" if mark else line
    return found


# ---- what they say ----

def parse_areas(text):
    """The rows of vmallocinfo. One that waits to be flushed has no caller."""
    rows = []
    for line in text.splitlines():
        row = re.match(r"0x([0-9a-f]+)-0x[0-9a-f]+ +(\d+) (?:([^ +]+)\+\S+ )?(.*)", line)
        if not row:
            continue
        phys = re.search(r"phys=0x([0-9a-f]+)", row[4])
        kind = re.search("ioremap|vmalloc|vmap|user|dma-coherent|unpurged", row[4])
        rows.append(Area(int(row[1], 16), int(row[2]), row[3] or "", kind[0] if kind else "",
                         int(phys[1], 16) if phys else None))
    return rows


def parse_iomem(text):
    rows = []
    for line in text.splitlines():
        row = re.fullmatch(r"( *)([0-9a-f]+)-([0-9a-f]+) : (.*)", line)
        if row:
            rows.append(Place(len(row[1]) // 2, int(row[2], 16), int(row[3], 16), row[4]))
    return rows


def count_mappings(text):
    """{region: rows} of a dump of page tables, by the marks in it."""
    counts, mark = {}, ""
    for line in text.splitlines():
        found = re.match(r"---\[ (.*) \]---", line)
        mark = found[1] if found else mark
        if re.match(r"0x[0-9a-f]+-0x[0-9a-f]+ ", line):
            counts[mark] = counts.get(mark, 0) + 1
    return counts


def parse_layout(text):
    """(first, last, name) of our regions, as boot prints them."""
    rows = re.findall(r"\|\s+(\S[^:|]*?) : 0x([0-9a-f]+) - 0x([0-9a-f]+) ", text)
    return [(int(start, 16), int(end, 16) - 1, name) for name, start, end in rows
            if not name.startswith(".")]


# ---- reasons ----

def table(name):
    """The rows of a data file: fields between tabs; # starts a comment."""
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield re.split(r"\t+", line.rstrip("\n"))


class Reasons:
    """Why the kernels differ, and by which names the same thing goes."""

    def __init__(self, arch):
        self.rows, self.devices, self.same = [], {}, {}
        for kind, *fields in table("explained.txt"):
            if kind == "device":
                self.devices[int(fields[0], 16)] = fields[1]
            elif kind == "same":
                self.same[fields[0]] = fields[1]
            elif "-" not in kind or kind.endswith(f"-{arch}"):
                self.rows.append(Reason(kind.partition("-")[0], *fields))

    def of(self, who, what):
        for row in self.rows:
            if row.who == who and fnmatch.fnmatchcase(what, row.pattern):
                return row.text
        return "NEW: explained.txt does not know this difference"


def show(title, rows):
    """Prints (line, reason) pairs. A reason that several have in a row stands below the last."""
    print(f"\n{title}\n{'-' * len(title)}")
    for (line, reason), (_, behind) in zip(rows, [*rows[1:], (None, None)]):
        print(f"  {line}".rstrip())
        if reason and reason != behind:
            print(textwrap.fill(reason, 96, initial_indent=" " * 6, subsequent_indent=" " * 6))


# ---- vmallocinfo ----

def by_device(rows):
    """{physical address: [area]} of what ioremap mapped."""
    found = defaultdict(list)
    for row in rows:
        if row.kind == "ioremap" and row.phys is not None:
            found[row.phys].append(row)
    return found


def side(rows):
    return f"{sum(row.size for row in rows):9} {rows[0].caller}" if rows else f"{'-':>9}"


def who_has(left, right):
    """How explained.txt calls a difference between two sides, one of which may be missing."""
    return "differ" if left and right else "linux" if left else "ours"


def compare_devices(linux, ours, reasons):
    theirs, mine = by_device(linux), by_device(ours)
    rows = [(f"{'physical':13} {'device':18} {'Linux':>9} {'':23} {'Mercator':>9}", None)]
    for phys in sorted({*theirs, *mine}):
        left, right = theirs[phys], mine[phys]
        same = [row[1:3] for row in left] == [row[1:3] for row in right]  # size and caller
        rows.append((f"{f'0x{phys:08x}':13} {reasons.devices.get(phys, ''):18} {side(left):33} "
                     f"{side(right)}", None if same else
                     reasons.of(who_has(left, right), f"0x{phys:x} {(left or right)[0].caller}")))
    show("/proc/vmallocinfo: devices, by physical address (bytes, caller)", rows)


def by_caller(rows, same):
    found = defaultdict(list)
    for row in rows:
        if row.kind != "ioremap" or row.phys is None:
            found[f"{row.kind} {same.get(row.caller, row.caller)}".strip()].append(row)
    return found


def counted(rows):
    return f"{len(rows):4} {side(rows)}" if rows else f"{'-':>4}"


def compare_others(linux, ours, reasons):
    theirs, mine = by_caller(linux, {}), by_caller(ours, reasons.same)
    rows = [(f"{'kind':13} {'Linux':>14} {'':28} {'Mercator':>14}", None)]
    for key in sorted({*theirs, *mine}):
        left, right = theirs[key], mine[key]
        same = [row.size for row in left] == [row.size for row in right]
        rows.append((f"{key.split()[0]:13} {counted(left):43} {counted(right)}",
                     None if same else reasons.of(who_has(left, right), key)))
    show("/proc/vmallocinfo: all else, by kind and caller (areas, bytes)", rows)


# ---- iomem ----

def pairs(linux, ours):
    """(left, right) by address; rows of one name are one pair where each side has one of them."""
    def alone(row, rows):
        return sum(other.name == row.name for other in rows) == 1
    found = []
    for row in linux:
        twins = [other for other in ours if other == row] or [
            other for other in ours if other.name == row.name and alone(row, linux)
            and alone(other, ours)]
        found.append((row, twins[0] if twins else None))
    met = {right for _, right in found}
    found += [(None, row) for row in ours if row not in met]
    return sorted(found, key=lambda pair: ((pair[0] or pair[1]).start, (pair[0] or pair[1]).depth))


def compare_iomem(linux, ours, reasons):
    def line(row):
        return f"{'  ' * row.depth}{row.start:08x}-{row.end:08x} : {row.name}" if row else "-"
    rows = [(f"{'Linux':50} Mercator", None)]
    for left, right in pairs(linux, ours):
        rows.append((f"{line(left):50} {line(right)}", None if left == right else
                     reasons.of(who_has(left, right), f"iomem {(left or right).name}")))
    show("/proc/iomem", rows)


# ---- the layout ----

def bound(word):
    """A bound in the documentation: a number, or what Linux computes at boot."""
    return int(word, 16) if re.fullmatch("[0-9a-f]+", word) else None


def compare_layout(arch, release, ours, reasons):
    version = ".".join(release.split(".")[:2])
    name = f"layout-{version}.txt"
    title = f"The address space: Linux {version} as documented, Mercator as it booted"
    if not os.path.exists(os.path.join(FOLDER, name)):
        show(title, [(f"not compared: tools/beside has no {name}", None)])
        return
    left = {region: (start, end) for start, end, region in ours}
    digits, rows = 16 if arch == "arm64" else 8, []

    def add(first, last, what, mine, reason):
        shown = f"{mine[0]:0{digits}x} - {mine[1]:0{digits}x}" if mine else "-"
        rows.append((f"{first:>16} - {last:16}  {what:26} {shown}", reason))
    for machine, first, last, what, region in table(name):
        if machine == arch:
            mine = left.pop(region, None)
            same = mine and all(bound(word) in (None, value)
                                for word, value in zip((first, last), mine))
            add(first, last, what, mine, None if same else reasons.of("layout", what))
    for region, mine in left.items():
        add("-", "", region, mine, reasons.of("layout", region))
    show(title, rows)


def compare_tables(linux, ours):
    theirs, mine = count_mappings(linux), count_mappings(ours)
    rows = [(f"{mark:30} {theirs.get(mark, '-'):>8} {mine.get(mark, '-'):>8}", None)
            for mark in {**theirs, **mine}]
    head = (f"{'region':30} {'Linux':>8} {'Mercator':>8}", None)
    absent = "not compared: this Linux does not offer the file (CONFIG_PTDUMP_DEBUGFS is off)"
    show(f"Rows of {PTDUMP}", [head, *rows] if theirs else [(absent, None)])


def compare(arch, linux, ours):
    """Prints all of it. linux and ours are what the consoles said, as sections()."""
    reasons = Reasons(arch)
    version = linux[VERSION].split()
    if len(version) < 3 or not ours[VMALLOCINFO]:
        silent = "Mercator" if len(version) > 2 else "Linux"
        sys.exit(f"{silent} did not get as far as its first program. Its console's end:\n"
                 + "".join((ours if len(version) > 2 else linux)[""].splitlines(True)[-8:]))
    print(f"\nLinux:    {version[2]}, #{linux[VERSION].rpartition('#')[2].strip()}")
    print(f"Mercator: {ours[VERSION].strip()}")
    left, right = (parse_areas(said[VMALLOCINFO]) for said in (linux, ours))
    compare_devices(left, right, reasons)
    compare_others(left, right, reasons)
    compare_iomem(parse_iomem(linux[IOMEM]), parse_iomem(ours[IOMEM]), reasons)
    compare_layout(arch, version[2], parse_layout(ours[""]), reasons)
    compare_tables(linux[PTDUMP], ours[PTDUMP])


def main(arch, linux_command, our_command):
    linux = run("Debian's Linux", linux_command,
                f"{LINUX_APPEND} quiet -- show {' '.join(FILES)}")
    ours = run("Mercator", our_command, f'panic=1 rdinit=/bin/sh -- -c "{SHOW_OURS}; poweroff"')
    compare(arch, sections(linux), sections(ours))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
