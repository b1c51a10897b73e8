# SPDX-License-Identifier: MIT
"""A small drawing board that writes SVG: boxes, lines, text, in few colours.

The files stand by themselves: no script, no font and no request. Colours are classes, so that one
rule changes all of them for a reader whose screen is dark. The same drawing always gives the same
bytes, because a test compares them.
"""

from xml.sax.saxutils import escape

# class: (light, dark). A fill is chosen so that INK is readable on it; a test computes that.
FILLS = {
    "paper": ("#ffffff", "#16191d"),
    "plain": ("#eef0f2", "#2b3036"),
    "ram": ("#cfe2f7", "#1d3f63"),
    "area": ("#d3efd0", "#1f4d2c"),
    "fix": ("#fde3c0", "#5c3d10"),
    "code": ("#e6d9f5", "#43306b"),
    "io": ("#f9d3d3", "#662a2f"),
    "empty": ("#f7f8f9", "#1d2126"),
}
INK, DIM, EDGE = ("#15181b", "#f0f2f4"), ("#4c555e", "#b3bcc5"), ("#6b747d", "#8b949e")

GLYPH = 0.62  # the widest of the usual monospaced fonts, in parts of the size
SIZE = 11     # of text, unless told
MARGIN = 16


def rules(column):
    """The style of light (0) or dark (1)."""
    parts = [f".{name}{{fill:{pair[column]}}}" for name, pair in FILLS.items()]
    parts += [f"text{{fill:{INK[column]}}}", f"text.dim{{fill:{DIM[column]}}}",
              f".edge{{stroke:{EDGE[column]}}}", f".tip{{fill:{EDGE[column]}}}",
              f".halo{{stroke:{FILLS['paper'][column]};stroke-width:3;paint-order:stroke}}"]
    return "".join(parts)


STYLE = (f"svg{{font:{SIZE}px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace}}"
         ".middle{text-anchor:middle}.end{text-anchor:end}"
         "text.head{font-weight:bold}path.edge{fill:none}.dash{stroke-dasharray:4 3}"
         f"{rules(0)}@media(prefers-color-scheme:dark){{{rules(1)}}}")


class Outside(Exception):
    """A text that leaves the picture, or its box: draw it elsewhere, or say it shorter."""


def number(value):
    """A coordinate: no more than one decimal, and none where it is 0."""
    return f"{value:.1f}".removesuffix(".0")


class Picture:
    """One SVG file: width and height in pixels; title and description are for a screen reader."""

    def __init__(self, width, height, title, description):
        self.width, self.height = width, height
        self.title, self.description = title, " ".join(description.split())
        self.parts = []
        self.box(0, 0, width, height, "paper", edge=False)

    def box(self, x, y, width, height, fill, edge=True):
        self.parts.append(f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
                          f' height="{number(height)}" class="{fill}{" edge" * edge}"/>')

    def text(self, x, y, text, look="", anchor="start", size=SIZE, room=None, upright=True):
        """Writes text whose base line begins (or ends, or has its middle) at x, y."""
        length = len(text) * size * GLYPH
        left = x - {"start": 0, "middle": length / 2, "end": length}[anchor]
        reach = (left, left + length, self.width)
        if not upright:  # turned, it goes from y upwards
            reach = (y - length / 2, y + length / 2, self.height)
        if not 0 <= reach[0] <= reach[1] <= reach[2] or (room is not None and length > room):
            raise Outside(f"{self.title}: {text!r}")
        look = " ".join(filter(None, (look, anchor.removeprefix("start"))))
        look = f' class="{look}"' if look else ""
        height = f' font-size="{number(size)}"' if size != SIZE else ""
        turn = "" if upright else f' transform="rotate(-90 {number(x)} {number(y)})"'
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}"{height}{look}{turn}>'
                          f'{escape(text)}</text>')

    def line(self, *points, look="edge"):
        path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.parts.append(f'<path d="M{path}" class="{look}"/>')

    def arrow(self, *points, look="edge"):
        """A line along points, with a tip at the last. Its last piece is level or upright."""
        self.line(*points, look=look)
        (x0, y0), (x, y) = points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        corners = [(x, y), (x - 6 * dx + 3 * dy, y - 6 * dy + 3 * dx),
                   (x - 6 * dx - 3 * dy, y - 6 * dy - 3 * dx)]
        path = "L".join(f"{number(a)} {number(b)}" for a, b in corners)
        self.parts.append(f'<path d="M{path}Z" class="tip"/>')

    def svg(self):
        """The whole file."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} ' \
               f'{number(self.height)}" width="{number(self.width)}" ' \
               f'height="{number(self.height)}" role="img" aria-labelledby="title desc">'
        return "\n".join([head, f'<title id="title">{escape(self.title)}</title>',
                          f'<desc id="desc">{escape(self.description)}</desc>',
                          f"<style>{STYLE}</style>", *self.parts, "</svg>", ""])


def spread(wanted, gap, low, high):
    """Positions for labels: near the wanted ones (ascending), gap apart, from low to high."""
    found = []
    for position in wanted:
        found.append(max(position, low, *(place + gap for place in found[-1:])))
    limit = high
    for i in reversed(range(len(found))):
        found[i] = min(found[i], limit)
        limit = found[i] - gap
    return found


def size_text(size):
    """A size in the largest unit of which it is a whole number, or nearly so from 1 TiB up."""
    units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    unit, large = 0, size >= 1 << 40
    while unit < len(units) - 1 and size >= 1024 and (size % 1024 == 0 or large):
        size, unit = size / 1024, unit + 1
    return f"{'' if size == int(size) else 'about '}{round(size)} {units[unit]}"
