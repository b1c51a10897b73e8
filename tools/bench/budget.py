# SPDX-License-Identifier: MIT
"""The figures that `make bench` must not exceed: budget.json, by architecture and compiler.

Another compiler makes other code, so a figure is compared only where the compiler is the same.
`make bench BUDGET=1` writes this compiler's figures, which a change that makes something slower on
purpose has to do.
"""

import json
import os
import subprocess

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "budget.json")
MOST = 1.02  # of the budget


def compiler(build):
    """The version line of the compiler that made a build."""
    with open(os.path.join(build, "flags"), encoding="utf-8") as file:
        name = file.read().split()[0]
    return subprocess.run([name, "--version"], check=True, capture_output=True,
                          text=True).stdout.splitlines()[0]


def read_all():
    with open(FILE, encoding="utf-8") as file:
        return json.load(file)


def read(arch, version):
    """{command: instructions of the pair}, or None where there is no budget."""
    return read_all().get(arch, {}).get(version)


def write(arch, version, results):
    budgets = read_all()
    budgets.setdefault(arch, {})[version] = {entry["command"]: entry["pair"] for entry in results}
    with open(FILE, "w", encoding="utf-8") as file:
        json.dump(budgets, file, indent=1, sort_keys=True)
        file.write("\n")


def exceeded(agreed, results):
    """A line for each figure that is worse than its budget allows."""
    return [f"{entry['command']}: {entry['pair']} guest instructions, budget"
            f" {agreed[entry['command']]}"
            for entry in results
            if entry["pair"] > MOST * agreed.get(entry["command"], entry["pair"])]
