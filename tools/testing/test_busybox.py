# SPDX-License-Identifier: MIT
"""Debian's busybox, unmodified: what it prints here is what it prints on Linux.

busybox.txt holds the commands. Linux is the host's, reached through QEMU's user mode, which runs a
program of another architecture; each command of busybox is a wrapper there, because the host cannot
start such a program by itself. Skips where no mirror has the package.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

from beside import package
from qemu import ROOT, Machine

sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.path.insert(0, os.path.join(ROOT, "tools", "beside"))
import busybox  # noqa: E402
import mkcpio  # noqa: E402

EMULATOR = {"arm64": "qemu-aarch64", "arm": "qemu-arm"}
WRAPPER = """#!/bin/sh
exec {emulator} -0 "${{0##*/}}" {binary} "$@"
"""

GROUPS = {}
with open(os.path.join(ROOT, "tools", "testing", "busybox.txt"), encoding="ascii") as _lines:
    for _line in _lines.read().splitlines():
        if re.fullmatch(r"\[.*\]", _line):
            GROUPS[_line[1:-1]] = commands = []
        elif _line and not _line.startswith("#"):
            commands.append(_line)


def script():
    """All commands, each behind a line that names it."""
    text = ""
    for group, commands in GROUPS.items():
        for number, command in enumerate(commands, 1):
            text += f"echo '== {group} {number}'\n{command}\n"
    return text


def by_command(output):
    return dict(re.findall(r"^== (.*)\n((?:(?!== ).*\n)*)", output, re.M))


@pytest.fixture(scope="module")
def binary(arch):
    return busybox.program(package(arch, "busybox-static"))


@pytest.fixture(scope="module")
def on_linux(arch, binary, tmp_path_factory):
    emulator = shutil.which(EMULATOR[arch])
    if not emulator:
        pytest.skip(f"{EMULATOR[arch]} is not installed (Debian: qemu-user)")
    folder = tmp_path_factory.mktemp(f"linux-{arch}")
    program, commands, empty = (folder / name for name in ("busybox", "bin", "empty"))
    commands.mkdir()
    empty.mkdir()
    program.write_bytes(binary)
    program.chmod(0o755)
    wrapper = commands / "wrapper"
    wrapper.write_text(WRAPPER.format(emulator=emulator, binary=program))
    wrapper.chmod(0o755)
    for name in busybox.commands(binary):
        (commands / name).symlink_to("wrapper")
    (folder / "script").write_text(script())
    done = subprocess.run([emulator, "-0", "sh", program, "../script"], cwd=empty, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, errors="replace",
                          stderr=subprocess.STDOUT, timeout=300, check=False,
                          env={"PATH": str(commands), "HOME": "/"})
    return by_command(done.stdout)


@pytest.fixture(scope="module")
def machine(arch, binary, tmp_path_factory):
    files = [("bb", mkcpio.S_IFDIR | 0o755, b""), ("bb/busybox", mkcpio.S_IFREG | 0o755, binary),
             ("tmp/script", mkcpio.S_IFREG | 0o644, script().encode())]
    path = tmp_path_factory.mktemp(f"guest-{arch}") / "initramfs.cpio"
    with open(os.path.join(ROOT, "build", arch, "initramfs.cpio"), "rb") as ours:
        path.write_bytes(ours.read() + mkcpio.finish(
            [mkcpio.entry(inode, *what) for inode, what in enumerate(files, 1)]))

    def with_archive(command):
        command[command.index("-initrd") + 1] = str(path)
        return command

    with Machine(arch, log="busybox", edit=with_archive, timeout=60) as guest:
        guest.expect_prompt()
        guest.run("/bb/busybox --install -s /bb")
        yield guest


@pytest.fixture(scope="module")
def here(machine):
    output, _ = machine.run("cd /tmp; PATH=/bb HOME=/ /bb/busybox sh -c "
                            "'mkdir empty; cd empty; sh ../script < /dev/null 2>&1 | cat'; cd /",
                            timeout=240)
    return by_command(output)


def test_there_are_commands_of_each_kind():
    assert sum(map(len, GROUPS.values())) >= 60
    assert {group: len(commands) for group, commands in GROUPS.items() if len(commands) < 6} == {}
    assert len(GROUPS) == 6


@pytest.mark.parametrize("group", GROUPS)
def test_the_same_as_on_linux(group, here, on_linux):
    for number in range(1, len(GROUPS[group]) + 1):
        name = f"{group} {number}"
        assert here.get(name) == on_linux[name], GROUPS[group][number - 1]


def run(machine, command, **options):
    """One command of busybox's shell; returns what it prints."""
    assert "'" not in command
    return machine.run(f"PATH=/bb HOME=/ /bb/busybox sh -c '{command}'", **options)[0]


# What starts another command of busybox works here without wrappers, so Linux cannot be asked.
STARTED = {
    "seq 1 5 | xargs -n 2 echo": "1 2\n3 4\n5\n",
    "echo nothing | xargs none; echo $?": "xargs: none: No such file or directory\n127\n",
    "cd /bb; find . -name sh -exec basename {} +": "sh\n",
    "timeout 0.2 sleep 5; echo $?; timeout 5 true; echo $?": "Terminated\n143\n0\n",
    "env -i A=b sh -c \"echo \\$A\"": "b\n",
    "readlink /proc/self/exe; cat /proc/mounts": "/bb/busybox\nrootfs / rootfs rw 0 0\n"
                                                "proc /proc proc rw 0 0\n",
}


@pytest.mark.parametrize("command", STARTED)
def test_commands_start_others(machine, command):
    assert run(machine, command) == STARTED[command]


def test_ps_names_programs_with_their_arguments(machine):
    listed = run(machine, "sleep 30 & sleep 0.3; ps; kill $!")
    assert re.search(r"^ *1 0 +/init$", listed, re.M)
    assert re.search(r"^ *\d+ 0 +sleep 30$", listed, re.M)


def test_top_adds_up(machine):
    shown = run(machine, "top -b -n1 | cat")
    used, free = map(int, re.search(r"^Mem: (\d+)K used, (\d+)K free", shown, re.M).groups())
    total = int(re.search(r"MemTotal: +(\d+)", run(machine, "cat /proc/meminfo"))[1])
    assert used + free == total
    assert re.search(r"^Load average: \d+\.\d\d \d+\.\d\d \d+\.\d\d 1/\d+ \d+$", shown, re.M)
    assert re.search(r"^ +\d+ +\d+ 0 +R .* top -b -n1$", shown, re.M)


def test_a_busy_program_makes_load(machine):
    """Every five seconds the average moves by a twelfth, and more, towards the number of now."""
    run(machine, "i=0; while [ $(cut -d . -f 1 /proc/uptime) -lt 1 ]; do :; done; "
                 "timeout 11 sh -c \"while :; do :; done\" > /dev/null", timeout=60)
    load = float(run(machine, "cut -d \" \" -f 1 /proc/loadavg"))
    assert 0.05 < load < 1


def test_vi_changes_a_file(machine):
    run(machine, "echo one > /tmp/text")
    machine.child.send("/bb/busybox vi /tmp/text\r")
    machine.expect([r"1/1 100%"])  # it reads keys from here on
    machine.child.send("cwthree\x1b")
    machine.expect([r"- /tmp/text \[Modified\]"])  # or the keys behind Escape make it an arrow
    machine.child.send(":wq\r")
    machine.expect_prompt()
    assert run(machine, "cat /tmp/text") == "three\n"


def test_fdisk_finds_no_disk(machine):
    assert run(machine, "fdisk -l; echo $?") == "0\n"


def test_iomem_is_read_by_cat(machine):
    assert run(machine, "cat /proc/iomem") == machine.type("cat /proc/iomem")


def test_devmem_reads_the_clock(machine, arch):
    """Seconds since 1970, by /dev/mem and by the kernel."""
    seconds = int(run(machine, "devmem 0x9010000"), 0)
    assert abs(seconds - int(run(machine, "date +%s"))) <= 2


def test_devmem_above_4_gib(machine, arch):
    """PCI's configuration space. What reaches it on arm is a supersection, and programs get pages:
    the log says that, and not what ioremap() would ask for."""
    shown = run(machine, "devmem 0x4010000000; devmem 0x4010000004")
    if arch == "arm64":
        assert shown.splitlines()[0] == "0x00081B36"
    else:
        assert shown.count("/dev/mem: 0x4010000000-0x4010000fff is not mapped: it ends above what "
                           "a page can map, and a program is given pages\n") == 2
        assert shown.count("devmem: mmap: Invalid argument\n") == 2


def test_ctrl_c_ends_the_program_and_not_its_shell(machine):
    asks = [r"[/~] # \x1b\[6n"]  # its own prompt, and where on the screen it is
    machine.child.send("PATH=/bb /bb/busybox sh\r")
    machine.expect(asks)
    machine.child.send("sh -c 'echo begun; sleep 100'\r")
    machine.expect([r"\nbegun"])
    machine.child.send("\x03")
    machine.expect(asks)
    machine.child.send("echo status $?; exit\r")
    machine.expect(["status 130"])
    machine.expect_prompt()
