# SPDX-License-Identifier: MIT
"""What ps, top and other programs read in /proc: Linux's forms, with numbers that are true."""

import re
import sys

import pytest

from emulated import ROOT

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine  # noqa: E402  pylint: disable=wrong-import-position


@pytest.fixture(name="machine", scope="module", params=[
    pytest.param(arch, marks=pytest.mark.xdist_group(f"proc-{arch}")) for arch in ("arm64", "arm")
])
def fixture_machine(request):
    with Machine(request.param, mem="64M", log="proc") as machine:
        machine.expect_prompt()
        yield machine


TIMES = r"\d+ 0 0 \d+ 0 0 0 0 0 0"
PROC_FORMS = {
    "stat": rf"cpu  {TIMES}\ncpu0 {TIMES}\nbtime \d+\nprocesses \d+\nprocs_running [1-9]\n"
            r"procs_blocked 0\n",
    "loadavg": r"\d+\.\d\d \d+\.\d\d \d+\.\d\d 1/\d+ \d+\n",
    "mounts": r"rootfs / rootfs rw 0 0\nproc /proc proc rw 0 0\n",
    "self/cmdline": "cat\0/proc/self/cmdline\0",
    "self/stat": r"(\d+) \(cat\) R \d+ 1 1 1281 1( \d+){44}\n",
    "self/status": r"Name:\tcat\nState:\tR \(running\)\nTgid:\t(\d+)\nPid:\t\1\nPPid:\t\d+\n"
                   r"Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nVmSize:\t *\d+ kB\nVmRSS:\t *\d+ kB\n"
                   r"Threads:\t1\n(Sig(Pnd|Blk|Ign|Cgt):\t0{16}\n){4}",
}


@pytest.mark.parametrize("name", PROC_FORMS)
def test_proc_has_linux_s_forms(machine, name):
    shown = machine.type(f"cat /proc/{name}")
    assert re.fullmatch(PROC_FORMS[name], shown)


def test_a_long_command_line_is_whole(machine):
    words = ["cat"] + 8 * ["/proc/self/cmdline"]
    assert machine.type(" ".join(words)) == 8 * "".join(f"{word}\0" for word in words)


def test_the_files_of_a_process_agree(machine):
    """By Linux's numbers of the fields: 22 is its start in ticks, 23 bytes, 24 pages."""
    shown = machine.type("cat /proc/uptime; cat /proc/self/stat; cat /proc/uptime").splitlines()
    ticks, size, pages = map(int, shown[1].split()[21:24])
    before, after = (float(line.split()[0]) for line in (shown[0], shown[2]))
    kib = re.findall(r"^Vm\w+:\t *(\d+) kB$", machine.type("cat /proc/self/status"), re.M)
    assert [f"{size // 1024}", f"{pages * 4}"] == kib
    assert before - 0.01 <= ticks / 100 <= after + 0.01


def test_the_machine_s_start_is_a_time_of_the_clock(machine):
    booted = int(re.search(r"^btime (\d+)$", machine.type("cat /proc/stat"), re.M)[1])
    now, uptime = machine.type("devmem 0x9010000; cat /proc/uptime").split()[:2]
    assert abs(int(now, 16) - float(uptime) - booted) < 3


def test_time_is_idle_or_used(machine):
    """What a program computes is counted; of a second that it sleeps, almost nothing."""
    def used():
        return int(machine.type("cat /proc/stat").split()[1])

    before = used()
    machine.type("sleep 1")
    idle = used()
    machine.type("latency switch; latency switch")
    assert idle - before < 50 and used() > idle
