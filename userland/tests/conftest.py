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

import pexpect
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
QEMU = {"arm": "qemu-arm", "arm64": "qemu-aarch64"}
COPIES = {"procfile": ["iomem"], "iolab": ["peek"], "reboot": []}


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
        for program in built.iterdir():
            if program.suffix == "":
                for name in COPIES.get(program.name, [program.name]):
                    self.wrap(name, program)
        self.built = built
        self.libtest = [self.qemu, str(built.parent / "tests" / "libtest")]
        self.shell = [self.qemu, "-0", "sh", str(built / "sh")]

    def wrap(self, name, program):
        script = self.bin / name
        script.write_text(f'#!/bin/sh\nexec {self.qemu} -0 {name} {program} "$@"\n')
        script.chmod(0o755)

    def run(self, *args, stdin=""):
        return subprocess.run(self.shell + list(args), cwd=self.work, env=self.env, input=stdin,
                              capture_output=True, text=True, timeout=30, check=False)

    def sh(self, commands):
        """Output, messages and status of `sh -c COMMANDS`."""
        result = self.run("-c", commands)
        return result.stdout, result.stderr, result.returncode

    def terminal(self):
        child = pexpect.spawn(self.shell[0], self.shell[1:], cwd=str(self.work), env=self.env,
                              encoding="utf-8", timeout=10)
        child.expect_exact(self.prompt)
        return child

    @property
    def prompt(self):
        return f"{self.work} # "


@pytest.fixture(name="user", scope="module", params=sorted(QEMU))
def fixture_user(request, tmp_path_factory):
    return Userland(request.param, tmp_path_factory.mktemp(request.param))
