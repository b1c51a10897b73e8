# SPDX-License-Identifier: MIT
"""The growth curve of `make bench` as an SVG: a 4K pair's cost over the number of live areas."""

import math

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 360, 70, 50, 40, 110
OURS, LINUX = "#1f77b4", "#d95f02"


def points(results):
    """[(live areas, our cost, Linux's cost or None)] of the 4K pair, ascending."""
    rows = [entry for entry in results if entry["name"] == "ioremap 4K"]
    return sorted((entry["live"], entry["pair"], entry["linux"] and sum(entry["linux"]))
                  for entry in rows)


def growth(arch, results):
    """The text of the file. Few areas and many fit on one axis because it is logarithmic."""
    rows = points(results)
    most_live = max(live for live, _, _ in rows) or 1
    most_cost = max(max(ours, linux or 0) for _, ours, linux in rows)

    def x(live):
        share = math.log10(live + 1) / math.log10(most_live + 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(cost):
        return HEIGHT - BOTTOM - cost / most_cost * (HEIGHT - BOTTOM - TOP)

    def curve(name, colour, values):
        path = " ".join(f"{x(live):.1f},{y(cost):.1f}" for live, cost in values)
        last_live, last_cost = values[-1]
        return (f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>\n'
                f'<text x="{x(last_live) + 8:.1f}" y="{y(last_cost) + 4:.1f}" '
                f'fill="{colour}">{name}</text>\n')

    def tick(live):
        return (f'<text x="{x(live):.1f}" y="{HEIGHT - BOTTOM + 18}" '
                f'text-anchor="middle">{live:,}</text>\n')

    def level(cost):
        return (f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(cost):.1f}" y2="{y(cost):.1f}" '
                f'stroke="#999" stroke-width="0.5"/>\n'
                f'<text x="{LEFT - 8}" y="{y(cost) + 4:.1f}" text-anchor="end">{cost:,}</text>\n')

    linux = [(live, cost) for live, _, cost in rows if cost]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12" role="img">\n'
            f'<title>Cost of a 4 KiB ioremap and iounmap on {arch}, by live areas</title>\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
            f'<text x="{LEFT}" y="20" font-weight="bold">ioremap + iounmap of 4 KiB on {arch}, '
            'guest instructions</text>\n'
            + "".join(level(cost) for cost in range(0, most_cost + 1, 500))
            + "".join(tick(live) for live, _, _ in rows)
            + f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" '
              'text-anchor="middle">live areas</text>\n'
            + curve("Mercator", OURS, [(live, ours) for live, ours, _ in rows])
            + (curve("Linux 6.1", LINUX, linux) if linux else "") + "</svg>\n")
