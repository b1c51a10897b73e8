# SPDX-License-Identifier: MIT
"""Several processors: all of them run, and what they do to the same areas at once stays sound."""

import re
import time

import pytest

import vmallocinfo
from qemu import Machine, make, qemu_command

CPUS = 4
PROCESSOR = 39 - 3  # the field of /proc/PID/stat, counted from the state


def build(arch):
    """arm64 has one image for any number of processors, arm one of its own for several."""
    done = make("all", f"ARCH={arch}", f"SMP={CPUS}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def machine(arch):
    build(arch)
    with Machine(arch, smp=CPUS, log="smp", timeout=60) as booted:
        booted.boot = booted.expect_prompt()
        yield booted


def interrupts(machine):
    """{name of a row: its count on each processor}"""
    text = machine.run("cat /proc/interrupts")[0]
    lines = text[text.index("  CPU0"):].splitlines()  # without what a background task said
    assert lines[0].split() == [f"CPU{cpu}" for cpu in range(CPUS)]
    rows = [re.match(r" *(\w+): *((?:\d+ +)+)(.*)", line) for line in lines[1:-1]]  # but for Err
    return {row[3].split()[-1] if "GIC" in row[3] else row[3]: [int(n) for n in row[2].split()]
            for row in rows}


def listing(machine):
    """What the shell's own processes do not change: areas, without stacks."""
    rows = vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])
    return [row for row in rows if "alloc_thread_stack" not in str(row)
            and "alloc_task_struct" not in str(row)]


def test_all_come_up(machine):
    assert f"smp: {CPUS} processors are online" in machine.boot
    for cpu in range(1, CPUS):
        assert f"CPU{cpu}: started, its number in the hardware is 0x{cpu}" in machine.boot
    assert "is left alone" not in machine.boot


def test_each_has_its_own_tick(machine):
    before = interrupts(machine)["arch_timer"]
    time.sleep(0.5)
    after = interrupts(machine)["arch_timer"]
    assert all(a > b > 0 for a, b in zip(after, before)), (before, after)


def test_devices_interrupt_the_first(machine):
    counts = interrupts(machine)["uart-pl011"]
    assert counts[0] > 0 and not any(counts[1:])


def test_tasks_run_on_all(machine):
    """As many loops as processors: each has one to itself, and a wake-up crosses over."""
    before = interrupts(machine)["Rescheduling interrupts"]
    for _ in range(CPUS):
        machine.run("cat /dev/zero >/dev/null &")
    loops = []
    while len(loops) < CPUS:  # each is its shell before it is cat; run() has a limit of its own
        loops = re.findall(r"^ *(\d+) +\d+ R     cat$", machine.run("ps")[0], re.M)
    seen = set()
    for _ in range(100):
        stats = machine.run("cat " + " ".join(f"/proc/{pid}/stat" for pid in loops))[0]
        seen |= {fields.split()[PROCESSOR] for fields in re.findall(r"\(cat\) (R .*)", stats)}
        if len(seen) == CPUS:
            break
    machine.run("kill " + " ".join(loops))
    assert seen == {str(cpu) for cpu in range(CPUS)}
    assert sum(interrupts(machine)["Rescheduling interrupts"]) > sum(before)


def test_qemu_cmd_keeps_arm_below_4g(arch):
    machine_option = qemu_command(arch, SMP=str(CPUS))[2]
    assert ("highmem=off" in machine_option) == (arch == "arm")


def test_arm_built_for_one_says_how_many_it_leaves_alone():
    def edit(command):
        command[command.index("-smp") + 1] = str(CPUS)
        return command
    with Machine("arm", edit=edit, log="smp-by-hand") as machine:
        boot = machine.expect_prompt()
        assert "this build drives one processor, and leaves 3 alone; make SMP=4" in boot
        assert machine.run("cat /proc/interrupts")[0].splitlines()[0].split() == ["CPU0"]
        assert machine.poweroff() == 0


def test_a_panic_stops_all(arch):
    build(arch)
    with Machine(arch, smp=CPUS, append="rdinit=/none", log="smp-panic") as machine:
        machine.expect(["Kernel panic - not syncing: No working init"])
        machine.expect(["Halted"])
