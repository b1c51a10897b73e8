#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Draws the pictures of the book from the constants and tables of the code: docs/pictures/*.svg.

They are committed, because a forge shows the book's Markdown as it is. docs/tests/test_pictures.py
draws them again and compares.
"""

import os
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path += [os.path.join(TREE, "tools", "gdb"), os.path.join(TREE, "tools", "book")]

# pylint: disable=wrong-import-position
import addresses  # noqa: E402
import descriptors  # noqa: E402
import promises  # noqa: E402
import route  # noqa: E402
import timeline  # noqa: E402

FOLDER = os.path.join(TREE, "docs", "pictures")
COMMAND = "make pictures"


# File name: the function that draws it.
PICTURES = {
    "address-space-arm.svg": lambda: addresses.draw("arm"),
    "address-space-arm64.svg": lambda: addresses.draw("arm64"),
    "boot.svg": timeline.draw,
    "descriptors-arm.svg": lambda: descriptors.draw("arm"),
    "descriptors-arm64.svg": lambda: descriptors.draw("arm64"),
    "ioremap.svg": route.draw,
    "memory-types.svg": promises.draw,
}


if __name__ == "__main__":
    os.makedirs(FOLDER, exist_ok=True)
    for name, draw in PICTURES.items():
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(draw().svg())
