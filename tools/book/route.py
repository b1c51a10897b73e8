# SPDX-License-Identifier: MIT
"""The way of an ioremap on arm64 and arm: what they share, then what a mapping is made of.

The leaves are the rows of leaf_types[] in arch/<arch>/ioremap.c. Each function is looked up in the
file that the picture names.
"""

import re
from typing import NamedTuple

from mercator.constants import arguments, source
from mercator.fields import text_of
from svg import MARGIN, Picture

WIDTH, HALF = 880, 420
STEP, BOX = 66, 44
LEAF = 78


class Step(NamedTuple):
    """A station of the way: its function, the file, what it asks, and where its "no" leads."""
    function: str
    file: str
    what: str
    way_out: str = ""


STEPS = (
    Step("ioremap", "mm/ioremap.c", "notes the memory type and the caller"),
    Step("find_static_vm_paddr", "mm/static_vm.h", "mapped since boot, with this type?",
         "yes: a pointer into it, nothing is mapped"),
    Step("find_refusal", "mm/ioremap.c", "no size? RAM? out of reach?", "refused: NULL"),
    Step("__get_vm_area_node", "mm/vmap_area.c", "a free range, and a guard page",
         "no room: NULL"),
    Step("pick_leaf", "mm/ioremap.c", "the largest leaf that fits here"),
)

# The function of a leaf's row: the stores it makes, and what may have to go first.
LEAVES = {
    "ioremap_page_range": ("set_pte(), one a page", ""),
    "map_pmd_blocks": ("set_pmd(), one a block", "drop_pte_table"),
    "map_pud_blocks": ("set_pud(), one a block", "drop_pmd_table"),
    "remap_area_sections": ("set_pmd(), two for each pair", "displace_table"),
    "remap_area_supersections": ("set_pmd(), 16 equal ones", "displace_table"),
}
FILES = {"arm64": ("arch/arm64/ioremap.c", "mm/vmap_range.c"),
         "arm": ("arch/arm/sections.c", "mm/vmap_range.c")}
TABLE = "arch/{}/ioremap.c"
PAGE_ROW = ["0", "0", "0", "ioremap_page_range"]  # what the page's row leaves out


class Missing(Exception):
    """A function is not where the picture says."""


def check(function, file):
    if not re.search(rf"(?m)^[a-z_][^;]*\b{function}\([^;]*\)\n\{{", source(file, "")):
        raise Missing(f"{file} does not define {function}()")


def leaves(arch):
    """[(name, condition, map function, its file)] of leaf_types[], largest first."""
    text = source(TABLE.format(arch), "")
    found = []
    table = text[text.index("leaf_types[NR_LEAF_TYPES] = {"):]
    for row in re.finditer(r"\{( \"[^{}]*)\}", table):
        name, _, minimum, needs, _, mapper = (arguments(f"({row[1]})", 0)[0] + PAGE_ROW)[:6]
        conditions = ["aligned"] * (mapper != PAGE_ROW[-1])
        conditions += ["from 4 GiB up"] * (minimum == "PHYS_4G")
        conditions += ["whole range"] * (needs == "LEAF_WHOLE_RANGE")
        file = next((path for path in FILES[arch]
                     if re.search(rf"(?m)^[a-z_].*\b{mapper}\(", source(path, ""))),
                    FILES[arch][-1])
        check(mapper, file)
        found.append((text_of(name), ", ".join(conditions) or "always fits", mapper, file))
    return found


def draw_steps(picture):
    x, width = MARGIN + 150, 300
    for i, step in enumerate(STEPS):
        check(step.function, step.file)
        top = MARGIN + 8 + i * STEP
        picture.box(x, top, width, BOX, "plain")
        picture.text(x + 10, top + 18, f"{step.function}()", "head")
        picture.text(x + 10, top + 34, step.what, room=width - 12)
        picture.text(x - 10, top + 26, step.file, "dim", "end")
        if i:
            picture.arrow((x + width / 2, top - STEP + BOX), (x + width / 2, top))
        if step.way_out:
            picture.arrow((x + width, top + BOX / 2), (x + width + 40, top + BOX / 2))
            picture.text(x + width + 48, top + BOX / 2 + 4, step.way_out, size=10)
    return MARGIN + 8 + len(STEPS) * STEP


def draw_leaf(picture, x, top, leaf):
    name, condition, mapper, file = leaf
    stores, displaced = LEAVES[mapper]
    picture.box(x, top, HALF - 16, LEAF - 12, "area" if displaced else "ram")
    picture.text(x + 10, top + 16, f"{name}: {condition}", "head", room=HALF - 28, size=10)
    picture.text(x + 10, top + 30, f"{mapper}() in {file}", size=10, room=HALF - 28)
    picture.text(x + 10, top + 44, stores, size=10, room=HALF - 28)
    if displaced:
        check(displaced, file)
        picture.text(x + 10, top + 58, f"first {displaced}(): clear, flush, free", "dim",
                     room=HALF - 28, size=10)


def draw():
    both = {arch: leaves(arch) for arch in ("arm64", "arm")}
    bottom = MARGIN + 8 + len(STEPS) * STEP + 30 + LEAF * max(map(len, both.values())) + 28
    described = " ".join(f"{step.function}: {step.what}. {step.way_out}." for step in STEPS)
    listed = " ".join(f"On {arch}: " + "; ".join(f"{leaf[0]}, {leaf[1]}, by {leaf[2]}"
                                                for leaf in rows) + "."
                      for arch, rows in both.items())
    picture = Picture(WIDTH, bottom, "The way of an ioremap on arm64 and on arm",
                      f"{described} {listed}")
    top = draw_steps(picture)
    middle = MARGIN + 300
    for i, (arch, rows) in enumerate(both.items()):
        x = MARGIN + i * (HALF + 16)
        turn = top - STEP + BOX
        picture.line((middle, turn), (middle, turn + 12), (x + HALF / 2, turn + 12))
        picture.arrow((x + HALF / 2, turn + 12), (x + HALF / 2, top + 6))
        picture.text(x, top + 2, "arm, one processor" if arch == "arm" else arch, "head", size=12)
        for j, leaf in enumerate(rows):
            draw_leaf(picture, x, top + 12 + j * LEAF, leaf)
    end = top + 12 + LEAF * max(map(len, both.values()))
    picture.box(MARGIN, end, WIDTH - 2 * MARGIN, 40, "plain")
    picture.text(WIDTH / 2, end + 17, "flush_cache_vmap(): a barrier, no TLB flush: nothing empty"
                 " is ever in a TLB", anchor="middle")
    picture.text(WIDTH / 2, end + 32, "the pointer: the area's address + the offset in the page",
                 "head", "middle")
    return picture
