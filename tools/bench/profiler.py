#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make profile OP=ioremap-4k: which functions an operation spends its instructions in.

    profiler.py ARCH BUILD OP

OP is the name of a row of measures.toml in small letters, with hyphens between the words, or boot:
all from reset to the first instruction of init. QEMU runs one instruction at a time and writes the
address of each into a pipe. What is executed inside a measured call is counted by function, and so
is how much of the function's code that is: its different instructions. The work of an inlined
function counts for the one that it is inlined in. The first call warms up and does not count.
"""

import bisect
import collections
import os
import re
import subprocess
import sys

import bench

TOOLS = {"arm64": "aarch64-linux-gnu-", "arm": "arm-linux-gnueabihf-"}
CALLS = 20  # measured calls: they are alike, so a few are enough
RAM = 0x40000000  # code that runs there is the kernel's own, before its MMU is on
KERNEL = {"arm64": 0xffff000000000000, "arm": 0xbf000000}
TRACE = re.compile(rb"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")


class Symbols:
    """The functions of the kernel, by address."""

    def __init__(self, arch, build):
        text = subprocess.run([TOOLS[arch] + "nm", os.path.join(build, "kernel.elf")],
                              capture_output=True, text=True, check=True).stdout
        rows = sorted((int(address, 16), name) for address, kind, name in
                      (line.split() for line in text.splitlines())
                      if kind in "tTwW" and not name.startswith("$"))
        self.starts = [start for start, _ in rows]
        self.names = [name for _, name in rows]

    def name(self, address):
        at = bisect.bisect_right(self.starts, address) - 1
        return self.names[at] if at >= 0 else "before the MMU is on"

    def starting_with(self, prefix):
        return {start for start, name in zip(self.starts, self.names) if name.startswith(prefix)}


def operations(arch):
    """{"ioremap-4k": row}; the last word of the command tells rows of one name apart."""
    found = {}
    for row in bench.measures(arch):
        name = re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-")
        found[name if name not in found else f"{name}-{row['command'].split()[-1]}"] = row
    return found


def one_insn_per_tb(qemu):
    """QEMU's option for one instruction a block changed its name with version 8.1."""
    version = subprocess.run([qemu, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = map(int, re.search(r"version (\d+)\.(\d+)", version).groups())
    return ["-accel", "tcg,one-insn-per-tb=on"] if (major, minor) >= (8, 1) else ["-singlestep"]


def addresses(arch, build, commands):
    """The address of each instruction that the machine executes, from reset on."""
    pipe = os.path.join(build, "profile.pipe")
    if os.path.exists(pipe):
        os.remove(pipe)
    os.mkfifo(pipe)
    command = bench.qemu_command(arch, build, commands)
    command += [*one_insn_per_tb(command[0]), "-d", "exec,nochain", "-D", pipe]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as machine:
        try:
            with open(pipe, "rb") as log:
                for line in log:
                    match = TRACE.match(line)
                    if match:
                        yield int(match[1], 16)
        finally:
            machine.kill()
            os.remove(pipe)


def count_calls(stream, entries):
    """(instructions by address inside the calls, number of calls), without the first."""
    counts, calls, back, last = collections.Counter(), -1, None, 0
    for address in stream:
        if back is None:
            if address in entries:
                back = last + 4
        elif address == back:
            back, calls = None, calls + 1
            if calls == CALLS:
                break
        if back is not None and calls >= 0:
            counts[address] += 1
        last = address
    return counts, max(calls, 0)


def count_boot(stream, kernel):
    """The same for all up to the first instruction of a program."""
    counts, virtual = collections.Counter(), False
    for address in stream:
        virtual = virtual or address >= kernel
        if virtual and address < RAM:
            break
        counts[address] += 1
    return counts, 1 if virtual else 0


def by_function(counts, symbols):
    """{function: (instructions, different instructions)}"""
    executed, different = collections.Counter(), collections.Counter()
    for address, n in counts.items():
        name = symbols.name(address)
        executed[name] += n
        different[name] += 1
    return {name: (executed[name], different[name]) for name in executed}


def profile(arch, build, op):
    """{function: (instructions, different instructions) of one call}, None for an unknown OP."""
    symbols = Symbols(arch, build)
    if op == "boot":
        counts, calls = count_boot(addresses(arch, build, []), KERNEL[arch])
    else:
        rows = operations(arch)
        if op not in rows:
            return None
        stream = addresses(arch, build, [rows[op]["command"]])
        counts, calls = count_calls(stream, symbols.starting_with("once_"))
    if not calls:
        raise bench.Failed(f"{op}: the machine ended before the call was measured")
    return {name: (n / calls, different)
            for name, (n, different) in by_function(counts, symbols).items()}


def total(found):
    """(instructions, different instructions) of all functions."""
    return tuple(map(sum, zip(*found.values())))


def table(found):
    def line(n, different, name):
        return f"{n:12,.0f} {n / all_n:6.1%} {different:9,}  {name}"

    all_n, all_different = total(found)
    rows = sorted(found.items(), key=lambda row: (-row[1][0], row[0]))
    return "\n".join([f"{'instructions':>12} {'share':>6} different  function",
                      *(line(n, different, name) for name, (n, different) in rows if n >= 0.5),
                      line(all_n, all_different, "all")])


def main():
    arch, build, op = sys.argv[1:4]
    try:
        found = profile(arch, build, op)
    except bench.Failed as error:
        sys.exit(f"profiler.py: {error}")
    if found is None:
        known = "\n".join(["  boot", *(f"  {name}" for name in operations(arch))])
        sys.exit(f"profiler.py: no operation is named {op!r}. OP is one of\n{known}")
    print(f"Guest instructions of {op} on {arch}, by function:\n{table(found)}")


if __name__ == "__main__":
    main()
