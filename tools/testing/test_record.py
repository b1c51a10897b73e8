# SPDX-License-Identifier: MIT
"""`make record` and `make replay`: the same machine again, under a GDB that goes backwards."""

import json
import os
import re
import subprocess

import pytest

import gdb_book
from qemu import ROOT, make

# Each `print $pc` is a step of the test below. A breakpoint is set where it is met next.
COMMANDS = """\
set pagination off
set width 0
hbreak cmd_ioremap
continue
print/x $pc
hbreak ioremap_page_range
continue
print/x $pc
print/x addr
reverse-stepi
info symbol $pc
stepi
print/x $pc
reverse-continue
print/x $pc
continue
print/x $pc
print/x addr
delete
hbreak kernel_power_off
continue
delete
watch iolab_areas.next
reverse-continue
backtrace
"""


@pytest.fixture(scope="module")
def recorded(arch):
    """What the console said while it was recorded."""
    done = make("record", f"ARCH={arch}",
                'APPEND=rdinit=/bin/sh -- -c "ioremap 0x9030000 0x1000; poweroff"')
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\r", "")


def test_backwards_and_forwards_again(arch, recorded, tmp_path):
    """Two ways to one instruction find the same machine; a watchpoint finds the last store."""
    script = tmp_path / "commands"
    script.write_text(COMMANDS, encoding="utf-8")
    done = make("replay", f"ARCH={arch}", f"GDB_ARGS=-batch -x {script}")
    assert done.returncode == 0, done.stdout + done.stderr
    command, mapping, area, mapping2, command2, mapping3, area2 = re.findall(
        r"^\$\d+ = (.*)$", done.stdout, re.M)
    assert command == command2 and mapping == mapping2 == mapping3
    # One instruction back: the call. Clang's breakpoint is behind the first instructions.
    assert re.search(r"^(map_device|ioremap_page_range) \+ \d+ in section", done.stdout, re.M)
    assert area == area2 == re.search(r"^(0x[0-9a-f]+)$", recorded, re.M)[1]
    changed = done.stdout[done.stdout.index("watchpoint"):]
    frames = re.findall(r"^#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(", changed, re.M)
    assert "cmd_ioremap" in frames[:4], changed


def test_the_console_says_the_same(arch, recorded):
    """To the microsecond: no clock of this host reaches the machine."""
    done = make("replay", f"ARCH={arch}",
                "GDB_ARGS=-batch -ex 'hbreak kernel_power_off' -ex continue")
    assert done.returncode == 0, done.stdout + done.stderr
    with open(os.path.join(ROOT, "build", arch, "console.log"), encoding="utf-8") as file:
        said = file.read().replace("\r", "")
    assert said.count("\n") > 20 and said in recorded


# --- mc who-wrote ---

# The second breakpoint lies on the way back, and must not be met there.
WHO_WROTE = """\
set pagination off
set width 0
hbreak kernel_power_off
continue
hbreak do_syscall
mc walk -json {addr}
mc who-wrote -json {addr}
mc walk -json {addr}
print/x $pc
stepi
mc walk -json {addr}
mc who-wrote {addr}
maintenance info breakpoints
delete
hbreak kernel_power_off
continue
mc break entry {addr}
mc who-wrote {addr}
"""


@pytest.fixture(scope="module")
def who_wrote(arch, recorded, tmp_path_factory):
    """(the mapped address, what GDB said to WHO_WROTE)"""
    addr = re.search(r"^(0x[0-9a-f]+)$", recorded, re.M)[1]
    script = tmp_path_factory.mktemp("who-wrote") / "commands"
    script.write_text(WHO_WROTE.format(addr=addr), encoding="utf-8")
    done = make("replay", f"ARCH={arch}", f"GDB_ARGS=-batch -x {script}")
    return int(addr, 16), done.stdout + done.stderr


def test_who_wrote_finds_the_store(who_wrote):
    """The machine then stands before it: one instruction makes the entry what it was at the end."""
    addr, said = who_wrote
    end, wrote, before, after = map(json.loads, re.findall(r"^\{.*\}$", said, re.M))
    last = end["steps"][-1]
    assert end["physical"] == 0x9030000 and wrote["address"] == addr
    assert wrote["function"] == "map_run" and wrote["level"] == last["level"] == "pte"
    assert "ioremap_page_range" in wrote["callers"]
    assert (wrote["was"], wrote["is"]) == (0, last["entry"])
    assert before["steps"][-1]["entry"] == 0 and before["physical"] is None
    assert after["steps"] == end["steps"]


def test_who_wrote_shows_the_stack(who_wrote):
    """The same store again, from just behind it, with the command that asked for the mapping."""
    addr, said = who_wrote
    answer = said[said.index(f"The pte entry of {addr:#x}, stored after"):]
    assert re.search(r"^  was  0x0+  nothing\n  is   0x\w*9030\w{3}  RW NX SHD ", answer, re.M)
    assert re.search(r"^  by   map_run\(\) vmap_range\.c:\d+ <- .*ioremap_page_range\(\) <- ",
                     answer, re.M)
    frames = re.findall(r"^#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(", answer, re.M)
    assert "map_run" in frames[:2] and "cmd_ioremap" in frames


def test_who_wrote_leaves_the_breakpoints_as_they_were(who_wrote):
    """Its own are gone, and the machine runs past the store to the end."""
    listed = who_wrote[1][who_wrote[1].index("The pte entry of"):]
    assert len(re.findall(r"^\d+ +hw breakpoint +keep y ", listed, re.M)) == 2
    assert "watchpoint" not in listed and listed.count("breakpoint already hit 1 time") == 1
    assert re.search(r"^Breakpoint 3, kernel_power_off ", listed, re.M)


# What an editor's GDB is told: commands of MI.
EDITOR = """\
-interpreter-exec console "hbreak kernel_power_off"
-exec-continue
-interpreter-exec console "mc who-wrote -json {addr}"
-stack-info-frame
-gdb-exit
"""


def test_an_editor_hears_of_each_stop(arch, recorded):
    """The last record says where the machine is: before the store."""
    addr = re.search(r"^(0x[0-9a-f]+)$", recorded, re.M)[1]
    done = make("replay", f"ARCH={arch}", "GDB_ARGS=--interpreter=mi2",
                text=EDITOR.format(addr=addr))
    assert done.returncode == 0, done.stderr
    before, _, search = done.stdout.partition('func="kernel_power_off",args=[]')
    stops = re.findall(r'^\*stopped,.*?func="(\w+)"', search, re.M)
    asked = re.search(r'^\^done,frame=.*?func="(\w+)"', search, re.M)
    assert before and len(stops) > 2 and stops[-1] == asked[1]
    assert search.count("*running,") == len(stops) and '"function\\": \\"map_run' in search


def test_who_wrote_refuses_beside_mc_break(who_wrote):
    assert "at which `mc break` would stop: `mc break delete` first" in who_wrote[1]


# --- the session in docs/gdb.md ---

def test_the_book_says_what_gdb_says(arch, recorded, tmp_path):
    """But for numbers; `...` is any text. The chapter's session is arm64's; its commands have an
    answer on both architectures."""
    steps = gdb_book.steps("docs/gdb.md")
    assert len(steps) >= 12
    theirs = next(step.command.split()[2] for step in steps if step.command.startswith("mc walk"))
    ours = re.search(r"^(0x[0-9a-f]+)$", recorded, re.M)[1]
    script = tmp_path / "commands"
    lines = [line for number, step in enumerate(steps)
             for line in (f"echo == {number}\\n", step.command.replace(theirs, ours))]
    script.write_text("\n".join(["set width 0", *lines, "echo == end\\n"]), encoding="utf-8")
    done = make("replay", f"ARCH={arch}", f"GDB_ARGS=-batch -x {script}")
    assert done.returncode == 0, done.stdout + done.stderr
    answers = re.split(r"^== \w+\n", done.stdout, flags=re.M)[1:-1]
    assert len(answers) == len(steps)
    for step, answer in zip(steps, answers):
        wrong = gdb_book.difference(step, answer)
        assert answer and (arch == "arm" or not wrong), wrong


# --- what is missing is said in one line ---

def record_sh(*arguments, **environment):
    return subprocess.run(["/bin/sh", "tools/record.sh", *arguments], cwd=ROOT, timeout=60,
                          env=os.environ | environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)


def refusal(done):
    assert done.returncode == 1 and done.stdout == "", done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_no_qemu_img(tmp_path):
    os.symlink("/usr/bin/dirname", tmp_path / "dirname")
    done = record_sh("record", str(tmp_path), "true", PATH=str(tmp_path))
    assert "`make run` installs it (package qemu-utils)" in refusal(done)
    assert os.listdir(tmp_path) == ["dirname"]


def test_nothing_recorded(tmp_path):
    done = record_sh("replay", str(tmp_path / "arm"))
    assert "nothing is recorded: `make record ARCH=arm` first" in refusal(done)


def test_a_recording_without_end(tmp_path):
    """QEMU was killed before it wrote the head of the file."""
    (tmp_path / "record.log").write_bytes(bytes(100))
    assert "has no end: leave QEMU with poweroff" in refusal(record_sh("replay", str(tmp_path)))


@pytest.mark.parametrize("name", ["kernel.elf", "initramfs.cpio"])
def test_a_recording_of_an_older_kernel(tmp_path, name):
    (tmp_path / "record.log").write_bytes(b"head")
    os.utime(tmp_path / "record.log", (1, 1))
    (tmp_path / name).touch()
    said = refusal(record_sh("replay", str(tmp_path)))
    assert f"{name} is newer than the recording: `make record " in said
