# SPDX-License-Identifier: MIT
"""The boot as a time line: each call of boot/main.c in its order, and from when to when each thing
that boot makes can be used. The line shows the order, not how long a step takes.
"""

import re
from typing import NamedTuple

from mercator.constants import source
from svg import MARGIN, Picture

LINE, TOP = 15, 30
BARS, BAR = 330, 50  # where the bars begin, pixels from one to the next

# Before start_kernel(): a row each. The last row is what start_init() leads to.
BEFORE = ("head.S: exception level, stack", "early_map(): tables for the image", "the MMU is on")
AFTER = "/init, then the shell"


class Span(NamedTuple):
    """What can be used from a call on (after it), until another (before it) or for good."""
    name: str
    first: str
    last: str
    fill: str


SPANS = (
    Span("virtual addresses", BEFORE[-1], None, "plain"),
    Span("fixmap", "early_fixmap_init", None, "fix"),
    Span("early_ioremap()", "early_ioremap_init", "early_ioremap_leak_check", "fix"),
    Span("memblock", "early_init_dt_scan", "page_alloc_init", "ram"),
    Span("all RAM: linear map", "paging_init", None, "ram"),
    Span("pages", "page_alloc_init", None, "ram"),
    Span("kmalloc()", "kmem_cache_init", None, "ram"),
    Span("ioremap(), vmalloc()", "vmalloc_init", None, "area"),
    Span("interrupts", "local_irq_enable", None, "io"),
    Span("drivers", "do_initcalls", None, "io"),
)


class Missing(Exception):
    """A span begins or ends with a call that boot does not make."""


def body(text, function):
    """The text between the braces of a function."""
    return re.search(rf"(?ms)\b{function}\([^;{{]*\)\n\{{\n(.*?)^\}}", text)[1]


def calls(text):
    """[(kind, name)] in order: a phase that begins, or a call that stands at a line's begin."""
    found = re.findall(r'(?m)^\t(?:return )?(?:boot_phase\("([^"]+)"\)|(\w+)\()', text)
    return [("phase", phase) if phase else ("call", call) for phase, call in found]


def rows():
    """[(kind, text)] of the whole boot, from the top of the picture."""
    text = source("boot/main.c", "")
    first, thread = calls(body(text, "start_kernel")), calls(body(text, "kernel_init"))
    return ([("phase", "before C runs at virtual addresses")]
            + [("step", step) for step in BEFORE]
            + [("phase", "start_kernel()"), *first, ("phase", "kernel_init(), the first thread"),
               *thread, ("step", AFTER)])


def draw():
    lines = rows()
    place = {text: TOP + i * LINE for i, (_, text) in enumerate(lines)}
    gone = {name for span in SPANS for name in (span.first, span.last or span.first)} - set(place)
    if gone:
        raise Missing(f"boot/main.c does not call {', '.join(sorted(gone))}")
    described = "; ".join(
        f"{span.name}: after {span.first}" + (f", until {span.last}" if span.last else "")
        for span in SPANS)
    height = TOP + len(lines) * LINE + MARGIN
    picture = Picture(BARS + len(SPANS) * BAR + MARGIN, height, "The boot as a time line",
                      f"The calls of boot/main.c from top to bottom, and what can be used when."
                      f" {described}.")
    picture.text(MARGIN, 16, "in this order, from the top", "head")
    picture.text(BARS, 16, "what can be used, and from when on", "head")
    for kind, text in lines:
        look = {"phase": "head", "call": "", "step": "dim"}[kind]
        indent = 0 if kind == "phase" else 14
        shown = f"{text}()" if kind == "call" else text
        picture.text(MARGIN + indent, place[text] + 11, shown, look, room=BARS - MARGIN - indent)
    for i, span in enumerate(SPANS):  # first of all, so that the bars cover them
        start = place[span.first] + LINE
        picture.line((MARGIN + 250, start), (BARS + i * BAR, start), look="edge dash")
    for i, span in enumerate(SPANS):
        start = place[span.first] + LINE
        end = place[span.last] if span.last else height - MARGIN
        x = BARS + i * BAR
        picture.box(x, start, BAR - 18, end - start, span.fill)
        picture.text(x + (BAR - 18) / 2 + 4, (start + end) / 2, span.name, anchor="middle",
                     room=end - start, upright=False)
    return picture
