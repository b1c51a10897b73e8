# SPDX-License-Identifier: MIT
"""Windows of all sizes: are they made of the leaves that the alignment rules say, and of no other?
And does each process see them?

The rules are written down here once more, from the text, and not taken from the kernel. ptdump
shows which leaves there are, `walk` where their first and last bytes lead.
"""

import re
from itertools import groupby

import pytest

import ptdump
import vmallocinfo
from ptdump import GIB, KIB, MIB
from qemu import Machine

PAGE = 4 * KIB
PCI_LOW, PCI_HIGH = 0x10000000, 0x8000000000  # nothing answers there
AT_ONCE = 20

DEVICES, GPIO_DIRECTION = 0x9000000, 0x9030400  # a register that keeps what is written to it


def leaf_sizes(arch, virt, phys, size):
    """Those of a window, in order. arm: one for all of it; arm64: the largest at each place."""
    if arch == "arm":
        pairs = (virt | phys | size) % (2 * MIB) == 0
        leaf = 16 * MIB if phys >= 4 * GIB else MIB if pairs else PAGE
        return [leaf] * (size // leaf)
    sizes, done = [], 0
    while done < size:
        sizes.append(next(leaf for leaf in (GIB, 2 * MIB, PAGE)
                          if leaf <= size - done and (virt + done | phys + done) % leaf == 0))
        done += sizes[-1]
    return sizes


def edges(sizes):
    """The offsets of first and last bytes: of each leaf; of many, of every seventh and the last.

    The kernel's own tests look at each page of each leaf (mm/tests/mapping_check.h).
    """
    step, found, start = 7 if len(sizes) > 130 else 1, [], 0
    for number, size in enumerate(sizes):
        if number % step == 0 or number == len(sizes) - 1:
            found += [start, start + size - 1]
        start += size
    return found


def walk(machine, addresses):
    """Where the addresses lead, by the tables."""
    physical = []
    for i in range(0, len(addresses), AT_ONCE):
        some = addresses[i:i + AT_ONCE]
        output = machine.run("; ".join(f"walk {address:#x}" for address in some))[0]
        found = re.findall(r"^physical   0x([0-9a-f]{16})$", output, re.M)
        assert len(found) == len(some), output
        physical += [int(number, 16) for number in found]
    return physical


def check_window(machine, arch, phys, size):
    """Maps it, compares every leaf with the rules, and takes it back."""
    output, status = machine.run(f"ioremap {phys:#x} {size:#x}")
    assert status == 0, output
    virt = int(output, 16)
    alignment = min(1 << (size - 1).bit_length(), {"arm": 16 * MIB, "arm64": GIB}[arch])
    assert virt % alignment == 0, "the area allows the largest leaves"
    sizes = leaf_sizes(arch, virt, phys, size)

    lines = ptdump.meeting(machine.run("ptdump")[0], arch, virt, virt + size + PAGE)
    assert [(line.leaf, line.end - line.start) for line in lines] == \
        [(leaf, sum(run)) for leaf, run in groupby(sizes)]
    assert (lines[0].start, lines[-1].end) == (virt, virt + size), "the guard page is not mapped"
    row = next(row for row in vmallocinfo.parse(machine.run("vmallocinfo")[0])
               if row.start == virt)
    assert (row.phys, row.size) == (phys, size + PAGE)

    offsets = edges(sizes)
    where = walk(machine, [virt + offset for offset in offsets])
    wrong = [f"{virt + offset:#x} leads to {found:#x}, not {phys + offset:#x}"
             for offset, found in zip(offsets, where) if found != phys + offset]
    assert not wrong, "\n".join(wrong)

    assert machine.run(f"iounmap {virt:#x}") == ("", 0)
    assert not ptdump.meeting(machine.run("ptdump")[0], arch, virt, virt + size + PAGE)


@pytest.mark.parametrize("size", [MIB, 2 * MIB, 2 * MIB + PAGE, 64 * MIB],
                         ids=["1M", "2M", "2M+4K", "64M"])
def test_window(machine, arch, size):
    check_window(machine, arch, PCI_LOW, size)


def test_window_beside_the_large_leaves(machine, arch):
    """Aligned to a page only, so all of it is pages, although it is long enough for more."""
    check_window(machine, arch, PCI_LOW + PAGE, 2 * MIB)


def test_window_above_4_gib(machine, arch):
    """arm: supersections; arm64: one leaf of each size."""
    check_window(machine, arch, PCI_HIGH, {"arm": 48 * MIB, "arm64": GIB + 2 * MIB + PAGE}[arch])


def test_window_of_256_mib(arch):
    """Larger than arm's vmalloc space, unless that is made larger."""
    append = {"arm": "vmalloc=512M", "arm64": None}[arch]
    with Machine(arch, append=append, log="windows-256M") as machine:
        machine.expect_prompt()
        check_window(machine, arch, PCI_LOW, 256 * MIB)


def fresh_address(machine):
    """Where 2 MiB will be mapped next. No table is there: one that was is gone since the block."""
    address = int(machine.run(f"ioremap {DEVICES:#x} {2 * MIB:#x}")[0], 16)
    assert machine.run(f"iounmap {address:#x}") == ("", 0)
    assert " nothing\n" in machine.run(f"walk {address:#x}")[0]
    return address


def test_a_mapping_is_for_all_processes(machine):
    """Also for one that was there before, which has a first-level table of its own on arm.

    That is cat: each line that it gets through the pipe becomes one write to /proc/iolab, a system
    call of its own. First it uses what another process has mapped, then the other way round.
    """
    pages = f"ioremap {DEVICES + PAGE:#x} {2 * MIB - PAGE:#x}"
    start = fresh_address(machine)
    register = start + GPIO_DIRECTION - DEVICES - PAGE
    script = f"sleep 0.2; {pages} >&2; echo poke {register:#x} 5"
    address = machine.run(f"sh -c '{script}' | cat > /proc/iolab")[0]
    assert int(address, 16) == start
    assert machine.run(f"peek {register:#x}") == ("0x00000005\n", 0)
    assert machine.run(f"iounmap {start:#x}") == ("", 0)

    assert fresh_address(machine) == start
    assert machine.run(f"echo {pages} | cat > /proc/iolab") == ("", 0)
    assert machine.run(f"peek {register:#x}") == ("0x00000005\n", 0)
    assert machine.run(f"poke {register:#x} 0; iounmap {start:#x}") == ("", 0)
