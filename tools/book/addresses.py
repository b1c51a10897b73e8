# SPDX-License-Identifier: MIT
"""The address spaces to scale: each picture is three columns, each a part of the one before.

Regions and their bounds are those of arch/<arch>/regions.c. The bounds that boot fills in there are
those of a machine with MEMORY bytes of RAM, which is what `make run` starts.
"""

import re

from mercator.constants import Constants, arguments, source
from mercator.fields import text_of
from svg import MARGIN, Picture, size_text, spread

MEMORY = 512 << 20
TOP, BOTTOM = 64, 520  # of a column
COLUMN, STEP = 84, 300
VISIBLE = 4            # pixels

FILL = {"vector": "code", "fixmap": "fix", "fdt": "fix", "vmalloc": "area", "lowmem": "ram",
        "pkmap": "ram", "modules": "code", "PCI I/O": "io", "static mappings": "io",
        "linear map": "empty"}

# The bounds that regions_init() fills in: they are 0 in the table.
AT_BOOT = {"lowmem": ("PAGE_OFFSET", "high_memory"), "vmalloc": ("VMALLOC_START", "VMALLOC_END")}

# Windows inside a region, which have no row in the table: each is drawn over its region.
WINDOWS = {
    "arm": [("PCI I/O", "PCI_IO_START", "PCI_IO_END"),
            ("static mappings", "STATIC_IO_BASE", "VMALLOC_END"),
            ("hole", "high_memory", "VMALLOC_START")],
    "arm64": [("room for the image", "KIMAGE_VADDR", "KIMAGE_VADDR + IMAGE_MAX_SIZE"),
              ("static mappings", "STATIC_IO_BASE", "VMALLOC_END")],
}

# Each column: title, first address, last address and 1. 2^64 does not fit into 64 bits, -1 does.
COLUMNS = {
    "arm": [("all 4 GiB", "0", "0x100000000"),
            ("the kernel's part", "KERNEL_HALF_START", "0x100000000"),
            ("its last 24 MiB", "PCI_IO_START - 0x600000", "0x100000000")],
    "arm64": [("all 16 EiB", "0", "-1"),
              ("the kernel's 256 TiB", "KERNEL_HALF_START", "-1"),
              ("512 MiB of it", "STATIC_IO_BASE", "STATIC_IO_BASE + SZ_512M")],
}


def constants_of(arch):
    """The constants, with high_memory as on a machine with MEMORY bytes."""
    numbers = Constants(arch)
    numbers.variables = {"high_memory": numbers["PAGE_OFFSET"] + MEMORY}.__getitem__
    return numbers


def regions(arch):
    """[(name, start, end)] in ascending order: the rows of regions.c that have a place of their
    own, user space, and arm64's linear map, on which lowmem lies."""
    numbers, text = constants_of(arch), source("arch/{arch}/regions.c", arch)
    found = [("user space", 0, numbers["TASK_SIZE"])]
    for row in re.finditer(r"= REGION\(", text):
        (start, end, name, sentence, *_), _ = arguments(text, row.end() - 1)
        name = text_of(name) or text_of(sentence).removeprefix("the ").split(",")[0]
        start, end = AT_BOOT.get(name, (start, end))
        found.append((name, numbers.value(start), numbers.value(end)))
    windows = [(name, numbers.value(start), numbers.value(end))
               for name, start, end in WINDOWS[arch]]
    return sorted(found + windows, key=lambda row: (row[1], -row[2]))


class Column:
    """A part of the address space, drawn to scale between TOP and BOTTOM."""

    def __init__(self, x, start, end):
        self.x, self.start, self.end = x, start, end

    def y(self, address):
        share = (address - self.start) / (self.end - self.start)
        return BOTTOM - share * (BOTTOM - TOP)

    def rows(self, everything):
        """The regions that are inside, each cut to what is inside."""
        return [(name, max(start, self.start), min(end, self.end))
                for name, start, end in everything if start < self.end and end > self.start]

    def shows(self, row):
        """Is the region large enough here to be seen as a box?"""
        return self.y(row[1]) - self.y(row[2]) >= VISIBLE


def draw_column(picture, column, title, everything):
    picture.text(column.x, TOP - 24, title, "head")
    picture.text(column.x, TOP - 9, "to scale: " + size_text(column.end - column.start), "dim")
    picture.box(column.x, TOP, COLUMN, BOTTOM - TOP, "empty")
    for name, start, end in column.rows(everything):
        height = max(column.y(start) - column.y(end), 1)  # what is too thin is a line
        picture.box(column.x, column.y(end), COLUMN, height, FILL.get(name, "plain"))


def label(picture, column, rows, everything):
    """Writes names and sizes beside the column, from its top downwards."""
    rows = sorted(rows, key=lambda row: row[1] + row[2], reverse=True)
    middles = [column.y((start + end) / 2) for _, start, end in rows]
    places = spread(middles, 31, TOP + 6, BOTTOM - 16)
    edge = column.x + COLUMN
    for (name, _, _), middle, place in zip(rows, middles, places):
        first, last = next(row[1:] for row in everything if row[0] == name)
        picture.line((edge, middle), (edge + 8, middle), (edge + 16, place), (edge + 20, place))
        picture.text(edge + 24, place + 3, f"{name}, {size_text(last - first)}", "halo",
                     room=STEP - COLUMN - 40, size=10)
        picture.text(edge + 24, place + 15, f"from {first:#x}", "dim halo", size=10)


def labelled(columns, everything):
    """A list of rows for each column. A region has its name in the first column that shows it
    as a box, or else in the last one that it is in."""
    result = [[] for _ in columns]
    for region in everything:
        inside = [(i, row) for i, column in enumerate(columns) for row in column.rows([region])]
        i, row = next((pair for pair in inside if columns[pair[0]].shows(pair[1])), inside[-1])
        result[i].append(row)
    return result


def draw(arch):
    numbers, everything = constants_of(arch), regions(arch)
    described = "; ".join(f"{name} from {start:#x} to {end:#x}, {size_text(end - start)}"
                          for name, start, end in everything)
    picture = Picture(3 * STEP + MARGIN, BOTTOM + 40, f"The address space of {arch}, to scale",
                      f"Three columns, each a part of the one before. {described}.")
    columns = []
    for i, (title, start, end) in enumerate(COLUMNS[arch]):
        last = numbers.value(end) + (end == "-1")
        columns.append(Column(MARGIN + i * STEP, numbers.value(start), last))
        if i:  # what of the column before it shows
            before, this = columns[-2:]
            left = before.x + COLUMN
            for address, y in ((this.start, BOTTOM), (this.end, TOP)):
                picture.line((left, before.y(address)), (this.x, y), look="edge dash")
    for column, (title, _, _), rows in zip(columns, COLUMNS[arch], labelled(columns, everything)):
        draw_column(picture, column, title, everything)
        label(picture, column, rows, everything)
    picture.text(MARGIN, BOTTOM + 24, f"{size_text(MEMORY)} of RAM. A line is a region that is"
                 " thinner than a line at this scale.", "dim")
    return picture
