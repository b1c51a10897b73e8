# SPDX-License-Identifier: MIT
"""The way of a call through the source, measured: which files it executes, and how long they are.

QEMU runs one instruction at a time and logs the address of each. Between a function's first
instruction and its return, every address is looked up in the debug information, inlined functions
too. What comes out is the list of files that a reader meets who follows the call to its end.
"""

import collections
import os
import re
import subprocess
import sys

from qemu import ROOT, Machine, log_folder

sys.path.insert(0, os.path.join(ROOT, "tools", "bench"))
from profiler import one_insn_per_tb  # noqa: E402

TOOLS = {"arm64": "aarch64-linux-gnu-", "arm": "arm-linux-gnueabihf-"}

# The rooms that the way goes through and that are not its subject. No function of the subject may
# move there: each is a facility that all of the kernel uses.
EXCLUDED = {
    "kernel/lib/": "strings, lists, trees, arithmetic",
    "kernel/base/printk.c": "messages",
    "mm/slab.c": "the object allocator",
    "mm/kmalloc.c": "the object allocator",
    "mm/slab.h": "the object allocator",
    "mm/fail_alloc.h": "the object and page allocators' failures on purpose",
    "mm/page_alloc.c": "the page allocator",
    "mm/page.h": "the page allocator",
    "mm/gfp.h": "the page allocator",
}

TRACE_LINE = re.compile(r"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")

Function = collections.namedtuple("Function", "address size name")


def functions(arch):
    """The kernel's functions, by address."""
    text = subprocess.run([TOOLS[arch] + "nm", "-S", os.path.join(ROOT, "build", arch,
                                                                  "kernel.elf")],
                          capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in text.splitlines())
    found = [Function(int(row[0], 16), int(row[1], 16), row[3]) for row in rows
             if len(row) == 4 and row[2] in "tTwW"]
    return sorted(found)


def frames(arch, addresses):
    """{address: [(file, function), ...]}, the innermost inlined function first."""
    done = subprocess.run([TOOLS[arch] + "addr2line", "-aif", "-e",
                           os.path.join(ROOT, "build", arch, "kernel.elf")],
                          input="\n".join(hex(address) for address in addresses),
                          capture_output=True, text=True, check=True)
    found, lines = {}, iter(done.stdout.splitlines())
    for line in lines:
        if line.startswith("0x"):
            current = found.setdefault(int(line, 16), [])
        else:
            place = next(lines).rpartition(":")[0]
            current.append((os.path.relpath(os.path.join(ROOT, place), ROOT), line))
    return found


def logged_ranges(arch):
    """All functions but those of kernel/lib, which are excluded and make most of the boot."""
    symbols = functions(arch)
    places = frames(arch, [symbol.address for symbol in symbols])
    spans = []
    for symbol in symbols:
        if not symbol.size or places[symbol.address][-1][0].startswith("kernel/lib/"):
            continue
        end = symbol.address + symbol.size
        if spans and symbol.address - spans[-1][1] < 16:
            spans[-1][1] = max(end, spans[-1][1])
        else:
            spans.append([symbol.address, end])
    return ",".join(f"{start:#x}..{end - 1:#x}" for start, end in spans)


def trace(arch, session):
    """The addresses of the kernel's instructions from boot on, while session(machine) types."""
    log = os.path.join(log_folder(arch), "way.trace")

    def traced(command):
        # Time counts instructions, so that a call is hardly ever interrupted by a tick.
        return [*command, "-icount", "shift=0,sleep=off", *one_insn_per_tb(command[0]),
                "-d", "exec,nochain", "-D", log, "-dfilter", logged_ranges(arch)]

    with Machine(arch, append="quiet", log="way", edit=traced, timeout=120) as machine:
        machine.expect_prompt()
        session(machine)
        machine.poweroff()
    with open(log, encoding="utf-8", errors="replace") as file:
        addresses = [int(match[1], 16) for match in map(TRACE_LINE.match, file) if match]
    os.remove(log)
    return addresses


def calls_of(arch, addresses, name):
    """For each call of the function, the addresses from its first instruction to its return."""
    entry = next(f.address for f in functions(arch) if f.name == name)
    calls, start = [], None
    for i, address in enumerate(addresses):
        if start is None and address == entry:
            start, back = i, addresses[i - 1] + 4
        elif start is not None and address == back:
            calls.append(addresses[start:i])
            start = None
    return calls


def code_lines(path):
    """Lines that are neither blank nor comment."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), file.read(), flags=re.S)
    return sum(1 for line in text.splitlines() if line.strip())


def all_lines(path):
    """Lines of the file, comments and blank lines included."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return sum(1 for _ in file)


def is_excluded(path):
    return path.startswith(tuple(EXCLUDED))


def files_of(arch, call):
    """The files of the subject that a call executes, with their lengths: {path: lines}.

    What is inlined into a function of an excluded room belongs to that room.
    """
    paths = {path for found in frames(arch, sorted(set(call))).values()
             if not is_excluded(found[-1][0]) for path, _ in found}
    return {path: code_lines(path) for path in sorted(paths) if not is_excluded(path)}
