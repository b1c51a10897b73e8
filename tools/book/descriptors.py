# SPDX-License-Identifier: MIT
"""The formats of a descriptor, bit by bit.

Where a field lies is a mask of asm/pgtable.h. What its values mean is in asm/fields.def, in the
words that `walk` and `ptdump` print. A row of fields.def whose bits no field here holds is an
error.
"""

from typing import NamedTuple

from mercator.constants import Constants
from mercator.fields import read_fields
from svg import MARGIN, Picture

BIT, HIGH = 27, 46     # pixels of a cell
ROW = 32               # bits in a row of cells
LINE = 15
WIDTH = ROW * BIT + 2 * MARGIN


class Cell(NamedTuple):
    """A field: its name in the Arm ARM, its mask (in C), the colour of its kind."""
    name: str
    mask: str
    fill: str = "plain"


class Format(NamedTuple):
    """A descriptor: what it is, what tells it from others, its words in fields.def, its cells."""
    title: str
    value: str  # the bits of the cell "type"
    words: str
    cells: tuple


ARM_TYPE = Cell("type", "PMD_TYPE_MASK", "code")
ARM_SECTION = (
    Cell("S", "PMD_SECT_S", "area"), Cell("AP[2]", "PMD_SECT_APX", "fix"),
    Cell("TEX", "PMD_SECT_TEX(7)", "area"),
    Cell("AP[1:0]", "PMD_SECT_AP_READ | PMD_SECT_AP_WRITE", "fix"),
    Cell("XN", "PMD_SECT_XN", "fix"), Cell("C", "PMD_SECT_C", "area"),
    Cell("B", "PMD_SECT_B", "area"), ARM_TYPE)
ARM64_LEAF = (
    Cell("UXN", "PTE_UXN", "fix"), Cell("PXN", "PTE_PXN", "fix"), Cell("Cont", "PTE_CONT"),
    Cell("nG", "PTE_NG"), Cell("AF", "PTE_AF"), Cell("SH", "PTE_SHARED", "area"),
    Cell("AP[2]", "PTE_RDONLY", "fix"), Cell("AP[1]", "PTE_USER", "fix"),
    Cell("AttrIndx", "PTE_ATTRINDX_MASK", "area"), Cell("type", "PTE_TYPE_MASK", "code"))

FORMATS = {
    "arm": [
        Format("first level, table of 256 entries", "PMD_TYPE_TABLE", "TABLE", (
            Cell("address of the table", "-PTE_HWTABLE_SIZE & 0xffffffff", "ram"),
            Cell("domain", "PMD_DOMAIN_MASK", "io"), ARM_TYPE)),
        Format("first level, section of 1 MiB", "PMD_TYPE_SECT", "SECT", (
            Cell("address", "SECTION_MASK & 0xffffffff", "ram"),
            Cell("super", "PMD_SECT_SUPER", "code"), Cell("domain", "PMD_DOMAIN_MASK", "io"),
            *ARM_SECTION)),
        Format("first level, one of 16 equal entries of a supersection of 16 MiB",
               "PMD_TYPE_SECT", "SECT", (
                   Cell("address 31:24", "__supersection_entry(0xff000000, 0) & ~PMD_SECT_SUPER",
                        "ram"),
                   Cell("35:32", "__supersection_entry(0xf << 32, 0) & ~PMD_SECT_SUPER", "ram"),
                   Cell("super", "PMD_SECT_SUPER", "code"),
                   Cell("39:36", "__supersection_entry(0xf << 36, 0) & ~PMD_SECT_SUPER", "ram"),
                   *ARM_SECTION)),
        Format("second level, small page of 4 KiB", "PTE_TYPE_SMALL", "PTE", (
            Cell("address", "PTE_ADDR_MASK", "ram"), Cell("nG", "PTE_EXT_NG"),
            Cell("S", "PTE_EXT_SHARED", "area"), Cell("AP[2]", "PTE_EXT_APX", "fix"),
            Cell("TEX", "PTE_EXT_TEX(7)", "area"),
            Cell("AP[1:0]", "PTE_EXT_AP1 | PTE_EXT_AP0", "fix"), Cell("C", "PTE_C", "area"),
            Cell("B", "PTE_B", "area"), Cell("type", "PTE_TYPE_SMALL", "code"),
            Cell("XN", "PTE_EXT_XN", "fix"))),
    ],
    "arm64": [
        Format("pgd, pud or pmd: table of 512 entries", "PTE_TYPE_TABLE", "TABLE", (
            Cell("address of the table", "PTE_ADDR_MASK", "ram"),
            Cell("type", "PTE_TYPE_MASK", "code"))),
        Format("pud: block of 1 GiB", "PTE_TYPE_BLOCK", "PTE", (
            Cell("address", "PTE_ADDR_MASK & PUD_MASK", "ram"), *ARM64_LEAF)),
        Format("pmd: block of 2 MiB", "PTE_TYPE_BLOCK", "PTE", (
            Cell("address", "PTE_ADDR_MASK & PMD_MASK", "ram"), *ARM64_LEAF)),
        Format("pte: page of 4 KiB", "PTE_TYPE_PAGE", "PTE", (
            Cell("address", "PTE_ADDR_MASK", "ram"), *ARM64_LEAF)),
    ],
}
BITS = {"arm": 32, "arm64": 64}


class Mismatch(Exception):
    """pgtable.h, fields.def and the cells of a picture do not agree."""


def bits_of(mask):
    """(highest, lowest) bit; a field is one run of ones."""
    high, low = mask.bit_length() - 1, (mask & -mask).bit_length() - 1
    if mask != (2 << high) - (1 << low):
        raise Mismatch(f"{mask:#x} is not one run of bits")
    return high, low


def measured(arch, form):
    """[(cell, mask)] of a format, with the highest first."""
    numbers = Constants(arch)
    cells = [(cell, numbers.value(cell.mask)) for cell in form.cells]
    taken = 0
    for cell, mask in cells:
        if taken & mask:
            raise Mismatch(f"{arch}, {form.title}: {cell.name} overlaps another field")
        taken |= mask
    for field in read_fields(arch)[form.words]:
        # A supersection has its words in the list of the section, whose domain it lacks.
        if field.mask & ~taken and "super" not in form.title:
            raise Mismatch(f"{arch}, {form.title}: no field holds {field.mask & ~taken:#x},"
                           f" which fields.def calls {field.word.strip()}")
    return sorted(cells, key=lambda pair: -pair[1])


def draw_cell(picture, cell, span, top, text):
    """The part of a cell that lies in one row of bits: span is its (highest, lowest) there."""
    high, low = span[0] % ROW, span[1] % ROW
    x, width = MARGIN + (ROW - 1 - high) * BIT, (high - low + 1) * BIT
    picture.box(x, top, width, HIGH, cell.fill)
    middle = x + width / 2
    if len(cell.name) * 6.3 <= width - 4:
        picture.text(middle, top + 20, cell.name, anchor="middle", size=10)
        picture.text(middle, top + 36, text, "dim", "middle", size=9)
    else:
        picture.text(middle + 3, top + HIGH / 2, cell.name, anchor="middle", size=9,
                     room=HIGH, upright=False)


def draw_row(picture, cells, first, top, kind):
    """Bits first + 31 to first."""
    picture.box(MARGIN, top, ROW * BIT, HIGH, "empty")
    for bit in range(ROW):
        x = MARGIN + (ROW - 1 - bit) * BIT
        if not any(mask >> (first + bit) & 1 for _, mask in cells):
            picture.box(x, top, BIT, HIGH, "empty")
        picture.text(x + BIT / 2, top - 3, str(first + bit), "dim", "middle", size=9)
    for cell, mask in cells:
        high, low = bits_of(mask)
        span = (min(high, first + ROW - 1), max(low, first))
        if span[0] < span[1]:
            continue
        text = f"{span[0]}:{span[1]}" if span[0] - span[1] else str(span[0])
        draw_cell(picture, cell, span, top, kind if cell.name == "type" else text)


def legend(arch, words, cells):
    """[(name, bits, [(value, word, sentence)])] of the fields that fields.def has words for."""
    result = []
    fields = [field for field in read_fields(arch)[words] if field.sentence]
    for mask in dict.fromkeys(field.mask for field in fields):
        names = [cell.name if own & mask == own else f"{cell.name}, bit {bits_low(mask)}"
                 for cell, own in cells if own & mask]
        rows = [(field.value >> bits_low(mask), field.word.strip(), field.sentence)
                for field in fields if field.mask == mask]
        result.append((" ".join(names), mask, rows))
    return result


def bits_low(mask):
    return (mask & -mask).bit_length() - 1


def value_text(mask, value):
    """The bits of a mask, from its highest: those that it does not hold are left out."""
    value <<= bits_low(mask)
    return "".join(str(value >> bit & 1) for bit in reversed(range(mask.bit_length()))
                   if mask >> bit & 1)


def draw_legend(picture, top, entries):
    for name, mask, rows in entries:
        picture.text(MARGIN, top, name, "head", size=10)
        for value, word, sentence in rows:
            picture.text(MARGIN + 170, top, value_text(mask, value), anchor="end", size=10)
            picture.text(MARGIN + 184, top, word, size=10, room=150)
            picture.text(MARGIN + 320, top, sentence, "dim", size=10)
            top += LINE
        top += 3
    return top


def heights(arch):
    """The height of one format's drawing: a title, and a row of cells for each 32 bits."""
    return 26 + BITS[arch] // ROW * (HIGH + 20)


def draw(arch):
    forms = FORMATS[arch]
    cells = [measured(arch, form) for form in forms]
    lists = [(forms[i].title, legend(arch, forms[i].words, cells[i]))
             for i in {"arm": (0, 1, 3), "arm64": (3,)}[arch]]
    lines = sum(LINE * len(rows) + 3 for _, entries in lists for *_, rows in entries)
    below = lines + 32 * len(lists) + 20
    described = "; ".join(
        form.title + ": " + ", ".join(f"{cell.name} in bits {bits_of(mask)[0]} to "
                                      f"{bits_of(mask)[1]}" for cell, mask in row)
        for form, row in zip(forms, cells))
    picture = Picture(WIDTH, MARGIN + len(forms) * heights(arch) + below,
                      f"The descriptors of {arch}, bit by bit", described + ".")
    top = MARGIN
    for form, row in zip(forms, cells):
        picture.text(MARGIN, top + 8, form.title, "head", size=12)
        kind = f"{Constants(arch)[form.value]:02b}"[:2 if "small" not in form.title else 1]
        for i in reversed(range(BITS[arch] // ROW)):
            y = top + 26 + (BITS[arch] // ROW - 1 - i) * (HIGH + 20)
            draw_row(picture, row, i * ROW, y, kind)
        top += heights(arch)
    for title, entries in lists:
        what = "the words for a leaf" if arch == "arm64" else f"the words for: {title}"
        picture.text(MARGIN, top + 14, what, "head", size=12)
        top = draw_legend(picture, top + 32, entries)
    return picture
