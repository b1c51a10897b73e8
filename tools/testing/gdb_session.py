# SPDX-License-Identifier: MIT
"""GDB with the package `mercator` beside a machine in QEMU: what one sees, the other can be asked.

    with Session("arm64") as session:
        files, answers = session.at("vmallocinfo_show", "cat /proc/vmallocinfo", "mc vmallocinfo")

stops the kernel in that function, which the shell's command calls, and asks GDB there, so that both
speak of the same moment. GDB runs without a terminal: a line is written to it, and an echo that
follows marks the end of the answer.
"""

import json
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

from qemu import ROOT, Machine, build_folder

END = "-- end of the answer --"
TIMEOUT = 60  # seconds; only a GDB that hangs takes so long


def gdb_program():
    return shutil.which("gdb-multiarch") or shutil.which("gdb")


class Gdb:
    """One GDB process. Each command's answer is its whole output, errors too."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [gdb_program(), "-nx", "-q", "-iex", "set pagination off", "-iex", "set width 0",
             "-iex", "set prompt", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, cwd=ROOT)
        self.text = ""
        self.greeting = self.run("")

    def send(self, command):
        self.process.stdin.write(f"{command}\necho {END}\\n\n".encode())
        self.process.stdin.flush()

    def has_answer(self):
        """Reads what GDB has written, and waits for some. True: up to the mark."""
        output = self.process.stdout
        if f"{END}\n" not in self.text:
            ready, _, _ = select.select([output], [], [], TIMEOUT)
            part = os.read(output.fileno(), 1 << 16).decode("utf-8", "replace") if ready else ""
            assert part, f"GDB {'ended' if ready else 'does not answer'}: {self.text}"
            self.text += part
        return f"{END}\n" in self.text

    def answer(self):
        """What was written up to the mark; GDB that is silent for TIMEOUT seconds has failed."""
        while not self.has_answer():
            pass
        answer, _, self.text = self.text.partition(f"{END}\n")
        return answer

    def run(self, command):
        self.send(command)
        return self.answer()

    def mc(self, command):
        """The data of an mc command."""
        name, rest = re.match(r"((?:break )?\S+) ?(.*)", command).groups()
        text = self.run(f"mc {name} -json {rest}")
        try:
            return json.loads(text)
        except ValueError:
            raise AssertionError(text) from None

    def close(self):
        """Closing its input is `quit`; one that does not end by that is killed."""
        self.process.stdin.close()
        try:
            self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Session:
    """A machine and GDB. As long as nothing is asked, the machine runs."""

    def __init__(self, arch, loader="tools/gdb/mercator.py", stopped=False, **choices):
        self.arch = arch
        self.folder = tempfile.mkdtemp()
        self.socket = os.path.join(self.folder, "gdb")
        extra = f"-gdb unix:{self.socket},server=on,wait=off {choices.pop('extra', '')}"
        self.machine = Machine(arch, extra=extra + (" -S" if stopped else ""), **choices)
        try:
            if not stopped:
                self.machine.expect_prompt()
            self.wait_for_socket()
            self.gdb = Gdb(f"{build_folder(arch)}/kernel.elf", "-x", loader)
        except BaseException:
            self.close_machine()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gdb.close()
        self.close_machine()

    def wait_for_socket(self):
        """QEMU makes it some time after its start."""
        deadline = time.monotonic() + TIMEOUT
        while not os.path.exists(self.socket):
            assert time.monotonic() < deadline, "QEMU has made no socket for GDB"
            time.sleep(0.05)

    def close_machine(self):
        self.machine.__exit__()
        shutil.rmtree(self.folder)

    def attach(self):
        """Stops the machine. A test that failed may have left it stopped."""
        self.detach()
        text = self.gdb.run(f"target remote {self.socket}")
        assert "Remote debugging" in text or " in " in text, text

    def detach(self):
        """Lets it run."""
        self.gdb.run("delete")
        self.gdb.run("detach")

    def interrupt(self):
        """Stops a machine that `continue` was sent to; returns what GDB says."""
        self.gdb.process.send_signal(signal.SIGINT)
        return self.gdb.answer()

    def at(self, function, line, *commands):
        """The shell's answer to a line, and GDB's to commands, asked when the kernel comes to a
        function on the way."""
        self.attach()
        assert "breakpoint" in self.gdb.run(f"hbreak {function}")
        self.gdb.send("continue")
        self.machine.child.send(line + "\r")
        stop = self.gdb.answer()
        assert function in stop, stop
        answers = [self.gdb.run(command) for command in commands]
        self.detach()
        return self.machine.expect_prompt().partition("\n")[2], answers
