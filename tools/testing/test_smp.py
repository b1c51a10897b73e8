# SPDX-License-Identifier: MIT
"""Several processors: all of them run, and what they do to the same areas at once stays sound."""

import os
import re
import time

import pytest

import vmallocinfo
from qemu import Machine, log_folder, make, qemu_command
from rawboot import TREE_SIZE, make_tree

CPUS = 4
STORM = 60 if "storm" in os.environ.get("LONG", "").split() else 3  # seconds
PROCESSOR = 39 - 3  # the field of /proc/PID/stat, counted from the state


def build(arch):
    """arm64 has one image for any number of processors, arm one of its own for several."""
    done = make("all", f"ARCH={arch}", f"SMP={CPUS}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def machine(arch):
    """Quiet, because a message of the log would cut what programs print meanwhile in two."""
    build(arch)
    with Machine(arch, smp=CPUS, append="quiet", log="smp", timeout=60) as booted:
        booted.expect_prompt()
        booted.boot = booted.run("dmesg")[0]
        yield booted


def interrupts(machine):
    """{name of a row: its count on each processor}"""
    text = machine.run("cat /proc/interrupts")[0]
    lines = text[text.index("  CPU0"):].splitlines()  # without what a background task said
    assert lines[0].split() == [f"CPU{cpu}" for cpu in range(CPUS)]
    rows = [re.match(r" *(\w+): *((?:\d+ +)+)(.*)", line) for line in lines[1:-1]]  # but for Err
    return {row[3].split()[-1] if "GIC" in row[3] else row[3]: [int(n) for n in row[2].split()]
            for row in rows}


def in_use(machine):
    """(the areas, the kB that are free, tables or slabs), once what has ended has been freed."""
    lines = machine.run("cat /proc/vmallocinfo")[0].splitlines()
    areas = [row.line for row in vmallocinfo.parse("\n".join(
        line for line in lines if line.startswith("0x")))]
    numbers = dict(re.findall(r"^(\w+): +(\d+) kB$", machine.run("cat /proc/meminfo")[0], re.M))
    return areas, sum(int(numbers[name]) for name in ("MemFree", "Slab", "PageTables"))


def settled(machine, wanted=None):
    """Two looks that agree, or one that is as wanted: the last task may not be freed yet."""
    now = in_use(machine)
    for _ in range(20):
        before, now = now, in_use(machine)
        if now == (wanted or before):
            break
    return now


def wait_for_the_end(machine, name):
    """Until no program of that name runs: it writes to a file meanwhile, or nothing."""
    give_up = time.monotonic() + 120
    while name in machine.run("ps")[0]:
        assert time.monotonic() < give_up, f"{name} does not end"


def test_all_come_up(machine):
    assert f"smp: {CPUS} processors are online" in machine.boot
    for cpu in range(1, CPUS):
        assert f"CPU{cpu}: started, its number in the hardware is 0x{cpu}" in machine.boot
    assert "is left alone" not in machine.boot


def test_each_has_its_own_tick(machine):
    before = after = interrupts(machine)["arch_timer"]
    give_up = time.monotonic() + 30  # a host with other work runs them one after the other
    while not all(a > b for a, b in zip(after, before)) and time.monotonic() < give_up:
        after = interrupts(machine)["arch_timer"]
    assert all(a > b > 0 for a, b in zip(after, before)), (before, after)


def test_per_cpu_areas_at_the_top(machine):
    """One for each processor, one behind the other; more chunks come below, and go again."""
    def areas():
        rows = vmallocinfo.parse("\n".join(in_use(machine)[0]))
        return [row for row in rows if row.symbol == "pcpu_get_vm_areas"]
    end = int(re.search(r"vmalloc : 0x\w+ - 0x(\w+)", machine.boot)[1], 16)
    before = areas()
    assert len(before) == CPUS and {row.end - row.start for row in before} == {16384}
    assert [row.end for row in before] == [row.start for row in before[1:]] + [end]
    assert all(row.line.endswith(" vmalloc") and not row.pages for row in before)
    machine.run("vmstress 128 100000 1 &")
    stress = re.search(r"^ *(\d+) .* vmstress$", machine.run("ps")[0], re.M)[1]
    seen = max(machine.run("vmallocinfo")[0].count("pcpu_get_vm_areas") for _ in range(5))
    machine.run(f"kill {stress}")
    wait_for_the_end(machine, "vmstress")
    assert seen > CPUS and areas() == before


def test_devices_interrupt_the_first(machine):
    counts = interrupts(machine)["uart-pl011"]
    assert counts[0] > 0 and not any(counts[1:])


def test_tasks_run_on_all(machine):
    """As many loops as processors: each has one to itself, and a wake-up crosses over."""
    before = interrupts(machine)["Rescheduling interrupts"]
    for _ in range(CPUS):
        machine.run("cat /dev/zero >/dev/null &")
    loops, give_up = [], time.monotonic() + 60
    while len(loops) < CPUS and time.monotonic() < give_up:  # each is its shell before it is cat
        loops = re.findall(r"^ *(\d+) +\d+ R     cat$", machine.run("ps")[0], re.M)
    assert len(loops) == CPUS, loops
    seen = set()
    for _ in range(100):
        stats = machine.run("cat " + " ".join(f"/proc/{pid}/stat" for pid in loops))[0]
        seen |= {fields.split()[PROCESSOR] for fields in re.findall(r"\(cat\) (R .*)", stats)}
        if len(seen) == CPUS:
            break
    machine.run("kill " + " ".join(loops))
    assert seen == {str(cpu) for cpu in range(CPUS)}
    assert sum(interrupts(machine)["Rescheduling interrupts"]) > sum(before)


def test_four_vmstress_at_once(machine):
    """Each tests its own pages; together they leave the areas and the memory as they were."""
    machine.run("vmstress 57 5 1 >/tmp/0; rm /tmp/0")  # tables and caches that grow once have grown
    before = settled(machine)
    for seed in range(CPUS):
        machine.run(f"vmstress 57 100 {seed + 1} >/tmp/{seed} &")
    wait_for_the_end(machine, "vmstress")
    for seed in range(CPUS):
        assert machine.run(f"cat /tmp/{seed}; rm /tmp/{seed}")[0] == \
            "vmstress: 4 passed, 0 failed\n"
    assert settled(machine, before) == before


def storm(machine, seconds):
    """vmstorm checks every rule after each round. Returns how many areas there were."""
    output, status = machine.run(f"vmstorm {seconds} 42", timeout=60 + 3 * seconds)
    said = re.search(r"^vmstorm: 4 processors, (\d+) rounds, (\d+) areas .*; every rule holds$",
                     output, re.M)
    assert said and status == 0, output
    assert int(said[1]) >= seconds
    return int(said[2])


def test_storm_of_all_processors(machine):
    before = settled(machine)
    assert storm(machine, STORM) > 1000
    assert settled(machine, before) == before
    assert machine.run("vmcheck") == ("vmcheck: every rule holds\n", 0)


@pytest.mark.parametrize("words, why", [
    ("vmstorm", "usage"), ("vmstorm 1", "usage"), ("vmstorm 0 1", "SECONDS is 1 to 3600"),
    ("vmstorm 3601 1", "SECONDS"), ("vmstorm x 1", "x is not"), ("vmcheck 1", "usage"),
])
def test_storm_is_refused_in_one_line(machine, words, why):
    output, status = machine.run(words)
    assert re.fullmatch(f"failed: .*{why}.*\n", output) and status == 1, output


def test_inside_the_kernel(arch):
    """kernel/tests/smp_test.c: calls, and all processors mapping and unmapping at once. And on arm,
    whose build differs, all other suites; test_locks.py runs them for arm64."""
    build(arch)
    append = {"arm64": "selftest=smp*", "arm": "selftest"}[arch]
    with Machine(arch, smp=CPUS, append=append, log="smp-selftest", timeout=60) as machine:
        text, status = machine.wait_exit(timeout=180)
    assert re.search(r"# selftest: \d+ suites, 0 failed cases", text), text
    assert "    ok 4 all_map_and_unmap_at_once" in text
    assert status == 0


def test_version_3_of_the_interrupt_controller(arch):
    """Shared lines, private ones and those between processors have other registers there."""
    def version3(command):
        return [word.replace("gic-version=2", "gic-version=3") for word in command]
    build(arch)
    with Machine(arch, smp=CPUS, edit=version3, log="smp-gic3", timeout=60) as machine:
        assert f"smp: {CPUS} processors are online" in machine.expect_prompt()
        counts = interrupts(machine)
        assert all(counts["arch_timer"]) and counts["uart-pl011"][0] > 0
        assert sum(counts["Rescheduling interrupts"]) > 0
        storm(machine, 1)
        assert machine.poweroff() == 0


def test_a_processor_without_psci_is_left_alone_by_name(arch):
    """A tree as boards have it whose firmware lets processors spin; and one that says nothing."""
    tree = """/ { cpus {
        cpu@1 { enable-method = "spin-table"; cpu-release-addr = <0 0x4000fff8>; };
        cpu@2 { /delete-property/ enable-method; };
    }; };"""

    def with_tree(command):
        return [*command, "-dtb", make_tree(command, log_folder(arch), "spin", TREE_SIZE, tree)]
    build(arch)
    with Machine(arch, smp=CPUS, edit=with_tree, log="smp-spin", timeout=60) as machine:
        boot = machine.expect_prompt()
        for cpu, method in (1, "spin-table"), (2, "missing"):
            assert (f"smp: cpu@{cpu} is left alone: only PSCI can start one "
                    f"(enable-method {method})") in boot
        assert "smp: 2 processors are online" in boot
        heading = machine.run("cat /proc/interrupts")[0].splitlines()[0]
        assert heading.split() == ["CPU0", "CPU3"]
        assert machine.run("vmcheck") == ("vmcheck: every rule holds\n", 0)
        assert machine.poweroff() == 0


def test_qemu_cmd_keeps_arm_below_4g(arch):
    machine_option = qemu_command(arch, SMP=str(CPUS))[2]
    assert ("highmem=off" in machine_option) == (arch == "arm")
    said = make("-n", "run", f"ARCH={arch}", f"SMP={CPUS}").stdout
    assert ("highmem=off keeps the PCI windows below" in said) == (arch == "arm")


def test_arm_built_for_one_says_how_many_it_leaves_alone():
    def edit(command):
        command[command.index("-smp") + 1] = str(CPUS)
        return command
    with Machine("arm", edit=edit, log="smp-by-hand") as machine:
        boot = machine.expect_prompt()
        assert "this build drives one processor, and leaves 3 alone; make SMP=4" in boot
        assert machine.run("cat /proc/interrupts")[0].splitlines()[0].split() == ["CPU0"]
        assert machine.poweroff() == 0


def program_counters(machine):
    """Of all processors, by QEMU's monitor, whose keys are Ctrl-A c."""
    machine.child.send("\x01c")
    machine.expect([r"\(qemu\) "])
    machine.child.send("info registers -a\r")
    machine.expect([r"\(qemu\) "])
    text = machine.text
    machine.child.send("\x01c")
    return [int(place, 16) for place in re.findall(r"(?:\bPC|R15)=(\w+)", text)]


def test_a_panic_stops_all(arch):
    """All are busy before. Afterwards each goes round in a loop of a few instructions."""
    build(arch)
    with Machine(arch, smp=CPUS, append="quiet", log="smp-panic", timeout=60) as machine:
        machine.expect_prompt()
        for _ in range(CPUS):
            machine.run("cat /dev/zero >/dev/null &")
        machine.child.send("echo PANIC > /sys/kernel/debug/provoke-crash/DIRECT\r")
        machine.expect(["Kernel panic - not syncing"])
        machine.expect(["Halted"])
        seen = list(zip(*(program_counters(machine) for _ in range(10)), strict=True))
    assert len(seen) == CPUS
    for places in seen:
        assert max(places) - min(places) < 64, [f"{place:#x}" for place in places]
