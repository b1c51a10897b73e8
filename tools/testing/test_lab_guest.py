# SPDX-License-Identifier: MIT
"""Points from a running kernel: its memory is read from outside, and it cannot talk its way out."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from labs import insert, lab_number, read, starter, write_image
import guest
import machine
from grade import Asked, grade_files, kernel_complaint
from manifest import all_labs
from qemu import ROOT
from snapshot import read_layout
from workspace import NotGraded, make_kernel, prepare, workspace

LAB = lab_number(7)
DEVICE = "0x10000000"
IOREMAP = f"ioremap {DEVICE} 0x3000"


def reasons(arch, steps, kernel=None, seed="", **row):
    kernel = kernel or guest.kernel_of(ROOT, arch)
    return guest.run_check(LAB, {"name": "x", "steps": steps, **row}, kernel, seed)


@pytest.fixture(scope="module", autouse=True)
def layout(arch):
    """The kernels that the tests run on are those of `make`; the grader's layout comes to them."""
    assert make_kernel(ROOT, arch).returncode == 0


# --- What the words see ---

@pytest.mark.parametrize("sentences", [
    ("area {0} 3", "aligned 3", "maps {0} 3 device 0x1000", "ordered", "owned"),
    ("no-area 0x10001000", "no-leaf 0x10003000 1", "no-slots"),
    ("memory {{ram}} 0x10000000", "reserved 0x40208000 1", "unreserved 0x30000000 0x1000"),
])
def test_memory_holds_it(arch, sentences):
    assert reasons(arch, [[IOREMAP, *(text.format(DEVICE) for text in sentences)]],
                   vary={"unused": "ram"}) == []


@pytest.mark.parametrize("sentence, reason", [
    ("area 0x10001000 3", "there is no area with the physical address 0x10001000"),
    ("area 0x10000000 2", "has 0x4000 bytes, not 0x3000"),
    ("no-area 0x10000000", "there is an area of 0x10000000, at 0x"),
    ("maps 0x10000000 2 device 0x1000", "the guard page, is mapped"),
    ("maps 0x10000000 4 device 0x1000", "is not mapped; it should lead to 0x10003000"),
    ("maps 0x10001000 3 device 0x1000", "leads to 0x10000000, not to 0x10001000"),
    ("maps 0x10000000 3 wc 0x1000", "it lacks MEM/"),
    ("maps 0x10000000 3 device 0x100000", "a leaf of 0x1000 bytes; one of 0x100000 fits"),
    ("no-leaf 0x10002000 1", "leads to 0x10002000"),
    ("aligned 0x1000", "is not a multiple of 0x1000000"),
    ("allocated 29", "0 vmalloc areas have 29 pages"),
    ("word {start} 5", "not RAM"),
    ("word 0x1000 5", "do not map this address"),
    ("slot 0 0x9010000 1 device", "is not mapped; it should lead to 0x9010000"),
    ("memory 0x10000000 0x1000", "memblock.memory has no region that holds 0x10000000"),
    ("reserved 0x4fff0000 0x10000000", "memblock.reserved has no region"),
    ("unreserved 0x40000000 0x10000000", "which meets 0x40000000"),
])
def test_memory_does_not_hold_it(arch, sentence, reason):
    came, = reasons(arch, [[IOREMAP, "area 0x10000000 3", sentence]])
    assert reason in came and came.startswith(f"after `{IOREMAP}`: ")


def test_pages_of_vmalloc_are_read_where_the_tables_lead(arch):
    assert reasons(arch, [["vmalloc 0x1b000", "allocated 27"],
                          ["poke {start} 0x1234567", "word {start} 0x1234567"]]) == []
    came, = reasons(arch, [["vmalloc 0x1b000", "allocated 27"],
                           ["poke {start} 0x1234567", "word {start} 0x7654321"]])
    assert "and there is 0x1234567, not 0x7654321" in came


def test_early_slots_are_seen_while_they_are_used(arch):
    assert reasons(arch, [["@early_iounmap", "slot 0 0x9010000 1 device"], ["", "no-slots"]]) == []
    for sentence, reason in (("no-slots", "slot 0 still maps 0x9010000"),
                             ("slot 0 0x9010000 1 cached", "it lacks MEM/"),
                             ("slot 1 0x9010000 1 device", "is not mapped")):
        came, = reasons(arch, [["@early_iounmap", sentence]])
        assert reason in came and came.startswith("when early_iounmap() is reached: ")


@pytest.mark.parametrize("steps, reason", [
    ([["@no_such_function"]], "the image has no no_such_function()"),
    ([["", "aligned 1"]], "the area that this is about was not there"),
    ([["iounmap {start}"]], "the area that this is about was not there"),
    ([["poweroff"]], "the machine has switched itself off"),
])
def test_what_cannot_be_looked_at(arch, steps, reason):
    came, = reasons(arch, steps)
    assert reason in came


def test_panic_is_told(arch):
    came, = reasons(arch, [[""]], append="rdinit=/nowhere")
    assert "Kernel panic - not syncing: " in came


# --- A kernel that wants points without work ---

# In front of map_device()'s own lines, so that boot finds its devices.
HOSTILE = """
	extern struct list_head vmap_area_list;

	switch (phys == 0x10000000 ? lab_mutant() : 0) {
	case 1:
		printk(KERN_INFO "0xffff800010000000\\n/ # ");
		break;
	case 2:
		for (;;)
			;
	case 3:
		local_irq_disable();
		for (;;)
			cpu_do_idle();
	case 4:
		for (;;)
			printk(KERN_INFO "%200d\\n", 1);
	case 5:
		vmap_area_list.next->next = vmap_area_list.next;
		break;
	case 6: /* a table that leads to itself many times, in a part that nothing uses */
		for (int i = 257; i < 500; i++)
			swapper_pg_dir[i] = __pgd(__pa(swapper_pg_dir) | PTE_TYPE_TABLE);
		break;
	case 7:
		vmap_area_list.next = (void *)8UL;
		break;
	}
	if (phys == 0x10000000)
		return NULL;"""
CAME = {1: "there is no area with the physical address", 2: "an endless loop?",
        3: "an endless loop?", 4: "an endless loop?",
        5: "the list of areas does not end", 6: "do not end", 7: "do not map this address"}
CHOICE = """
#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/printk.h>

static int lab_mutant(void)
{
	static volatile char choice[] = "LAB_MUTANT=00";

	return choice[12] - '0';
}
"""


@pytest.fixture(scope="module")
def hostile(arch, tmp_path_factory):
    """Makes the kernel of one of the hostile functions. They are arm64's."""
    if arch != "arm64":
        pytest.skip("the grader is the same program on both; one architecture shows it")
    include, path = "#include <mm/static_vm.h>\n", "mm/ioremap.c"
    text = insert(read(path), {"function": "map_device", "file": path}, HOSTILE.split("\n"), [])
    changed = {path: text.replace(include, include + CHOICE)}
    base, folder = prepare(LAB, [arch]), tmp_path_factory.mktemp("hostile")
    with workspace(base, changed) as tree:
        complaint = kernel_complaint(tree, base, arch, changed)
        assert complaint is None, complaint

        def get(number):
            path = str(folder / f"{number}")
            write_image(guest.kernel_of(tree, arch), number, path)
            return guest.kernel_of(tree, arch, path)
        yield get


@pytest.mark.parametrize("number", CAME)
def test_hostile_kernel_earns_nothing(arch, hostile, number, monkeypatch):
    monkeypatch.setattr(machine, "CPU_SECONDS", 4)
    steps = [[IOREMAP, "no-leaf 0x10000000 3" if number == 6 else "area 0x10000000 3"]]
    came, = reasons(arch, steps, hostile(number))
    assert CAME[number] in came


def test_kernel_that_takes_a_name_is_refused(arch):
    files = {path: read(path) for path in LAB.taken}
    files["mm/ioremap.c"] += "\nint printk(const char *fmt, ...)\n{\n\treturn 0;\n}\n"
    grade = grade_files(LAB, files, Asked((arch,), "no-ram"))
    assert grade.points == 0
    assert "defines printk for all files" in grade.results[0].came[0]


def test_a_stop_between_two_questions_is_the_stop_that_was_awaited(monkeypatch):
    """A busy host may let the guest reach its breakpoint anywhere in the loop."""
    for looks in range(1, 5):
        answers = [False] * looks + [True] * 3
        stub = SimpleNamespace(resume=lambda: None, stop=lambda: None,
                               is_stopped=lambda answers=answers: answers.pop(0))
        monkeypatch.setattr(machine, "Limits", lambda _: SimpleNamespace(
            check=lambda: None, spend=lambda count: None))
        one = machine.Machine(["-nic", "none"])
        one.stub, one.instructions = stub, lambda: 0
        one.console = SimpleNamespace(begin=lambda: None, wait=lambda: None)
        one.run(stub.is_stopped)


# --- The budget is instructions ---

def test_slow_machine_is_no_verdict(arch, monkeypatch):
    monkeypatch.setattr(machine, "HOST_SECONDS", 0)
    with pytest.raises(NotGraded, match="did not get its instructions"):
        reasons(arch, [[""]])


def test_budget_is_of_the_guest(arch, monkeypatch):
    monkeypatch.setattr(machine, "BUDGET", 1_000_000)
    came, = reasons(arch, [[""]])
    assert "it used 1 million instructions" in came


def test_guest_ends_with_its_grader(arch):
    """Also when that is killed: a guest that is left alone would run for ever."""
    code = ("import sys, os, signal; sys.path[:0] = sys.argv[1:]; import guest, machine\n"
            "kernel = guest.kernel_of(os.getcwd(), sys.argv[3])\n"
            "with machine.Machine(guest.machine_command(kernel, 256, '')) as one:\n"
            "    print(one.child.pid, flush=True)\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n")
    done = subprocess.run([sys.executable, "-c", code, os.path.join(ROOT, "tools", "lab"),
                           os.path.join(ROOT, "tools", "testing"), arch], cwd=ROOT, text=True,
                          capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", done.stdout.strip()], text=True,
                               capture_output=True, check=False).stdout.strip()
        if not state or state.startswith("Z"):
            return
        time.sleep(0.05)
    pytest.fail(f"QEMU, process {done.stdout.strip()}, lives on")


# --- SEED ---

@pytest.mark.parametrize("lab", [lab for lab in all_labs() if lab.guest], ids=lambda lab: lab.title)
def test_seed_varies_what_can_be_learned_by_heart(arch, lab):
    rows = [row for row in lab.guest if row.get("arch", arch) == arch]
    values = [[guest.values_of(lab, row, arch, seed) for row in rows] for seed in "xxy"]
    assert values[0] == values[1] != values[2]
    kernel = guest.kernel_of(ROOT, arch)
    for row in rows:
        assert guest.run_check(lab, row, kernel, "y") == [], row["name"]


def test_seed_is_in_the_command_that_repeats():
    asked = Asked(("arm",), seed="J. Doe", where="../x")
    assert asked.command(LAB, "live") == (
        "make grade LAB=7 CHECK=live DIR=../x ARCH=arm SEED='J. Doe'")


# --- The layout is the compiler's ---

def test_layout_is_that_of_the_headers(arch):
    rows = read_layout(guest.kernel_of(ROOT, arch).layout)
    word = 8 if arch == "arm64" else 4
    assert rows["list_head.next"] == (0, word) and rows["memblock_region.base"] == (0, 8)
    assert rows["vm_struct.area.va_end"] == (word, word)


def test_starter_has_no_check_of_this_kind():
    """What must hold in memory stays with the grader, as the tests do."""
    text = str(starter.record(LAB))
    assert "no-ram" not in text and '"guest"' not in text
    assert not starter.belongs(LAB, f"{LAB.folder}/lab.toml")
