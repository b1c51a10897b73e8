#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""selftest.py LOG QEMU ARGUMENTS...: run a machine whose kernel tests itself, and judge the report.

The console is copied to standard output and to LOG. Exit status 0 means: the report is whole, all
tests passed, and QEMU ended by itself, without an error. A kernel that has stopped (a panic, or a
machine that cannot be powered off) is ended, so that nothing waits for it.
"""

import re
import signal
import subprocess
import sys

from ktap import Report

STOPPED = re.compile(rb"end Kernel panic[^\n]*\n|halted\. Leave QEMU[^\n]*\n")
PANIC = re.compile(r"Kernel panic - not syncing: [^\r\n]*")


def run(command, log):
    """Copies the console until QEMU ends or the kernel has stopped. Returns (text, complaints)."""
    text = b""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as qemu:
        for part in iter(lambda: qemu.stdout.read1(4096), b""):
            text += part
            sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
            log.write(part)
            if STOPPED.search(text):
                qemu.terminate()  # it gives the terminal back
                return text, []
        status = qemu.wait()
    return text, [f"QEMU ended with status {status}"] if status else []


def judge(text):
    """What is wrong with what the kernel said."""
    panic = PANIC.search(text)
    return ([panic[0]] if panic else []) + Report(text).failures


def main(path, *command):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open(path, "wb") as log:
        text, wrong = run(command, log)
    text = text.decode(errors="replace")
    wrong += judge(text)
    cases = Report(text).cases
    skipped = sum(skip for _, _, skip in cases)
    failed = sum(not ok for _, ok, _ in cases)
    for complaint in wrong:
        print(f"selftest: {complaint}")
    print(f"selftest: {'FAILED' if wrong else 'all good'}: {len(cases) - skipped - failed} passed, "
          f"{failed} failed, {skipped} skipped. The console's log: {path}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
