# SPDX-License-Identifier: MIT
"""What each memory type promises: the same accesses of a program, and what the bus may see of them.

The bits and words of a type are those of arch/<arch>/mem_types.c and asm/fields.def; which call
gives which type is in asm/mem_type.h.
"""

import re
from typing import NamedTuple

from mercator.constants import Constants, source
from mercator.fields import matching, read_fields
from svg import MARGIN, Picture

WIDTH, ROW, TOP = 880, 128, 52
PROGRAM, BUS, DEVICE = MARGIN + 8, 290, 560
CELL, HIGH = 62, 26


class Kind(NamedTuple):
    """A kind of memory: its words in fields.def, and what may happen to the accesses."""
    name: str
    arm: str
    arm64: str
    fill: str
    bus: tuple    # (text, cells wide) of each transfer
    promise: tuple


ACCESSES = ("A = 1", "A = 2", "B = 3")
KINDS = (
    Kind("strongly ordered", "SO/UNCACHED", "DEVICE/nGnRnE", "io",
         (("A = 1", 1), ("A = 2", 1), ("B = 3", 1)),
         ("each access, as it is, in order", "a write is done when the device says so")),
    Kind("device", "DEV/SHARED", "DEVICE/nGnRE", "fix",
         (("A = 1", 1), ("A = 2", 1), ("B = 3", 1)),
         ("each access, as it is, in order", "a write may be called done on its way")),
    Kind("normal, uncached", "MEM/BUFFERABLE/WC", "MEM/NORMAL-NC", "ram",
         (("B = 3", 1), ("A = 2", 1), ("read C", 1)),
         ("may be gathered, in any order", "and read ahead; no copy in a cache")),
    Kind("normal, cached", "MEM/CACHED/WBWA", "MEM/NORMAL", "area",
         (("a line of 64 bytes, later", 3),),
         ("the cache answers; RAM may be older", "until the line is written back")),
)
CALLS = {"ioremap()": "MT_IOREMAP", "ioremap_wc()": "MT_IOREMAP_WC",
         "ioremap_wt()": "MT_IOREMAP_WT", "ioremap_cache()": "MT_IOREMAP_CACHE"}
ROWS = {"arm": r"\[(MT_\w+)\]\s*=\s*IO_TYPE\(\"\w+\",\s*([^,]+),",
        "arm64": r"\[(MT_\w+)\] = \{ \"\w+\", \{ (.+?) \} \}"}
FIELD = {"arm": ("PTE_MT_MASK", "TEX C B"), "arm64": ("PTE_ATTRINDX_MASK", "AttrIndx")}


class Missing(Exception):
    """fields.def has no word for the memory type of a row of mem_types.c."""


def types(arch):
    """{MT_ name: the word of its memory type} from mem_types.c."""
    numbers, mask = Constants(arch), FIELD[arch][0]
    fields = [field for field in read_fields(arch)["PTE"] if field.mask == numbers[mask]]
    found = {}
    for name, bits in re.findall(ROWS[arch], source("arch/{arch}/mem_types.c", arch)):
        words = matching(fields, numbers.value(f"({bits}) & {mask}"))
        if not words:
            raise Missing(f"{arch}: {name}")
        found[name] = words[0].word.strip()
    return found


def bits_text(arch, word):
    """The bits that say so: on arm five in the entry, on arm64 an index and its byte of MAIR."""
    numbers, (mask, name) = Constants(arch), FIELD[arch]
    value = next(field.value for field in read_fields(arch)["PTE"]
                 if field.mask == numbers[mask] and field.word.strip() == word)
    if arch == "arm64":
        index = value // (numbers[mask] & -numbers[mask])
        return f"{name} {index}, MAIR byte 0x{numbers['MAIR_VALUE'] >> 8 * index & 0xff:02x}"
    bits = "".join(str(value >> bit & 1) for bit in range(31, -1, -1) if numbers[mask] >> bit & 1)
    return f"{name} {bits[:3]} {bits[3]} {bits[4]}"


def calls_text(arch, word):
    """The calls that give memory of this word, and what else does."""
    numbers, known = Constants(arch), types(arch)
    calls = [call for call, rule in CALLS.items() if known[numbers.rules[rule][1]] == word]
    return ", ".join(calls) or "no ioremap call"


def draw_kind(picture, top, kind):
    picture.box(MARGIN, top, WIDTH - 2 * MARGIN, ROW - 10, "empty")
    picture.text(PROGRAM, top + 18, kind.name, "head", size=12)
    for i, text in enumerate(ACCESSES):
        picture.box(PROGRAM + i * (CELL + 6), top + 30, CELL, HIGH, "plain")
        picture.text(PROGRAM + i * (CELL + 6) + CELL / 2, top + 47, text, anchor="middle")
    picture.arrow((PROGRAM + 3 * (CELL + 6), top + 43), (BUS - 8, top + 43))
    x = BUS
    for text, cells in kind.bus:
        width = cells * CELL + (cells - 1) * 6
        picture.box(x, top + 30, width, HIGH, kind.fill)
        picture.text(x + width / 2, top + 47, text, anchor="middle", room=width, size=10)
        x += width + 6
    picture.arrow((x, top + 43), (DEVICE - 12, top + 43))
    for i, text in enumerate(kind.promise):
        picture.text(DEVICE, top + 39 + 15 * i, text, room=WIDTH - MARGIN - DEVICE)
    for i, arch in enumerate(("arm64", "arm")):
        word = getattr(kind, arch)
        line = f"{arch}: {word}, {bits_text(arch, word)}"
        picture.text(PROGRAM, top + 80 + 18 * i, line, "dim", size=10)
        picture.text(DEVICE, top + 80 + 18 * i, calls_text(arch, word), "dim", size=10,
                     room=WIDTH - MARGIN - DEVICE)


def draw():
    described = " ".join(
        f"{kind.name}: {', '.join(kind.promise)}; on arm64 {kind.arm64} by"
        f" {calls_text('arm64', kind.arm64)}, on arm {kind.arm} by {calls_text('arm', kind.arm)}."
        for kind in KINDS)
    picture = Picture(WIDTH, TOP + len(KINDS) * ROW + 8, "What each memory type promises",
                      f"A program writes A twice and B once. {described}")
    for x, title, what in ((PROGRAM, "the program", "its accesses, in its order"),
                           (BUS, "the bus", "what it may see, the first at the left"),
                           (DEVICE, "the promise", "and the calls that give it")):
        picture.text(x, 22, title, "head", size=12)
        picture.text(x, 38, what, "dim", size=10)
    for i, kind in enumerate(KINDS):
        draw_kind(picture, TOP + i * ROW, kind)
    return picture
