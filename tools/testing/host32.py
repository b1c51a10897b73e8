# SPDX-License-Identifier: MIT
"""How this machine compiles and runs 32-bit programs: what tools/testing/host32.sh decides.

The Makefiles of the host tests and the fuzzers print one command for each of their programs: an
emulator where there has to be one, and the program's path at the end.
"""

import os
import shlex
import subprocess

from qemu import ROOT, make


def ask(**environment):
    """The answer: HOST32, CC32, RUN32, SANITIZE32, and PROBLEM32, empty when all is well."""
    done = subprocess.run([os.path.join(ROOT, "tools/testing/host32.sh")], capture_output=True,
                          text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    return dict(line.split(" := ", 1) for line in done.stdout.splitlines())


DECIDED = ask()

# For make, which then does not try again. Where no way works it has to try, and to say so.
CHOICE = [] if DECIDED["PROBLEM32"] else [
    f"{name}={DECIDED[name]}" for name in ("HOST32", "SANITIZE32")]


def compile_command(answer=DECIDED):
    return [*shlex.split(answer["CC32"]), "-fsanitize=" + answer["SANITIZE32"]]


def list_commands(makefile, *choice):
    """The commands that start the programs of a Makefile."""
    done = make("-f", makefile, "list", *(choice or CHOICE))
    assert done.stdout, f"{makefile} lists no program\n{done.stderr}"
    return done.stdout.splitlines()
