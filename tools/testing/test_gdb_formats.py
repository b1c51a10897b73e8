# SPDX-License-Identifier: MIT
"""The part of `mercator` that knows no GDB: both formats over any memory, words and constants."""

import os
import struct
import subprocess
import sys

import pytest

from qemu import ROOT

sys.path.append(os.path.join(ROOT, "tools", "gdb"))
from mercator import arm, arm64, fields, report  # noqa: E402
from mercator.constants import Constants, Unknown  # noqa: E402
from mercator.elf import Elf  # noqa: E402
from mercator.tables import Unreadable, Unsupported, scan, walk  # noqa: E402

FORMATS = {"arm": arm, "arm64": arm64}
PAGE = 1 << 12
LEAF64 = 0x0060000000000701  # a block of MEM/NORMAL: valid, shareable, accessed, never executed


class Ram:
    """Memory as a dictionary of words; what is not in it is 0, and what is above the end fails."""

    def __init__(self, size, words, end=1 << 20):
        self.size, self.words, self.end = size, words, end

    def read(self, addr, count):
        if addr + count > self.end:
            raise Unreadable(addr, "behind the end")
        return b"".join(self.words.get(at, 0).to_bytes(self.size, "little")
                        for at in range(addr, addr + count, self.size))


def test_no_gdb_is_needed():
    """In a Python of its own, which has no module gdb."""
    code = "import mercator.report, mercator.arm, mercator.arm64, mercator.elf, sys;" \
           " print('gdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=os.path.join(ROOT, "tools/gdb"),
                          capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


@pytest.mark.parametrize("addr, depth, phys", [
    (0xffff000000000000, 4, 0x8000), (0xffff000000000123, 4, 0x8123),
    (0xffff000000200042, 3, 0x40200042), (0xffff000040000042, 2, 0x80000042),
    (0xffff000000001000, 4, None), (0xffff008000000000, 1, None),
])
def test_arm64_pages_and_blocks(addr, depth, phys):
    fmt = arm64.Format(Constants("arm64"))
    ram = Ram(8, {0x1000: 0x2003, 0x2000: 0x3003, 0x2008: LEAF64 | 0x80000000,
                  0x3000: 0x4003, 0x3008: LEAF64 | 0x40200000, 0x4000: LEAF64 | 0x8002})
    steps = walk(fmt, 0x1000, addr, ram.read)
    assert len(steps) == depth and [step.table for step in steps] == [
        0x1000, 0x2000, 0x3000, 0x4000][:depth]
    assert (steps[-1].physical(addr) if steps[-1].entry.kind == "leaf" else None) == phys
    if depth == 3:
        assert report.row(fmt, steps[-1]).endswith("RW NX SHD AF BLK UXN MEM/NORMAL")


@pytest.mark.parametrize("addr, depth, phys", [
    (0x00000123, 2, 0x08000123), (0x00001000, 2, None), (0x00100042, 1, 0x90000042),
    (0x10000000, 1, 0x4010000000), (0x10f00042, 1, 0x4010f00042), (0x20000000, 1, None),
    (0x00010042, 2, 0x0a010042), (0x0001f042, 2, 0x0a01f042),
])
def test_arm_pages_sections_and_supersections(addr, depth, phys):
    """Also a large page, which Mercator never makes but another program may."""
    fmt = arm.Format(Constants("arm"))
    table = {0x4000: 0x1041, 0x4004: 0x9000045e}  # a table, a section
    table |= {0x4000 + 4 * (0x100 + n): 0x10040412 | 4 << 5 for n in range(16)}  # 0x4010000000
    pages = {0x1000: 0x08000012} | {0x1000 + 4 * (16 + n): 0x0a010001 for n in range(16)}
    steps = walk(fmt, 0x4000, addr, Ram(4, table | pages).read)
    assert len(steps) == depth
    assert (steps[-1].physical(addr) if steps[-1].entry.kind == "leaf" else None) == phys


@pytest.mark.parametrize("tcr, low, high", [
    (0x4b5103510, (4, 12, 48), (4, 12, 48)),          # the kernel's
    (25 | 25 << 16 | 2 << 30, (3, 12, 39), (3, 12, 39)),
    (16 | 1 << 14 | 22 << 16 | 3 << 30, (3, 16, 48), (2, 16, 42)),   # 64 KiB
    (17 | 2 << 14 | 17 << 16 | 1 << 30, (3, 14, 47), (3, 14, 47)),   # 16 KiB
    (16 | 1 << 7 | 16 << 16 | 2 << 30, None, (4, 12, 48)),   # TTBR0 switched off
])
def test_arm64_shapes_come_from_the_registers(tcr, low, high):
    registers = {"TCR_EL1": tcr, "TTBR0_EL1": 0x41 << 48 | 0x1001, "TTBR1_EL1": 0x2000}
    found = {half.register: half for half in arm64.halves(Constants("arm64"), registers)}
    for name, shape in (("TTBR0_EL1", low), ("TTBR1_EL1", high)):
        assert (name in found) == (shape is not None)
        if shape:
            half = found[name]
            assert (len(half.format.levels), half.format.page_shift) == shape[:2]
            assert half.end - half.start == 1 << shape[2]
            assert half.table == {"TTBR0_EL1": 0x1000, "TTBR1_EL1": 0x2000}[name]


def test_arm_splits_by_ttbcr():
    constants = Constants("arm")
    one, = arm.halves(constants, {"TTBCR": 0, "TTBR0": 0x4000406a, "TTBR1": 0x8000})
    assert (one.table, one.start, one.end) == (0x40004000, 0, 1 << 32)
    low, high = arm.halves(constants, {"TTBCR": 1, "TTBR0": 0x4000206a, "TTBR1": 0x4000806a})
    assert (low.table, low.end) == (0x40002000, 1 << 31)
    assert (high.table, high.start) == (0x40008000, 1 << 31)
    assert high.format.index(high.format.levels[0], 0xc0000000) == 0xc00


@pytest.mark.parametrize("module, registers, word", [
    (arm, {"TTBCR": 1 << 31, "TTBR0": 0, "TTBR1": 0}, "TTBCR.EAE"),
    (arm64, {"TCR_EL1": 1 << 59 | 16, "TTBR0_EL1": 0, "TTBR1_EL1": 0}, "TCR_EL1.DS"),
    (arm64, {"TCR_EL1": 16 | 3 << 14, "TTBR0_EL1": 0, "TTBR1_EL1": 0}, "granule"),
])
def test_what_is_not_decoded_is_refused_by_name(module, registers, word):
    with pytest.raises(Unsupported, match=word):
        module.halves(Constants("arm64" if module is arm64 else "arm"), registers)


def test_scan_ends_at_its_bounds():
    fmt = arm64.Format(Constants("arm64"))
    ram = Ram(8, {0x1000: 0x2003, 0x2000: 0x3003, 0x3000: 0x4003,
                  **{0x4000 + 8 * n: LEAF64 | 2 | n * PAGE for n in range(8)}})
    start = 0xffff000000000000
    leaves = [found.addr for found in scan(fmt, 0x1000, start + 2 * PAGE, start + 5 * PAGE,
                                           ram.read)
              if found.entry.kind == "leaf"]
    assert leaves == [start + n * PAGE for n in (2, 3, 4)]
    lines = report.dump_lines(fmt, 0x1000, start, start + 3 * PAGE, ram.read, {start: ["here"]})
    assert lines == ["---[ here ]---", f"0x{start:x}-0x{start + 3 * PAGE:x}          12K PTE  "
                     "     RW NX SHD AF            UXN MEM/NORMAL"]


def test_a_table_that_cannot_be_read():
    fmt = arm64.Format(Constants("arm64"))
    with pytest.raises(Unreadable, match="0x9000000: behind the end"):
        walk(fmt, 0x1000, 0xffff000000000000, Ram(8, {0x1000: 0x9000003}).read)


# --- what C has computed, too ---

TABLES = {"arm64": {"TABLE": "table_fields", "PTE": "pte_fields"},
          "arm": {"TABLE": "table_fields", "SECT": "sect_fields", "PTE": "pte_fields"}}


def text_at(elf, addr):
    if not addr:
        return None
    text = b""
    while b"\0" not in text:
        text += elf.read(addr + len(text), 1)
    return text[:-1].decode()


def test_fields_are_those_that_the_compiler_made(arch):
    """Mask and value of each row, computed from the headers, against the image's own table."""
    elf = Elf(os.path.join(ROOT, "build", arch, "kernel.elf"))
    row = struct.Struct("<QQQQ" if arch == "arm64" else "<QQII")
    for kind, name in TABLES[arch].items():
        rows = fields.read_fields(arch)[kind]
        data = elf.read(elf.address(name), row.size * (len(rows) + 1))
        values = [row.unpack_from(data, n * row.size) for n in range(len(rows) + 1)]
        made = [(mask, value, text_at(elf, word), text_at(elf, sentence))
                for mask, value, word, sentence in values]
        assert made == [*rows, (0, 0, None, None)] and len(rows) > 0


def test_constants_of_several_kinds(arch):
    """Shifts, enumerators, macros with arguments, and what needs a variable of the kernel."""
    constants = Constants(arch, {"high_memory": 0xd0000000}.__getitem__)
    assert constants["PAGE_SIZE"] == PAGE and constants["MT_IOREMAP_WC"] == 3
    assert constants.value("pte_index(5 * PAGE_SIZE)") == 5
    assert constants["VMALLOC_START"] == {"arm64": 0xffff800008000000, "arm": 0xd0800000}[arch]
    assert constants["__end_of_fixed_addresses"] == {"arm64": 0x606, "arm": 0x202}[arch]
    assert constants["PTE_ADDR_MASK"] == {"arm64": 0xfffffffff000, "arm": 0xfffff000}[arch]
    for wrong in ("NO_SUCH_NAME", "1 +", '"text"'):
        with pytest.raises(Unknown):
            constants.value(wrong)


def test_symbols_as_nm_has_them(arch):
    elf = Elf(os.path.join(ROOT, "build", arch, "kernel.elf"))
    assert elf.arch == arch and elf.start < elf.address("start_kernel") < elf.end
    where = elf.address("ioremap")
    assert elf.names.text(where + 4).startswith("ioremap+0x4/0x") and elf.names.text(5) == "0x5"
    assert elf.names.find(elf.address("__start_rodata")) is None
    with pytest.raises(ValueError, match="not an ELF file"):
        Elf(os.path.join(ROOT, "Makefile"))
