#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make bench: what mm's operations cost in guest instructions, beside Linux's figures.

    [BUDGET=1] bench.py ARCH BUILD [PATTERN]

Boots the kernel of BUILD under -icount, where a cycle of the processor's counter is an instruction.
Clock, seed and device tree are pinned, so two runs agree to the instruction. The measurements and
Linux's figures are in measures.toml; PATTERN chooses those that have it in their command. Writes
BUILD/bench.json, and BUILD/bench.svg, the cost of a 4K pair over the number of live areas. BUDGET=1
makes the figures the budget of this compiler (budget.py).
"""

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib

import budget
import chart

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PINNED = ["-icount", "shift=0,sleep=off", "-rtc", "base=2024-01-01T00:00:00,clock=vm",
          "-seed", "1", "-no-reboot"]
A_BOOT = 8     # commands: the kernel command line holds no more
TIMEOUT = 300  # seconds for a boot; only a machine that hangs takes so long
ANSWER = re.compile(r"make (?P<make>\d+) max (?P<make_max>\d+), "
                    r"(?:undo (?P<undo>\d+) max (?P<undo_max>\d+), )?"
                    r"(?P<samples>\d+) samples, (?P<live>\d+) live areas")


class Failed(Exception):
    """The guest did not answer as it must."""


def measures(arch, pattern=""):
    """The rows of measures.toml for an architecture."""
    with open(os.path.join(HERE, "measures.toml"), "rb") as file:
        rows = tomllib.load(file)["measure"]
    return [row for row in rows if row.get("only", arch) == arch and pattern in row["command"]]


def guest_line(command):
    """What is typed: most are commands of the program bench."""
    return command if command.startswith("latency ") else f"bench {command}"


def qemu_command(arch, build, commands, parameters="", memory="1G"):
    script = "; ".join([*map(guest_line, commands), "poweroff"])
    append = f'quiet {parameters} rdinit=/bin/sh -- -c "{script}"'
    line = subprocess.run(
        ["make", "-s", "--no-print-directory", "-C", ROOT, "qemu-cmd", f"ARCH={arch}",
         f"BUILD={build}", f"MEM={memory}", f"APPEND={append}"],
        check=True, capture_output=True, text=True).stdout
    command = shlex.split(line) + PINNED
    command[command.index("-M") + 1] += ",dtb-randomness=off"
    return command


def answers(arch, build, commands, **machine):
    """The guest's answer to each command, in one boot."""
    run = subprocess.run(qemu_command(arch, build, commands, **machine), stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, timeout=TIMEOUT, errors="replace")
    lines = [line for line in run.stdout.splitlines() if ANSWER.search(line) or "failed: " in line]
    if len(lines) != len(commands):
        raise Failed(f"{len(commands)} commands, {len(lines)} answers:\n{run.stdout}{run.stderr}")
    return lines


def result(row, arch, line):
    """The figures of a row, as bench.json has them."""
    found = ANSWER.search(line)
    if not found:
        raise Failed(f"bench {row['command']}: {line}")
    numbers = {name: int(text) for name, text in found.groupdict().items() if text}
    return {"name": row["name"], "command": row["command"], **numbers,
            "pair": numbers["make"] + numbers.get("undo", 0),
            "linux": row.get("linux", {}).get(arch)}


def run(arch, build, pattern="", progress=lambda entry: None):
    """All measurements, in the order of measures.toml. progress is called with each."""
    results = []
    for parameters, rows in itertools.groupby(measures(arch, pattern),
                                              lambda row: row.get("parameters", {}).get(arch, "")):
        rows = list(rows)
        for first in range(0, len(rows), A_BOOT):
            some = rows[first:first + A_BOOT]
            lines = answers(arch, build, [row["command"] for row in some], parameters=parameters)
            for row, line in zip(some, lines):
                results.append(result(row, arch, line))
                progress(results[-1])
    return results


PLACED = ("ioremap", "ioremap-holes", "vmalloc", "vzalloc", "vmap")  # these place an area
MORE_PLACES = 8  # commands: one boot


def elsewhere(entry, more):
    """The command that measures the same with more areas in front of it."""
    words = entry["command"].split()
    return " ".join((words[:-1] if entry["live"] else words) + [str(entry["live"] + more)])


def worse(arch, build, agreed, results):
    """A line for each figure that is worse than its budget. What an area costs depends on its place
    in the tree, and that on all areas of boot. So such a row counts as worse when it is so at eight
    other places, too."""
    lines = []
    for entry in results:
        found = budget.exceeded(agreed, [entry])
        if found and entry["command"].split()[0] in PLACED:
            commands = [elsewhere(entry, more) for more in range(1, MORE_PLACES + 1)]
            rows = [{"name": entry["name"], "command": command} for command in commands]
            least = min(result(row, arch, line)["pair"]
                        for row, line in zip(rows, answers(arch, build, commands)))
            found = budget.exceeded(agreed, [{**entry, "pair": min(least, entry["pair"])}])
        lines += found
    return lines


HEADER = (f"{'operation':36} {'live':>7} {'make':>8} {'undo':>8} {'pair':>8} {'at most':>8} "
          f"{'Linux':>9}  ratio")


def table_row(entry):
    most = entry["make_max"] + entry.get("undo_max", 0)
    text = (f"{entry['name']:36} {entry['live']:7,} {entry['make']:8,} {entry.get('undo', 0):8,} "
            f"{entry['pair']:8,} {most:8,}")
    if not entry["linux"]:
        return text
    linux = sum(entry["linux"])
    return f"{text} {linux:9,} {entry['pair'] / linux:6.2f}"


def main():
    arch, build = sys.argv[1:3]
    pattern = sys.argv[3] if len(sys.argv) > 3 else ""
    if not measures(arch, pattern):
        sys.exit(f"bench.py: no measurement has {pattern} in its command: see"
                 " tools/bench/measures.toml")
    print(f"Guest instructions on {arch}; Linux 6.1 beside them.\n{HEADER}", flush=True)
    try:
        results = run(arch, build, pattern, lambda entry: print(table_row(entry), flush=True))
    except (Failed, subprocess.TimeoutExpired) as error:
        sys.exit(f"bench.py: {error}")
    if pattern:
        return
    with open(os.path.join(build, "bench.json"), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    with open(os.path.join(build, "bench.svg"), "w", encoding="utf-8") as file:
        file.write(chart.growth(arch, results))
    version = budget.compiler(build)
    if os.environ.get("BUDGET") == "1":
        budget.write(arch, version, results)
    agreed = budget.read(arch, version)
    if agreed is None:
        print(f"There is no budget for {version}: BUDGET=1 writes one.")
    else:
        for line in worse(arch, build, agreed, results):
            print(f"Worse than the budget: {line}")
    print(f"Written: {build}/bench.json, {build}/bench.svg (the 4K pair with live areas around).")


if __name__ == "__main__":
    main()
