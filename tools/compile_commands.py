# SPDX-License-Identifier: MIT
"""compile_commands.py ARCH OUTPUT: how each source file is compiled, for clangd and other editors.

Takes it from what make would do: `make -nB` prints the commands of a build with Clang, whose flags
clangd knows, and runs none of them. A file that both architectures share has the entry of ARCH;
those of the other architecture follow, so that every file of the tree has one.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys

ARCHS = ("arm64", "arm")


def entries(arch, tree, *choices):
    """One for each compiler call of the architecture's build with these choices."""
    clean = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "-nB", "LLVM=1", "V=1", f"ARCH={arch}", *choices, "all",
                           "user-tests"],
                          cwd=tree, env=clean, check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        if line.startswith("clang ") and " -c -o " in line:
            words = shlex.split(line)
            yield {"directory": tree, "arguments": words, "file": words[-1],
                   "output": words[words.index("-o") + 1]}


def main(arch, output):
    if not shutil.which("clang"):
        sys.exit("clang is not installed: `make run` installs what is missing")
    found = {}
    for one in sorted(ARCHS, key=lambda name: name != arch):
        for choices in (), ("DEBUG_LOCKS=1",):  # the second one compiles a file more
            for entry in entries(one, os.getcwd(), *choices):
                found.setdefault(entry["file"], entry)
    with open(output, "w", encoding="utf-8") as file:
        json.dump(list(found.values()), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ARCHS:
        sys.exit(__doc__)
    main(*sys.argv[1:])
