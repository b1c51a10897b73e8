# SPDX-License-Identifier: MIT
"""`run` and `start`, which have no meaning for a machine, say what has."""

import gdb

ADVICE = """\
QEMU (or the board) runs the machine, GDB only stops it: `continue` lets it go on.
The boot once more: `monitor system_reset`, `maintenance flush register-cache`, `to-kernel`."""


class Run(gdb.Command):
    """Says how the machine goes on, and how its boot is repeated."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_RUNNING)

    def invoke(self, _argument, _from_tty):
        raise gdb.GdbError(ADVICE)


for command in ("run", "start", "starti"):
    Run(command)
