# SPDX-License-Identifier: MIT
"""A program in a terminal of its own, driven with pexpect's expect() and send().

pexpect.spawn() would do the same, but it forks the test's process and runs Python in the child.
pytest-xdist's workers have several threads. A fork copies one of them, together with the locks that
the others hold, so the child may wait for ever; Python 3.12 and later warn of each such fork. Here
`setsid --ctty` makes the terminal the program's own, so that no Python runs before the program.
"""

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import termios

from pexpect import fdpexpect

CTRL_C = "\x03"
ROWS, COLUMNS = 50, 200
PATIENCE = 5  # seconds that a program gets to end after its terminal has hung up

# A shell that starts the tests in the background makes them ignore Ctrl-C, and programs inherit
# that. With a handler here, they start with the default again.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal(fdpexpect.fdspawn):
    """Text in and out as UTF-8. After close(), exitstatus is negative when a signal ended it."""

    def __init__(self, command, timeout=30, echo=True, **options):
        """command is a list of words; options are subprocess.Popen's (cwd, env)."""
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        if not echo:
            mode = termios.tcgetattr(theirs)
            mode[3] &= ~termios.ECHO
            termios.tcsetattr(theirs, termios.TCSANOW, mode)
        setsid = shutil.which("setsid")  # here: the program's own PATH may be another
        self.process = subprocess.Popen([setsid, "--ctty", *command], stdin=theirs, stdout=theirs,
                                        stderr=theirs, **options)
        os.close(theirs)  # the program holds the only one: when it ends, we read the end
        super().__init__(ours, timeout=timeout, encoding="utf-8", codec_errors="replace")

    def close(self):
        """Hangs up, and waits for the program; kills it when it does not end."""
        super().close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.exitstatus = self.process.returncode
