# SPDX-License-Identifier: MIT
"""The regions of the address space: one list, and what is made of it. The drawing in
asm/memlayout.h shows the same addresses, boot prints them, ptdump divides its lines by them.
"""

import re
import subprocess

import pytest

import ptdump
import tree
from qemu import ROOT

# A line of the drawing: an address (or blanks, where it is computed), a constant, words.
DRAWN = re.compile(r"^ \*   +(0x[0-9a-f]+)? +([A-Z_]{5,})(?:  |$)", re.M)

PROGRAM = """
#include <asm/fixmap.h>
int printf(const char *, ...);
int main(void)
{
%s	return 0;
}
"""

MARKERS = {
    "arm64": ["Linear Mapping start", "Linear Mapping end", "Modules start", "Modules end",
              "vmalloc() area", "vmalloc() end", "Fixmap start", "Fixmap end", "PCI I/O start",
              "PCI I/O end"],
    "arm": ["Modules", "Pkmap Area", "Kernel Mapping", "vmalloc() Area", "vmalloc() End",
            "Fixmap Area", "Vectors", "Vectors End"],
}


@pytest.fixture(scope="module")
def drawing(arch):
    """[(address or "", constant)] from the lowest to the highest."""
    story = tree.read(f"arch/{arch}/include/asm/memlayout.h").split("*/")[1]
    return DRAWN.findall(story)


@pytest.fixture(scope="module")
def constants(arch, drawing, tmp_path_factory):
    """{constant: value}, as the compiler has it."""
    prints = "".join(f'\tprintf("{name} %#lx\\n", (unsigned long){name});\n'
                     for _, name in drawing)
    folder = tmp_path_factory.mktemp(arch)
    source, program = folder / "constants.c", folder / "constants"
    source.write_text("void *high_memory;\n" + PROGRAM % prints)
    subprocess.run(["gcc", "-w", "-I.", f"-Iarch/{arch}/include", "-o", program, source],
                   cwd=ROOT, check=True)
    output = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    return {name: int(value, 16) for name, value in map(str.split, output.splitlines())}


def test_drawing_shows_the_constants(drawing, constants):
    addresses = [int(address, 16) for address, _ in drawing if address]
    assert len(addresses) >= 6
    assert addresses == sorted(addresses), "from the lowest to the highest"
    wrong = [f"{name} is {constants[name]:#x}, drawn at {address}"
             for address, name in drawing if address and constants[name] != int(address, 16)]
    assert not wrong, "\n".join(wrong)


def bounds(machine):
    """{name: (start, end)} as boot printed them."""
    rows = re.findall(r" ([\w. /]+) : 0x(\w+) - 0x(\w+) ", machine.run("dmesg")[0])
    return {name.strip(): (int(start, 16), int(end, 16)) for name, start, end in rows}


def test_what_boot_prints_is_drawn(machine, constants):
    """Each region has a border in the drawing; the other one may depend on the RAM."""
    rows = {name: ends for name, ends in bounds(machine).items() if name[0] != "."}
    assert rows.keys() >= {"vmalloc", "modules", "fixmap", "lowmem"}
    missing = [name for name, ends in rows.items() if not set(ends) & set(constants.values())]
    assert not missing, "not in the drawing: " + ", ".join(missing)


def test_markers_divide_the_listing(machine, arch):
    """All of them, in order; and what stands under the marker of a region lies inside it."""
    listing = machine.run("ptdump")[0]
    sections = re.split(r"^---\[ (.*) \]---\n", listing, flags=re.M)
    assert sections[0] == ""
    assert sections[1::2] == MARKERS[arch]
    parts = dict(zip(sections[1::2], sections[2::2]))
    rows = bounds(machine)
    for name, marker in ("vmalloc", "vmalloc() "), ("fixmap", "Fixmap "), ("modules", "Modules"):
        title = next(title for title in MARKERS[arch] if title.startswith(marker))
        wrong = [line for line in ptdump.parse(parts[title], arch)
                 if line.start < rows[name][0] or line.end > rows[name][1]]
        assert not wrong, f"{name}: {wrong}"
    assert len(ptdump.parse(listing, arch)) > 10
