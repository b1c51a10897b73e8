# SPDX-License-Identifier: MIT
"""Debian's Linux on the same machine: `make linux`, and `make compare-linux`.

How rows are read and paired is tested with lines in the kernels' formats, written for this. The
last tests boot the real thing, and skip where no mirror has its packages.
"""

import os
import re
import shlex
import sys

import pytest

from beside import package
from qemu import ROOT, Machine, make

sys.path.insert(0, os.path.join(ROOT, "tools/beside"))
import compare  # noqa: E402

KERNELS = {"arm64": "linux-image-arm64", "arm": "linux-image-armmp"}

LINUX = """[    0.1] a message
=== /proc/version
Linux version 6.1.0-9-arm64 (someone) (gcc-12) #1 SMP Debian 6.1.9-1 (2024-01-02)
=== /proc/vmallocinfo
0xffff800008005000-0xffff800008007000    8192 gicv2m_init+0xac/0x238 phys=0x0000000008020000 ioremap
0xffff80000a020000-0xffff80000a031000   69632 of_iomap+0xdc/0xf0 phys=0x0000000008000000 ioremap
0xffff800008008000-0xffff80000800d000   20480 kernel_clone+0xa0/0x4b0 pages=4 vmalloc N0=4
0xffff80000a018000-0xffff80000a01d000   20480 kernel_clone+0xa0/0x4b0 pages=4 vmalloc N0=4
0xffff80000a031000-0xffff80000a037000   24576 unpurged vm_area
=== /proc/iomem
09000000-09000fff : pl011@9000000
  09000000-09000fff : 9000000.pl011 pl011@9000000
40000000-7fffffff : System RAM
  40210000-4185ffff : Kernel code
  48000000-481cbfff : reserved
=== /sys/kernel/debug/kernel_page_tables
cat: can't open '/sys/kernel/debug/kernel_page_tables': No such file or directory
=== end
[    9.9] reboot: Power down
"""
OURS = """[    0.000000] Virtual kernel memory layout, from the top:
[    0.000000]  |   fixmap : 0xfffffbfffd9fa000 - 0xfffffbfffe000000 6168 KiB |
[    0.000000]  :                                                     218 MiB :
[    0.000000]  |  vmalloc : 0xffff800008000000 - 0xfffffbfff0000000  124 TiB |
[    0.000000]  |    .text : 0xffff800008000000 - 0xffff800008064000  400 KiB |
=== /proc/version
Mercator version 0.1 #1 aarch64
=== /proc/vmallocinfo
0xffff800008150000-0xffff800008161000   69632 of_iomap+0x24/0x40 phys=0x0000000008000000 ioremap
0xffff800008148000-0xffff80000814d000   20480 copy_process+0x14/0x1c0 pages=4 vmalloc
0xfffffbffe0000000-0xfffffbffe0004000   16384 iotable_init+0x0/0x1f0 phys=0x000000000a000000 ioremap
0xfffffbffe1000000-0xfffffbffe1004000   16384 unheard_of+0x0/0x1f0 phys=0x000000000b000000 ioremap
=== /proc/iomem
09000000-09000fff : pl011@9000000
  09000000-09000fff : 9000000.pl011 pl011@9000000
40000000-7fffffff : System RAM
  40200000-40290fff : Kernel code
"""
PTDUMP = """---[ Linear Mapping start ]---
0xffff000000000000-0xffff000000200000           2M PMD       RW NX SHD AF
0xffff000000200000-0xffff000000210000          64K PTE       RW NX SHD AF
---[ vmalloc() area ]---
0xffff800008000000-0xffff800008010000          64K PTE       ro x  SHD AF
"""


@pytest.fixture
def shown(capsys):
    """A function: what is printed of two consoles, in lines without blanks in a row."""
    def run(linux, ours, arch="arm64"):
        compare.compare(arch, compare.sections(linux), compare.sections(ours))
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    return run


def behind(lines, line):
    return lines[lines.index(line) + 1]


def test_rows_are_read():
    assert compare.parse_areas(compare.sections(LINUX)[compare.VMALLOCINFO])[1:] == [
        (0xffff80000a020000, 69632, "of_iomap", "ioremap", 0x8000000),
        (0xffff800008008000, 20480, "kernel_clone", "vmalloc", None),
        (0xffff80000a018000, 20480, "kernel_clone", "vmalloc", None),
        (0xffff80000a031000, 24576, "", "unpurged", None)]
    assert compare.parse_iomem(compare.sections(OURS)[compare.IOMEM])[3] == (
        1, 0x40200000, 0x40290fff, "Kernel code")
    assert compare.parse_layout(OURS) == [
        (0xfffffbfffd9fa000, 0xfffffbfffdffffff, "fixmap"),
        (0xffff800008000000, 0xfffffbffefffffff, "vmalloc")]


def test_both_versions_are_shown(shown):
    lines = shown(LINUX, OURS)
    assert "Linux: 6.1.0-9-arm64, #1 SMP Debian 6.1.9-1 (2024-01-02)" in lines
    assert "Mercator: Mercator version 0.1 #1 aarch64" in lines


def test_a_row_of_both_needs_no_reason(shown):
    lines = shown(LINUX, OURS)
    same = "0x08000000 GIC distributor 69632 of_iomap 69632 of_iomap"
    assert behind(lines, same).startswith("0x08020000 ")
    assert "40000000-7fffffff : System RAM 40000000-7fffffff : System RAM" in lines


@pytest.mark.parametrize("row, reason", [
    ("0x08020000 GIC, messages 8192 gicv2m_init -", "Linux maps the GIC's frame for messages"),
    ("0x0a000000 virtio - 16384 iotable_init", "Mercator maps two windows of this machine"),
    ("0x0b000000 - 16384 unheard_of", "NEW: explained.txt does not know this difference"),
    ("vmalloc 2 40960 kernel_clone 1 20480 copy_process", "The stack of each thread."),
    ("unpurged 1 24576 -", "Unmapped already, but the TLB is not flushed"),
    ("40210000-4185ffff : Kernel code 40200000-40290fff : Kernel code", "Another image."),
    ("48000000-481cbfff : reserved -", "What memblock keeps"),
    ("fffffbfff0000000 - fffffbfffdffffff fixed mappings (top down) "
     "fffffbfffd9fa000 - fffffbfffdffffff", "The document names the space"),
])
def test_a_difference_has_its_reason(shown, row, reason):
    assert behind(shown(LINUX, OURS), row).startswith(reason)


def test_page_tables_are_compared_where_linux_offers_them(shown):
    lines = shown(LINUX, OURS + f"=== {compare.PTDUMP}\n{PTDUMP}")
    assert lines[-1].startswith("not compared: this Linux does not offer the file")
    offered = LINUX.replace("cat: can't open", PTDUMP + "cat: can't open")
    lines = shown(offered, OURS + f"=== {compare.PTDUMP}\n{PTDUMP}")
    assert lines[-2:] == ["Linear Mapping start 2 2", "vmalloc() area 1 1"]


def test_another_version_is_said_to_have_no_table(shown):
    lines = shown(LINUX.replace("6.1.0-9", "6.99.0-9"), OURS)
    assert "not compared: tools/beside has no layout-6.99.txt" in lines


@pytest.mark.parametrize("linux, ours, who", [
    ("[ 1.0] Kernel panic - not syncing: no memory\n", OURS, "Linux"),
    (LINUX, "Kernel panic - not syncing: no memory\n", "Mercator"),
])
def test_a_kernel_that_does_not_come_up_is_quoted(linux, ours, who):
    with pytest.raises(SystemExit, match=f"(?s){who} did not get as far.*panic.*no memory"):
        compare.compare("arm64", compare.sections(linux), compare.sections(ours))


# --- the real thing ---

def fetch(arch):
    package(arch, "busybox-static")
    package(arch, KERNELS[arch])


def test_linux_has_a_shell_and_ends(arch):
    fetch(arch)
    done = make("linux-cmd", f"ARCH={arch}")
    files = re.findall(r"build/apt/\S+/(?:vmlinuz|linux\.cpio)", done.stdout)
    assert len(files) == 2 and make(f"ARCH={arch}", *files).returncode == 0
    with Machine(arch, log="linux", edit=lambda _: shlex.split(done.stdout),
                 timeout=120) as machine:
        machine.expect(["Linux (6[^,]*), with the shell of busybox"])
        release = machine.child.match[1]
        machine.expect(["/ # "])
        machine.child.send("cat /proc/version /proc/vmallocinfo\r")
        machine.expect([f"Linux version {re.escape(release)} "])
        machine.expect([r"0x[0-9a-f]+-0x[0-9a-f]+ +8192 \S+ phys=0x0*9000000 ioremap"])
        machine.child.send({"arm64": "poweroff\r", "arm": "exit\r"}[arch])
        text, status = machine.wait_exit()
        assert status == 0 and "Power down" in text


def test_all_differences_have_reasons(arch):
    fetch(arch)
    done = make("compare-linux", f"ARCH={arch}")
    assert done.returncode == 0, done.stderr
    assert "NEW:" not in done.stdout, done.stdout
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    clock = re.compile("0x09010000 clock 8192 (devm_ioremap|__ioremap_prot) 8192 devm_ioremap")
    assert any(map(clock.fullmatch, lines))
    assert "40000000-5fffffff : System RAM 40000000-5fffffff : System RAM" in lines
    vmalloc = {"arm": ("VMALLOC_START -",),  # of 6.1 and of 6.12
               "arm64": ("ffff800008000000 -", "ffff800080000000 -")}[arch]
    assert any(line.startswith(vmalloc) for line in lines)
