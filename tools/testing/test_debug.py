# SPDX-License-Identifier: MIT
"""`make debug` and `make debug-uboot`: names mean the right addresses, MMU off or on."""

import glob
import os
import re
import shutil
import subprocess
import sys
import time

import pexpect
import pytest

from qemu import ROOT, make
from terminal import CTRL_C, Terminal
from test_uboot import uboot  # noqa: F401 (a fixture: the disk is ours alone)

PROMPT = "(gdb) "
CTRL_RIGHT_BRACKET = "\x1d"
TIMEOUT = 120  # only a session that hangs waits so long

LOADED_AT = {
    ("debug", "arm64"): 0x40200000, ("debug", "arm"): 0x40010000,
    ("debug-uboot", "arm64"): 0x40400000, ("debug-uboot", "arm"): 0x40408000,
}
MOVED_TO = 0x40208000  # on arm
FROM_HYP = {"arm64": "enter_el1", "arm": "enter_svc"}  # in hyp.S; runs where it was loaded
FIRST_VIRTUAL = {"arm64": "primary_switched", "arm": "mmap_switched"}
SYSTEM_CALL = {"arm64": "el0_sync", "arm": "vector_svc"}  # in entry.S


def in_terminal(*command, **environment):
    env = {k: v for k, v in os.environ.items()
           if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "TMUX")}
    return Terminal(command, cwd=ROOT, env=env | environment, echo=False, timeout=TIMEOUT)


def machines(name):
    """The command lines of QEMU with that -name."""
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                words = file.read().split("\0")
        except OSError:
            continue
        if words[0].startswith("qemu") and name in words:
            found.append(" ".join(words))
    return found


class Debugger:
    """GDB at its prompt, as `make TARGET` brings it up, in a terminal."""

    def __init__(self, target, arch):
        self.name = f"debug-{os.getpid()}-{time.monotonic_ns()}"
        self.child = in_terminal("make", "-s", target, f"ARCH={arch}",
                                 f"QEMU_ARGS=-name {self.name}", TERM="dumb")
        self.greeting = self.output()
        self.folder = re.search(r"debugging using (\S+)/gdb", self.greeting)[1]
        self.run("set pagination off")
        self.run("set width 0")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close()

    def output(self):
        self.child.expect_exact(PROMPT)
        return self.child.before.replace("\r", "")

    def run(self, command):
        self.child.sendline(command)
        return self.output()

    def value(self, expression):
        text = self.run(f"print/x {expression}")
        found = re.search(r"\$\d+ = (0x[0-9a-f]+)", text)
        assert found, text
        return int(found[1], 16)

    def go_to(self, name):
        """Goes on to a function, by its name. Returns what GDB says there, and the address."""
        self.run(f"hbreak {name}")
        said = self.run("continue")
        assert re.search(rf"^Breakpoint [\d.]+, {name} \(", said, re.M), said
        assert self.run("info symbol $pc").startswith(name)
        return said, self.value("$pc")

    def backtrace(self):
        """[(function, file)], and nothing but frames."""
        lines = self.run("backtrace").splitlines()
        frames = [re.fullmatch(r"#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(.*\) at (\S+):\d+", line)
                  for line in lines]
        assert all(frames), lines
        return [frame.groups() for frame in frames]

    def left(self):
        """What is there of this session: its QEMU, the folder of its socket."""
        return machines(self.name) + [path for path in [self.folder] if os.path.exists(path)]


@pytest.fixture(params=["debug", "debug-uboot"])
def target(request):
    if request.param == "debug-uboot":
        request.getfixturevalue("uboot")
    return request.param


def test_names_at_physical_and_virtual_addresses(target, arch):
    loaded_at = LOADED_AT[target, arch]
    runs_at = {"arm64": loaded_at, "arm": MOVED_TO}[arch]
    head = f"arch/{arch}/head.S"
    with Debugger(target, arch) as gdb:
        # Where the loader put it.
        assert f"#0  _head () at {head}:" in gdb.greeting
        assert gdb.value("$pc") == loaded_at
        assert gdb.value("&_text") == loaded_at
        assert f"image          at physical {loaded_at:#x}" in gdb.run("mc where")
        _, entry = gdb.go_to("primary_entry")
        _, from_hyp = gdb.go_to(FROM_HYP[arch])

        # Where it runs until the MMU is on; on arm it has moved there.
        said, early_map = gdb.go_to("early_map")
        assert f"at arch/{arch}/early_map.c:" in said
        assert gdb.backtrace()[0] == ("early_map", f"arch/{arch}/early_map.c")
        assert [file for _, file in gdb.backtrace()[1:]] == [head]
        gdb.go_to("enable_mmu")
        walk = gdb.run(f"mc walk {runs_at:#x}")  # by the identity map, which was just made
        assert walk.startswith("The MMU is off.") and f"physical   0x{runs_at:016x}\n" in walk
        assert gdb.value("handoff.loaded_at") == loaded_at  # data, too, is there

        # Virtual. A name means one address again.
        said, start_kernel = gdb.go_to("start_kernel")
        assert "at boot/main.c:" in said and "The MMU is on" in said
        assert gdb.backtrace() == [("start_kernel", "boot/main.c")]
        text = gdb.value("&_text")
        assert text <= start_kernel < gdb.value("&_end") and text > 0xc0000000
        assert "MULTIPLE" not in gdb.run("info breakpoints")
        assert gdb.value("&primary_entry") - text == entry - loaded_at
        assert gdb.value(f"&{FROM_HYP[arch]}") - text == from_hyp - loaded_at
        assert runs_at < early_map < runs_at + gdb.value("(long)&_end - (long)&_text")
        gdb.go_to("trap_init")
        assert gdb.backtrace() == [("trap_init", f"arch/{arch}/trap_init.c"),
                                   ("start_kernel", "boot/main.c")]


def test_breakpoints_by_name_follow(arch):
    """Set at the first instruction, all reached; on arm the copy is made over one of them."""
    names = ["early_map", FIRST_VIRTUAL[arch], "start_kernel"]
    with Debugger("debug", arch) as gdb:
        for name in names:
            assert f"({2 + (arch == 'arm')} locations)" in gdb.run(f"hbreak {name}")
        for name in names:
            assert re.search(rf"^Breakpoint [\d.]+, {name} \(", gdb.run("continue"), re.M)
            assert gdb.backtrace()[0][0] == name


def test_steps_show_the_source(arch):
    """Also the one step that goes from a physical address to a virtual one."""
    with open(os.path.join(ROOT, "arch", arch, "head.S"), encoding="utf-8") as file:
        source = file.read().splitlines()
    with Debugger("debug", arch) as gdb:
        gdb.go_to("primary_entry")
        for _ in range(3):
            number, text = gdb.run("stepi").splitlines()[-1].split("\t", 1)
            assert source[int(number) - 1].strip() == text.strip() != ""
        gdb.go_to("enable_mmu")
        assert f" () at arch/{arch}/head.S:" in gdb.run("finish")
        steps = "".join(gdb.run("stepi") for _ in range({"arm64": 2, "arm": 1}[arch]))
        assert f"\n{FIRST_VIRTUAL[arch]} () at arch/{arch}/head.S:" in "\n" + steps
        assert steps.endswith("The MMU is on: names mean virtual addresses.\n")


def test_backtrace_ends_at_the_vector(arch):
    with Debugger("debug", arch) as gdb:
        gdb.go_to("start_kernel")
        gdb.go_to("vfs_write")
        frames = gdb.backtrace()
        assert frames[-1] == (SYSTEM_CALL[arch], f"arch/{arch}/entry.S")
        assert ("sys_write", "kernel/syscall/files.c") in frames


def test_backtrace_of_a_thread(arch):
    """From the compiler's tables (.debug_frame): the guess would lose the last frame on arm64."""
    with Debugger("debug", arch) as gdb:
        gdb.go_to("start_kernel")
        gdb.go_to("vfs_init")
        assert gdb.backtrace() == [("vfs_init", "kernel/fs/tree.c"), ("kernel_init", "boot/main.c"),
                                   ("ret_from_fork", f"arch/{arch}/entry.S")]


def test_kernel_functions_can_be_called(arch):
    """Addresses are hexadecimal, other numbers are not. A wrong name is an error, no question."""
    with Debugger("debug", arch) as gdb:
        gdb.go_to("start_kernel")
        gdb.go_to("kernel_init")
        said = gdb.run("print *find_vm_area((void *)$sp)")  # the stack of this thread
        assert re.search(r"va_start = 0x[0-9a-f]+, va_end = 0x[0-9a-f]+", said), said
        assert "size = 0x" in said and re.search(r"nr_pages = [1-9]\d*,", said), said
        start = int(re.search(r"va_start = (0x[0-9a-f]+)", said)[1], 16)
        assert start <= gdb.value("$sp") < start + int(re.search(r" size = (\w+)", said)[1], 16)
        assert re.search(r"= 0x[0-9a-f]+ .* -> 0x[0-9a-f]+$", gdb.run("print *kernel_pte($sp)"),
                         re.M)
        assert gdb.run("print find_vm_area(0)").endswith("0x0\n")
        assert "not defined" in gdb.run("break no_such_name")


def test_again_without_leaving(arch):
    """A reset, and the same way once more; anywhere else there is nothing to arrive at."""
    with Debugger("debug", arch) as gdb:
        gdb.go_to("start_kernel")
        assert "where no kernel starts" in gdb.run("to-kernel")
        gdb.run("monitor system_reset")
        gdb.run("maintenance flush register-cache")
        assert "#0  _head ()" in gdb.run("to-kernel")
        assert gdb.value("&_text") == LOADED_AT["debug", arch]
        assert "start_kernel (" in gdb.run("continue")
        assert gdb.value("&_text") > 0xc0000000


def test_ctrl_c_is_for_the_guest_and_quit_ends_both(arch):
    with Debugger("debug", arch) as gdb:
        assert len(gdb.left()) == 2
        gdb.child.sendline("continue")
        gdb.child.expect_exact("Continuing.")
        gdb.child.send(CTRL_C)
        assert "Program received signal SIGINT" in gdb.output()
        gdb.child.sendline("quit")
        gdb.child.expect(pexpect.EOF)
        assert gdb.left() == []
        gdb.child.close()
        assert gdb.child.exitstatus == 0


def test_closed_terminal_ends_qemu(arch):
    with Debugger("debug", arch) as gdb:
        assert len(gdb.left()) == 2
    deadline = time.monotonic() + TIMEOUT
    while gdb.left() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert gdb.left() == []


def test_the_console_in_a_second_terminal(arch, tmp_path):
    """Shell and GDB together; the console may be left and opened again."""
    log = tmp_path / "log"
    log.write_text("what was said before\r\n", encoding="utf-8")
    with Debugger("debug", arch) as gdb:
        open_console = [sys.executable, "tools/gdb/console.py", f"{gdb.folder}/console", str(log)]
        terminal = in_terminal(*open_console)
        terminal.expect_exact("what was said before")
        gdb.child.sendline("continue")
        terminal.expect_exact("/ # ")
        terminal.send("not run")
        terminal.expect_exact("not run")
        terminal.send(CTRL_C)
        terminal.expect_exact("/ # ")
        terminal.send(CTRL_RIGHT_BRACKET)
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == 0

        terminal = in_terminal(*open_console)
        terminal.expect_exact("before")
        terminal.send("echo again$?\r")
        terminal.expect(r"again\d+")
        gdb.child.send(CTRL_C)
        assert "Program received signal SIGINT" in gdb.output()
        gdb.child.sendline("quit")
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == 0


def test_make_console_opens_what_make_debug_has(arch):
    done = make("-n", "console", f"ARCH={arch}")
    assert done.stdout.endswith(f"console.py build/{arch}/console build/{arch}/console.log\n")


def test_no_machine_to_open_the_console_of(tmp_path):
    terminal = in_terminal(sys.executable, "tools/gdb/console.py", str(tmp_path / "none"), "log")
    terminal.expect_exact("no machine there. `make debug` starts one")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 1


def on_screen(text):
    """A pattern: between two characters tmux may write a sequence of its own, or move."""
    return r"(?:\x1b\[[0-9;?]*[A-Za-z]| )*".join(map(re.escape, text))


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
def test_a_split_terminal(arch):
    name = f"split-{os.getpid()}-{time.monotonic_ns()}"
    terminal = in_terminal("make", "-s", "debug", f"ARCH={arch}", f"QEMU_ARGS=-name {name}",
                           TERM="xterm")
    try:
        terminal.expect(on_screen("(gdb)"))
        terminal.send("continue\r")
        terminal.expect(on_screen("/#"))
        terminal.send("\x02\x1b[C")  # Ctrl-B, right: to the console
        terminal.send("echo $?$?\r")
        terminal.expect(on_screen("00"))
        terminal.send("\x02\x1b[D")  # and back
        terminal.send(CTRL_C)
        terminal.expect(on_screen("SIGINT"))
        terminal.send("quit\r")
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close()
    assert machines(name) == [] and terminal.exitstatus == 0


def test_commands_from_make(arch):
    """GDB_ARGS is read as a shell reads it, and -batch needs no terminal."""
    done = make("debug", f"ARCH={arch}",
                "GDB_ARGS=-batch -ex 'print $pc == &_head' -ex 'print 6 * 7'")
    assert done.returncode == 0, done.stderr
    assert "= 1\n" in done.stdout and "= 42\n" in done.stdout


# --- what is missing is said in one line ---

def debug_sh(*arguments, path=None):
    env = dict(os.environ, PATH=path or os.environ["PATH"])
    return subprocess.run(["/bin/sh", "tools/gdb/debug.sh", *arguments], cwd=ROOT, env=env,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def refusal(done):
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.fixture
def programs(tmp_path):
    """A PATH with what debug.sh needs, but for GDB."""
    for name in ("dirname", "tail"):
        os.symlink(f"/usr/bin/{name}", tmp_path / name)
    return tmp_path


@pytest.fixture
def elf(tmp_path):
    (tmp_path / "kernel.elf").touch()
    return str(tmp_path / "kernel.elf")


def test_no_kernel():
    assert "`make` builds it" in refusal(debug_sh("build/nothing/kernel.elf", "", "true"))


def test_no_gdb(programs, elf):
    done = debug_sh(elf, "", "true", path=str(programs))
    assert "gdb-multiarch is not installed" in refusal(done)


@pytest.mark.parametrize("output", ["Python scripting is not supported in this copy of GDB.", ""])
def test_gdb_without_python(programs, elf, output):
    fake = programs / "gdb-multiarch"
    fake.write_text(f"#!/bin/sh\necho '{output}' >&2\n", encoding="utf-8")
    fake.chmod(0o755)
    done = debug_sh(elf, "", "true", path=str(programs))
    assert "needed is version 12 with Python and ARM" in refusal(done)


def test_qemu_that_does_not_start(elf):
    done = debug_sh(elf, "", "qemu-system-aarch64", "-M", "nonsense")
    assert done.returncode != 0 and "unsupported machine type" in done.stderr


@pytest.mark.usefixtures("uboot")
def test_no_uboot(arch):
    done = make("debug-uboot", f"ARCH={arch}", "UBOOT=/nonexistent/u-boot.bin")
    assert done.returncode != 0
    assert "/nonexistent/u-boot.bin is not installed (package u-boot-qemu)" in done.stderr
