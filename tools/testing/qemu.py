# SPDX-License-Identifier: MIT
"""Drive the built kernel in QEMU as a user would: type at its console, read what it prints.

    with Machine("arm64") as machine:
        machine.expect_prompt()
        output, status = machine.run("cat /proc/vmallocinfo")

The QEMU command line is what `make -s qemu-cmd` prints. The console is logged to
build/ARCH/test-logs/. A silent guest ends in MachineSilent, which says what is usually wrong.
"""

import fcntl
import os
import re
import shlex
import subprocess

import pexpect

from terminal import Terminal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROMPT = "/ # "
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

ADVICE = """\
Nothing matched within {seconds} s. Likely causes:
  - the kernel died before it had set up its vectors (last line empty): make debug ARCH={arch}
  - it panicked or hangs in a loop: read the log
  - the initramfs has no shell, or its prompt is not '{prompt}'
  - this host is overloaded: run the test alone
Log: {log}, its end:
{tail}"""


class Clang(str):
    """An architecture's name where a test wants the kernel that Clang has built for it."""


def build_folder(arch):
    return os.path.join("build", f"{arch}-clang" if isinstance(arch, Clang) else arch)


class MachineSilent(AssertionError):
    """The guest did not print what was waited for."""


def make(*arguments, text=""):
    """Runs make, with nothing inherited from a make that runs the tests themselves. text: what is
    typed at it."""
    ours = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(["make", "-s", "--no-print-directory", "-C", ROOT, *arguments],
                          capture_output=True, text=True, input=text, env=ours)


def qemu_command(arch, **choices):
    """The command line as a list. choices are make variables: MEM, SMP, APPEND, QEMU_ARGS ..."""
    variables = [f"{name}={value}" for name, value in choices.items() if value is not None]
    if isinstance(arch, Clang):
        variables.append("LLVM=1")
    done = make("qemu-cmd", f"ARCH={arch}", *variables)
    line = done.stdout
    assert line.count("\n") == 1, f"qemu-cmd must print one line, not {line + done.stderr!r}"
    return shlex.split(line)


def log_folder(arch):
    """Where a test leaves its files; tests that run at the same time have each their own."""
    folder = os.path.join(ROOT, "build", arch, "test-logs",
                          os.environ.get("PYTEST_XDIST_WORKER", ""))
    os.makedirs(folder, exist_ok=True)
    return folder


def build_broken(arch, name):
    """Makes the kernel with a mistake of tools/break, as `make run BREAK=NAME` does."""
    with open(os.path.join(ROOT, "build", arch, "break.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another test may want the same one
        done = make("all", f"ARCH={arch}", f"BREAK={name}")
    assert done.returncode == 0, done.stderr


class Machine:
    """One QEMU process. edit, when given, changes the list of arguments before the start. broken is
    a mistake of tools/break: the machine is then that of `make run BREAK=NAME`."""

    def __init__(self, arch, append=None, mem=None, smp=None, extra=None, broken=None,
                 log="machine", edit=None, timeout=30):
        self.arch = arch
        if broken:
            build_broken(arch, broken)
        command = qemu_command(arch, APPEND=append, MEM=mem, SMP=smp, QEMU_ARGS=extra, BREAK=broken)
        if edit:
            command = edit(command)
        self.log_path = os.path.join(log_folder(arch), f"{log}.log")
        self._log = open(self.log_path, "w", encoding="utf-8", errors="replace")
        self.timeout = timeout
        self.child = Terminal(command, timeout=timeout, echo=False)
        self.child.logfile_read = self._log

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close()
        self._log.close()

    def expect(self, patterns, timeout=None):
        """Waits for one of the regular expressions; returns its index. Text: before, after."""
        timeout = timeout or self.timeout
        try:
            return self.child.expect(patterns, timeout=timeout)
        except (pexpect.TIMEOUT, pexpect.EOF) as error:
            raise MachineSilent(self._advice(error, timeout)) from None

    def _advice(self, error, seconds):
        self._log.flush()
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            tail = "".join(file.readlines()[-15:])
        if isinstance(error, pexpect.EOF):
            return f"QEMU ended too early. Log: {self.log_path}, its end:\n{tail}"
        return ADVICE.format(seconds=seconds, arch=self.arch, prompt=PROMPT, log=self.log_path,
                             tail=tail)

    @property
    def text(self):
        """The text before the last match, in plain characters."""
        return ESCAPES.sub("", self.child.before).replace("\r", "")

    def expect_prompt(self, timeout=None):
        """Waits for the shell; a panic on the way fails at once. Returns the text before it."""
        if self.expect([re.escape(PROMPT), "Kernel panic[^\r\n]*"], timeout) == 1:
            raise AssertionError(f"{self.child.after} (log: {self.log_path})")
        return self.text

    def type(self, command, timeout=None):
        """Types one line; returns what it printed, without the echo of the line itself."""
        self.child.send(command + "\r")
        return self.expect_prompt(timeout).partition("\n")[2]

    def run(self, command, timeout=None):
        """Returns (output, exit status) of a command line."""
        output = self.type(command, timeout)
        status = re.search(r"^(\d+)$", self.type("echo $?"), re.M)
        assert status, f"the shell does not tell the exit status of '{command}'"
        return output, int(status[1])

    def wait_exit(self, timeout=None):
        """Waits until QEMU ends by itself; returns (remaining text, QEMU's exit status)."""
        try:
            self.child.expect(pexpect.EOF, timeout=timeout or self.timeout)
        except pexpect.TIMEOUT as error:
            raise MachineSilent(self._advice(error, timeout or self.timeout)) from None
        text = self.text
        self.child.close()
        return text, self.child.exitstatus

    def poweroff(self):
        """Types poweroff; returns QEMU's exit status."""
        self.child.send("poweroff\r")
        return self.wait_exit()[1]
