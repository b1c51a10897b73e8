# SPDX-License-Identifier: MIT
"""The source tree as data: files, includes, functions, calls. For the tests of the structure."""

import functools
import json
import os
import re
import subprocess

from qemu import ROOT

ARCHS = ("arm64", "arm")
TOP = ("arch", "boot", "drivers", "kernel", "mm", "userland", "tools", "docs")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)


def files(*suffixes, under=TOP):
    """Paths relative to the root, sorted; all files when no suffix is given."""
    found = []
    for top in under:
        for directory, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if not suffixes or name.endswith(suffixes):
                    found.append(os.path.relpath(os.path.join(directory, name), ROOT))
    return sorted(path for path in found if "__pycache__" not in path)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def kernel_sources(arch=None):
    """C, assembly and headers of the kernel; of one architecture only, when it is named."""
    paths = files(".c", ".h", ".S", under=("arch", "boot", "drivers", "kernel", "mm"))
    other = [f"arch/{a}/" for a in ARCHS if arch and a != arch]
    return [path for path in paths if not path.startswith(tuple(other))]


def includes(path, arch):
    """The project's files that a file includes, as paths. Compiler's headers are left out."""
    result = []
    for name in INCLUDE.findall(read(path)):
        candidates = [name, f"arch/{arch}/include/{name}", f"arch/include/{name}",
                      f"{os.path.dirname(path)}/{name}"]
        result += [c for c in candidates if os.path.exists(os.path.join(ROOT, c))][:1]
    return result


def functions():
    """[(path, name, lines)] of every C function in the kernel and userland."""
    paths = [p for p in files(".c", ".h") if not p.startswith("tools/")]
    output = subprocess.run(
        ["ctags", "--output-format=json", "--fields=+ne", "--kinds-c=f", "--languages=C",
         "--langmap=C:.c.h", "-f", "-", *paths],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout
    tags = [json.loads(line) for line in output.splitlines()]
    return [(t["path"], t["name"], t["end"] - t["line"] + 1) for t in tags if "end" in t]


# Names that are mentioned without being called, with what happens instead.
NOT_CALLED = {
    "start_kernel": "the jump into the kernel; nothing returns to head.S",
    "vectors": "its address goes into a register, the processor enters it",
    "ret_from_fork": "the first return address of a new task",
}


@functools.cache
def symbols(arch):
    """{object: ({global symbol: nm's letter}, {symbol of another})}, of the kernel as built."""
    build = os.path.join(ROOT, "build", arch)
    with open(os.path.join(build, "objects"), encoding="utf-8") as file:
        objects = file.read().split()
    nm = {"arm64": "aarch64-linux-gnu-nm", "arm": "arm-linux-gnueabihf-nm"}[arch]
    output = subprocess.run([nm, "-A", *objects], cwd=ROOT, check=True, capture_output=True,
                            text=True).stdout
    table = {os.path.relpath(path, f"build/{arch}"): ({}, set()) for path in objects}
    for line in output.splitlines():
        path, rest = line.split(":", 1)
        *_, kind, symbol = rest.split()
        defined, wanted = table[os.path.relpath(path, f"build/{arch}")]
        if kind == "U":
            wanted.add(symbol)
        elif kind.isupper():
            defined[symbol] = kind
    return table


def call_graph(arch):
    """{object: {objects whose functions it calls}}, from the symbols of the built objects."""
    owner = {symbol: name for name, (defined, _) in symbols(arch).items()
             for symbol, kind in defined.items() if kind in "TW" and symbol not in NOT_CALLED}
    return {name: {owner[symbol] for symbol in wanted if symbol in owner} - {name}
            for name, (_, wanted) in symbols(arch).items()}


def cycles(graph):
    """The strongly connected components with more than one member (Tarjan's algorithm)."""
    index, low, stack, on_stack, result = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        for following in graph.get(node, ()):
            if following not in index:
                visit(following)
                low[node] = min(low[node], low[following])
            elif following in on_stack:
                low[node] = min(low[node], index[following])
        if low[node] == index[node]:
            component = []
            while not component or component[-1] != node:
                component.append(stack.pop())
                on_stack.discard(component[-1])
            if len(component) > 1:
                result.append(sorted(component))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted(result)
