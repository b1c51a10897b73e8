# SPDX-License-Identifier: MIT
"""Userland on our own kernel: what a user types at the console of the booted machine, and what only
our kernel can answer. The machine's initramfs holds test programs besides the usual ones."""

import os
import re
import subprocess
import sys
import time

import pytest

from emulated import ROOT, rootfs

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine  # noqa: E402  pylint: disable=wrong-import-position

BUILTINS = {"cd", "exit", "history", "kill", "pwd", "set", "unset"}

# Programs without options: their words go to the kernel as they are, or are printed, or ignored.
TAKE_ALL = {name for name, program in rootfs().items() if program == "iolab"} | {
    "echo", "true", "false"}


DEEP = [f"{letter * 200}" for letter in "abc"]  # folders one in the other


def initramfs(arch, folder):
    """The usual one, the test programs, and a file whose path is longer than a name may be."""
    build = ROOT / "build" / arch
    listing = folder / "rootfs.list"
    usual = (ROOT / "userland" / "rootfs.list").read_text(encoding="ascii")
    listing.write_text(usual + "".join(f"file /bin/{name} userland/tests/{name} 0755\n"
                                       for name in ("calltest", "regtest", "hogtest", "mmaptest",
                                                    "sharetest", "sigtest")) +
                       f"file /{'/'.join(DEEP)}/file userland/tests/calltest 0755\n")
    archive = folder / "initramfs.cpio"
    subprocess.run([sys.executable, ROOT / "tools" / "mkcpio.py", listing, build, archive],
                   check=True)
    return str(archive)


def with_archive(archive):
    """What Machine does to QEMU's arguments, so that it boots with this one."""
    def edit(command):
        position = command.index("-initrd") + 1
        return command[:position] + [archive] + command[position + 1:]
    return edit


@pytest.fixture(name="machine", scope="module", params=[
    pytest.param(arch, marks=pytest.mark.xdist_group(f"system-{arch}")) for arch in ("arm64", "arm")
])
def fixture_machine(request, tmp_path_factory):
    archive = initramfs(request.param, tmp_path_factory.mktemp(request.param))
    with Machine(request.param, mem="64M", log="userland", edit=with_archive(archive)) as machine:
        machine.expect_prompt()
        yield machine


def help_of(machine, name):
    """What `help` says of a command, and the usage in it."""
    text = machine.type(f"help {name}")
    usage = re.match(rf"{name}: .+\nusage:   ({name}(?: .+)?)\nexample: .+\n", text)
    assert usage, text
    return text, usage[1]


@pytest.mark.parametrize("name", sorted(rootfs()))
def test_help_of_every_program(machine, name):
    text, _ = help_of(machine, name)
    assert machine.type(f"/bin/{name} --help; echo =$?") == text + "=0\n"


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_help_of_every_builtin(machine, name):
    _, usage = help_of(machine, name)
    assert machine.type(f"{name} --help; echo =$?") == f"usage: {usage}\n=0\n"


@pytest.mark.parametrize("name", sorted(set(rootfs()) - TAKE_ALL))
def test_unknown_options_are_refused(machine, name):
    _, usage = help_of(machine, name)
    output = machine.type(f"/bin/{name} -% 1; echo =$?; /bin/{name} --long; echo =$?")
    assert output == "".join(f"{name}: unknown option {option}; usage: {usage}\n=2\n"
                             for option in ("-%", "--long"))


TEST_PROGRAMS = ("calltest", "mmaptest", "sharetest", "sigtest")


def test_calls_get_the_answers_that_linux_gives(machine):
    """The same programs as under emulation, where Linux answers (test_userland.py)."""
    for program in TEST_PROGRAMS:
        output, status = machine.run(program)
        said = [line for line in output.splitlines() if not line.startswith("[")]  # the kernel's
        assert (said, status) == ([], 0)


def test_what_is_refused_leaves_nothing(machine):
    """A second round of the same calls finds as much in use as the first has left."""
    used, free = [], []
    for _ in range(2):
        for program in TEST_PROGRAMS:
            machine.type(program)
        used.append([" ".join(row.split()[:2])
                     for row in machine.type("cat /proc/slabinfo").splitlines()])
        free.append(free_kib(machine))
    assert len(used[0]) > 8 and used[0] == used[1]
    assert abs(free[0] - free[1]) < 100


def test_a_handler_s_frame_does_not_give_the_kernel_s_mode(machine):
    output, status = machine.run("sigtest mode")
    assert "segmentation fault: write of" in output and "kernel address" in output
    assert status == 128 + 11


def test_vmallocinfo_names_the_devices(machine):
    """In rows whose physical address is claimed. Without -d, it is the file itself."""
    plain = machine.type("cat /proc/vmallocinfo")
    assert machine.type("vmallocinfo") == plain
    named = machine.type("vmallocinfo -d")
    assert re.sub(r"  # .*", "", named) == plain
    names = dict(re.findall(r"phys=0x0*(\w+) ioremap  # (.+)", named))
    assert names["9000000"] == "9000000.pl011 pl011@9000000" and names["9010000"] == "rtc-pl031"
    assert "8000000" not in names  # the interrupt controller's registers are mapped, not claimed


def test_a_long_path_of_the_archive_is_unpacked(machine):
    """Each component is short enough for a name. A line of the shell is too short for the path."""
    machine.type("echo cd / > /tmp/deep")
    for name in DEEP:
        machine.type(f"echo 'cd {name}' >> /tmp/deep")
    machine.type("echo ls >> /tmp/deep")
    assert machine.run("sh /tmp/deep") == ("file\n", 0)


def test_registers_are_the_process_s_own(machine):
    """Twice: what the first leaves in them, the second does not find."""
    assert machine.run("regtest & regtest; regtest") == ("", 0)


# How a program ends itself: the status, what the kernel says, and what the shell says.
PC = "at pc 0x[0-9a-f]+"
ENDS = {
    "regtest undefined": (4, rf"killed by signal 4: undefined instruction {PC}",
                          "Illegal instruction"),
    "regtest breakpoint": (5, rf"killed by signal 5: breakpoint {PC}", "Trace/breakpoint trap"),
    "regtest unaligned": (7, rf"bus error: read of 0x[0-9a-f]+f {PC}: the address is not aligned",
                          "Bus error"),
    "access 0x10 write": (11, rf"segmentation fault: write of 0x10 {PC}: nothing is mapped there",
                          "Segmentation fault"),
    "access 0xc0000000": (11, rf"segmentation fault: read of 0xc0000000 {PC}: .*",
                          "Segmentation fault"),
}


@pytest.mark.parametrize("command", ENDS)
def test_a_program_that_ends_itself_is_told_of(machine, command):
    number, said, name = ENDS[command]
    output, status = machine.run(command)
    assert status == 128 + number
    program = command.split()[0]
    assert re.fullmatch(rf"\[[^]]*\] {program}\[\d+\]: {said}\nsh: process \d+: {name}\n", output)


def test_a_call_that_is_not_known_is_told_once_a_program(machine):
    for _ in range(2):
        said = re.findall(r"calltest\[\d+\]: (.*)", machine.type("calltest"))
        assert said == ["system call 9999 is not known here"]


OWN_OUTPUT = "/tmp/own: input file is output file\n"

# What is typed, what comes, and the exit status.
REFUSED = {
    "a file into itself": ("echo a > /tmp/own; cat /tmp/own >> /tmp/own", f"cat: {OWN_OUTPUT}", 1),
    "lines into their file": ("echo a > /tmp/own; grep a /tmp/own >> /tmp/own",
                              f"grep: {OWN_OUTPUT}", 2),
    "a read-only file": ("echo a > /proc/version", "sh: /proc/version: Permission denied\n", 1),
    "a directory as a script": ("sh /bin", "sh: /bin: Is a directory\n", 126),
    "a directory as commands": ("sh < /bin", "sh: standard input: Is a directory\n", 126),
    "a program as a script": ("sh /bin/ls", "sh: /bin/ls: Exec format error\n", 126),
    "input from a directory": ("wc -l < /bin", "0\nwc: standard input: Is a directory\n", 2),
    "a new name in /proc": ("> /proc/new", "sh: /proc/new: Read-only file system\n", 1),
    "a process number cut short": ("kill 4294967298 18446744073709551618",
                                   "sh: 4294967298 is not a number; usage: ", 2),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_one_line(machine, case):
    command, message, status = REFUSED[case]
    output, ended = machine.run(command)
    assert output.startswith(message) and ended == status


@pytest.mark.parametrize("command, not_said", [
    ("peek 0xfff0000000000000 8", "faulted"),  # between the halves: no table reaches it
    ("vmalloc 0xffffffffffffffff", "address space"),  # in pages that is not 0
])
def test_large_numbers_are_refused_for_the_right_reason(machine, command, not_said):
    """On arm no register holds them, on arm64 the kernel has to look closely."""
    output, status = machine.run(command)
    assert status == 1 and re.fullmatch(r"failed: [^\n]+\n", output)
    assert not_said not in output


def test_the_bench_lists_its_commands(machine):
    listed = [line.split()[0] for line in machine.type("cat /proc/iolab").splitlines()]
    assert sorted(listed) == sorted(["scope"] + [name for name, file in rootfs().items()
                                                 if file == "iolab"])


def free_kib(machine):
    return int(re.search(r"MemFree: +(\d+)", machine.type("cat /proc/meminfo"))[1])


def kill_by_name(machine, name):
    pids = re.findall(rf"^ *(\d+).* {name}$", machine.type("ps"), re.M)
    assert pids
    return machine.type(f"kill -9 {' '.join(pids)}; sleep 0.3")


@pytest.mark.parametrize("call", ["fill", "mmap"])
def test_a_program_that_takes_all_memory_leaves_a_way_back(machine, call):
    """Commands still start beside it, and none of its memory is lost when it is killed."""
    before = free_kib(machine)
    machine.child.send(f"hogtest {call} &\r")
    machine.expect([r"took (\d+) KiB"], timeout=60)
    assert int(machine.child.match[1]) > before / 2
    machine.type("")
    assert machine.run("vmallocinfo | grep -c ioremap")[1] == 0
    assert machine.run("echo a > /tmp/a")[0] == "echo: write: No space left on device\n"
    output = kill_by_name(machine, "hogtest")
    assert re.fullmatch(r"sh: process \d+: Killed\n", output), output
    assert abs(free_kib(machine) - before) < 100


NO_ROOM = {
    "arm64": "failed: no room in low memory, of which some is kept for stacks and tables\n",
    "arm": "failed: no room in the vmalloc space, of which some is kept for kernel stacks\n",
}


@pytest.mark.parametrize("arch", ["arm64", "arm"])
def test_mappings_without_end_leave_room_for_programs(arch, tmp_path):
    """Of the vmalloc space on arm, of memory on arm64; and `scope` gives all of it back. There is
    memory enough on arm for all the addresses."""
    with Machine(arch, mem={"arm64": "64M", "arm": "256M"}[arch], log="no-room",
                 edit=with_archive(initramfs(arch, tmp_path))) as machine:
        machine.expect_prompt()
        count = []
        for scope in ("scope", ""):
            mapped, _, said = machine.type(f"hogtest map {scope}", timeout=120).partition("; ")
            assert said == NO_ROOM[arch] and int(mapped) > 10000
            count.append(int(mapped))
        assert abs(count[0] - count[1]) < 1000  # each had all there is
        script = "sh -c \"sleep 0.1; true\" & ls / | cat | grep -c proc; sleep 0.2"
        assert machine.run(f"sh -c '{script}'") == ("1\n", 0)
        assert machine.run("ioremap 0x09010000 0x1000") == (NO_ROOM[arch], 1)
        assert machine.run("vmalloc 0x1000") == (NO_ROOM[arch], 1)


def test_a_shell_starts_beside_a_program_that_takes_all_memory(machine):
    machine.child.send("hogtest fill &\r")
    machine.expect([r"took (\d+) KiB"], timeout=60)
    machine.type("")
    machine.child.send("exit\r")
    machine.expect(["init: the shell ended with status 0; starting another"])
    machine.expect_prompt()
    kill_by_name(machine, "hogtest")
    assert machine.run("true") == ("", 0)


def test_a_request_for_more_than_there_is_costs_no_time(machine):
    output = machine.type("hogtest huge")
    took = re.fullmatch(r"refused after (\d+) ms\n", output)
    assert took and int(took[1]) < 200, output


def test_children_that_nobody_waits_for(machine):
    """Fork refuses in time, and the machine goes on."""
    free = []
    for _ in range(2):  # what grows with the number of tasks has grown after the first time
        output = machine.type("hogtest children", timeout=120)
        assert re.fullmatch(r"hogtest: after \d{3,} children: Cannot allocate memory\n", output)
        machine.type("sleep 2")
        free.append(free_kib(machine))
    assert abs(free[0] - free[1]) < 100


def test_a_write_from_nowhere_keeps_no_memory(machine):
    before = free_kib(machine)
    assert machine.type("hogtest write /tmp/nowhere; ls -l /tmp/nowhere") == (
        "hogtest: /tmp/nowhere: Bad address\n-rw-r--r--          0 /tmp/nowhere\n")
    assert abs(free_kib(machine) - before) < 100


def test_a_file_that_fills_memory_keeps_what_was_written(machine):
    """And no page more: what the next write would have needed is not held either. The list of its
    pages counts: 8 bytes each, in a block of a power of two."""
    machine.type("cat /dev/zero > /tmp/full")
    size = int(re.search(r"(\d+) /tmp/full", machine.type("ls -l /tmp/full"))[1])
    assert size > 1 << 20
    full = free_kib(machine)
    machine.type("rm /tmp/full")
    assert abs(free_kib(machine) - full - size / 1024) < 200


def test_a_storm_beside_other_programs_says_so(machine):
    """It compares areas before and after. Two programs more are not its own leftovers."""
    output = machine.type("vmstorm 1 1 & sleep 0.3; sleep 5 | sleep 5")
    assert re.search(r"^failed: round \d+: the areas are not as before, or another program has "
                     r"begun or ended: let it run alone$", output, re.M)


def test_a_line_that_fills_memory_is_not_the_end_of_the_file(machine):
    assert machine.run("grep x /dev/zero") == ("grep: /dev/zero: Cannot allocate memory\n", 2)


def type_into(machine, command, keys):
    """Starts a command that reads the terminal, or sleeps; types the bytes once it runs."""
    machine.child.send(f"echo rea''dy; {command}\r")
    machine.expect(["ready\r+\n"])
    time.sleep(1)
    os.write(machine.child.child_fd, keys)


def test_ctrl_c_is_for_the_foreground(machine):
    """It ends the command and the rest of its line, but not what was started with &."""
    machine.type("sleep 100 & sh -c 'sleep 100; true' &")
    type_into(machine, "sh -c 'sleep 50; sleep 50'; echo not reached", b"\x03")
    machine.expect(["\\^C\r+\n/ # "])
    listed = machine.type("ps")
    sleeps = re.findall(r"^ *(\d+).* sleep$", listed, re.M)
    assert len(sleeps) == 2, listed
    output = machine.type(f"kill {' '.join(sleeps)}; sleep 0.5")
    assert re.fullmatch(r"(sh: process \d+: Terminated\n){2}", output)


def test_prompt_after_ctrl_c_has_a_line_of_its_own(machine):
    type_into(machine, "cat", b"abc\x03")
    machine.expect(["abc\\^C\r+\n/ # "])


def test_a_byte_that_is_not_text_ends_no_file(machine):
    type_into(machine, "cat", b"a\xffb\r")
    machine.expect(["b\r+\n([^\r]*)\r+\n"])
    assert machine.child.match[1] == "a\ufffdb"
    machine.child.send("\x04")
    machine.expect_prompt()


def test_erasing_takes_a_whole_character(machine):
    """In a line that the kernel edits. The first word tells that the shell has handed over."""
    machine.child.send("echo rea''dy; cat\r")
    machine.expect(["ready\r+\n"])
    machine.child.send("a\u00e9\x7fb\r")
    machine.expect(["b\r+\n([^\r]*)\r+\n"])
    assert machine.child.match[1] == "ab"
    machine.child.send("\x04")
    machine.expect_prompt()
