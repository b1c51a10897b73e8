# SPDX-License-Identifier: MIT
"""A submission's kernel in QEMU, run for a number of guest instructions at most.

QEMU counts instructions (-icount), so a budget is the same on a fast machine and on a slow one. The
clock protects this machine only: a guest that did not get its instructions in time is not judged.
What the guest prints says when to look, and is shown to the student. It is worth no points.
"""

import ctypes
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

from stub import Stub
from workspace import NotGraded, clean_environment

BUDGET = 50_000_000     # instructions of one step; the solution boots in 5 million
CPU_SECONDS = 10        # of this machine's processor, for one step; the solution needs 1
HOST_SECONDS = 600      # of the clock, for one step
START_SECONDS = 60
IDLE_SECONDS = 5        # so long without an instruction, on a processor that is free for it
POLL_SECONDS = 0.05
OUTPUT_BYTES = 4 << 20
KEPT_BYTES = 1 << 16
PR_SET_PDEATHSIG = 1
PROMPT = b"/ # "
PANIC = re.compile(rb"---\[ end (Kernel panic - not syncing: .*?) \]---")
COUNTED = ["-icount", "shift=0,sleep=off"]
ALONE = ["-nic", "none", "-display", "none", "-monitor", "none", "-no-reboot", "-no-shutdown", "-S"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[^\n -~]")


class Halted(Exception):
    """The guest did not get to where it should be looked at: why."""


def plain_lines(text):
    lines = ESCAPES.sub("", text.decode(errors="replace")).splitlines()
    return [line.strip() for line in lines if line.strip()]


def bare(command):
    """The command line of `make qemu-cmd` without what is for a human at the console."""
    words = [word for word in command if word != "-nographic"]
    at = words.index("-nic")
    return words[:at] + words[at + 2:]


def die_with_parent():
    """In the child, before QEMU starts: a guest that is left alone would run for ever."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def cpu_state(pid):
    """(seconds of a processor used, whether a thread wants one) of a process."""
    used, wants = 0, False
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/stat", encoding="ascii", errors="replace") as file:
            words = file.read().rpartition(")")[2].split()
        used += int(words[11]) + int(words[12])
        wants = wants or words[0] in "RD"
    return used / os.sysconf("SC_CLK_TCK"), wants


class Limits:
    """What a guest may use in one step. Raises Halted when it is used up."""

    def __init__(self, machine):
        self.machine, self.pid = machine, machine.child.pid
        self.end, self.cpu_end = machine.instructions() + BUDGET, cpu_state(self.pid)[0]
        self.cpu_end += CPU_SECONDS
        self.deadline = time.monotonic() + HOST_SECONDS
        self.last, self.since = None, 0

    def check(self):
        count, (used, wants) = self.machine.instructions(), cpu_state(self.pid)
        panic = PANIC.search(self.machine.console.text)
        if panic:
            raise Halted(panic[1].decode(errors="replace")[:200])
        self.spend(count)
        if self.machine.console.printed > OUTPUT_BYTES:
            raise Halted(f"it printed more than {OUTPUT_BYTES >> 20} MiB")
        if self._sleeps(count, used, wants):
            raise Halted("the processor sleeps, and nothing will wake it")
        if used > self.cpu_end:  # a guest that waits in a loop executes little, and costs much
            raise Halted(f"it used {CPU_SECONDS} s of processor time: an endless loop?")
        if time.monotonic() > self.deadline:
            raise NotGraded(f"the guest did not get its instructions in {HOST_SECONDS} s here")

    def spend(self, count):
        """The guest has executed so many instructions since it was started."""
        if count > self.end:
            raise Halted(f"it used {BUDGET // 1_000_000} million instructions: an endless loop?")

    def _sleeps(self, count, used, wants):
        """No instruction for some seconds, in which QEMU used no processor and asked for none. A
        busy host cannot look like that. Our own questions cost QEMU a little."""
        now = count, int(used * 5)
        if now != self.last or wants:
            self.last, self.since = now, time.monotonic()
        return time.monotonic() - self.since > IDLE_SECONDS


class Console(threading.Thread):
    """Takes what the guest prints as it comes. QEMU waits for a full socket with its big lock held,
    so without this no question to QEMU would be answered then."""

    def __init__(self, connection):
        super().__init__(daemon=True)
        self.connection, self.news = connection, threading.Event()
        self.printed = 0                # bytes in all
        self.text = self.before = b""   # since the guest was last started; before that

    def run(self):
        while more := self.connection.recv(1 << 16):
            self.printed += len(more)
            self.text = (self.text + more)[-KEPT_BYTES:]
            self.news.set()

    def begin(self):
        self.before, self.text = (self.before + self.text)[-KEPT_BYTES:], b""

    def wait(self):
        """Until something comes, or a moment has passed."""
        self.news.wait(POLL_SECONDS)
        self.news.clear()

    def close(self):
        self.connection.shutdown(socket.SHUT_RDWR)  # ends run()
        self.join()
        self.connection.close()


class Machine:
    """One QEMU, stopped at its first instruction: a context manager. command is of `qemu-cmd`."""

    def __init__(self, command):
        self.command = bare(command)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guest-")
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        sockets = {name: f"{self.folder.name}/{name}" for name in ("gdb", "qmp", "console")}
        words = [*self.command, *ALONE, *COUNTED,
                 "-gdb", f"unix:{sockets['gdb']},server=on,wait=off",
                 "-qmp", f"unix:{sockets['qmp']},server=on,wait=off", "-serial",
                 f"unix:{sockets['console']},server=on,wait=off"]
        self.said = open(f"{self.folder.name}/said", "w+", encoding="utf-8", errors="replace")
        self.child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self.said,
                                      stderr=self.said, env=clean_environment(),
                                      start_new_session=True, preexec_fn=die_with_parent)
        self.console = Console(self._connect(sockets["console"]))
        self.console.start()
        self.qmp = self._connect(sockets["qmp"]).makefile("rwb")
        self.qmp.readline()
        self._tell("qmp_capabilities")
        self.stub = Stub(sockets["gdb"], START_SECONDS)

    def _connect(self, path):
        """A connection to a socket that QEMU makes when it starts."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
                connection.settimeout(None if path.endswith("console") else START_SECONDS)
                return connection
            except (FileNotFoundError, ConnectionRefusedError):
                connection.close()
            if self.child.poll() is not None or time.monotonic() > deadline:
                self.said.seek(0)
                raise NotGraded(f"QEMU does not start: {self.said.read().strip()}")
            time.sleep(0.01)

    def __exit__(self, *_):
        for name in ("stub", "qmp", "console", "said"):
            if hasattr(self, name):
                getattr(self, name).close()
        if hasattr(self, "child"):
            self.child.kill()
            self.child.wait()
        self.folder.cleanup()

    def _tell(self, command):
        self.qmp.write(b'{"execute": "%s"}\n' % command.encode())
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline())
            if "event" not in answer:
                return answer["return"]

    def instructions(self):
        """How many the guest has executed."""
        return self._tell("query-replay")["icount"]

    def run(self, until, line=None):
        """Types a line, when there is one, and runs until until() is true. Then the guest is
        stopped. Raises Halted when it does not come to that."""
        self.console.begin()
        limits = Limits(self)
        self.stub.resume()
        if line is not None:
            self.console.connection.sendall(line.encode() + b"\r")
        try:
            while True:
                stopped = self.stub.is_stopped()  # first: it may stop between the two questions
                if until():
                    break
                if stopped:
                    raise Halted("the machine has switched itself off")
                limits.check()
                self.console.wait()
        finally:
            self.stub.stop()
        limits.spend(self.instructions())  # it may have been faster than the questions

    # --- where to stop ---

    def to_prompt(self, line=None):
        """Runs until the shell asks for a line, after this one."""
        self.run(lambda: self.console.text.endswith(PROMPT), line)

    def to_code(self, addr):
        """Runs until the code at a virtual address is reached, for the next time."""
        self.stub.step()  # it may be there already
        self.stub.breakpoint(addr, True)
        self.run(self.stub.is_stopped)
        self.stub.breakpoint(addr, False)

    def lines(self):
        """What the guest printed since it was last started, in plain characters."""
        return plain_lines(self.console.text)

    def all_lines(self):
        """What it printed since boot."""
        return plain_lines(self.console.before + self.console.text)
