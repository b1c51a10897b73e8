# SPDX-License-Identifier: MIT
"""Userland under QEMU's user-mode emulation: the very binaries that the initramfs holds, run by
Linux in place of our kernel. What fails here is a fault of userland (or of its assumptions about
Linux's system calls), what fails only in the booted system is one of the kernel.

The host cannot execute arm programs by itself, so each program gets a small wrapper script that
starts it under qemu; the shell under test finds the wrappers through PATH.
"""

import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "testing"))

from terminal import Terminal  # noqa: E402  pylint: disable=wrong-import-position

QEMU = {"arm": "qemu-arm", "arm64": "qemu-aarch64"}

# Under emulation these would reach for the host itself.
NEVER_RUN = {"poweroff", "reboot"}


def rootfs():
    """{program: name of the file it is built from} of what the initramfs has in /bin."""
    rows = [line.split() for line in (ROOT / "userland" / "rootfs.list").read_text().splitlines()]
    return {row[1].removeprefix("/bin/"): row[2].removeprefix("userland/bin/") for row in rows
            if row and row[0] == "file" and row[1].startswith("/bin/")}


class Userland:
    """The programs of one architecture, ready to run."""

    def __init__(self, arch, folder):
        built = ROOT / "build" / arch / "userland" / "bin"
        self.qemu = shutil.which(QEMU[arch])
        assert self.qemu, f"{QEMU[arch]} is missing: install the package qemu-user"
        assert (built / "sh").exists(), f"{built}/sh is missing: build ARCH={arch} first"
        self.bin = folder / "bin"
        self.work = folder / "work"
        self.env = {"PATH": str(self.bin), "FRUIT": "apple  pear"}
        self.bin.mkdir()
        self.work.mkdir()
        for name, program in rootfs().items():
            if name not in NEVER_RUN:
                self.wrap(name, built / program)
        self.built = built
        self.shell = [self.qemu, "-0", "sh", str(built / "sh")]

    def wrap(self, name, program):
        script = self.bin / name
        script.write_text(f'#!/bin/sh\nexec {self.qemu} -0 {name} {program} "$@"\n')
        script.chmod(0o755)

    def test_program(self, name):
        """Its output and status; it prints a line for each fault that it finds."""
        program = [self.qemu, str(self.built.parent / "tests" / name)]
        result = subprocess.run(program, cwd=self.work, capture_output=True, text=True, timeout=60,
                                check=False)
        return result.stdout, result.returncode

    def run(self, *args, stdin=""):
        return subprocess.run(self.shell + list(args), cwd=self.work, env=self.env, input=stdin,
                              capture_output=True, text=True, timeout=30, check=False)

    def sh(self, commands):
        """Output, messages and status of `sh -c COMMANDS`."""
        result = self.run("-c", commands)
        return result.stdout, result.stderr, result.returncode

    def terminal(self, env=None):
        child = Terminal(self.shell, cwd=self.work, env=env or self.env, timeout=20)
        child.expect_exact(self.prompt)
        return child

    @property
    def prompt(self):
        return f"{self.work} # "
