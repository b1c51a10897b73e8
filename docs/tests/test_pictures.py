# SPDX-License-Identifier: MIT
"""The pictures of the book say what the code says, and every reader can read them."""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tools", "book"))

# pylint: disable=wrong-import-position
import pictures  # noqa: E402
import svg  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 40_000  # bytes of a file


def committed(name):
    with open(os.path.join(pictures.FOLDER, name), encoding="utf-8") as file:
        return file.read()


def test_each_file_has_its_drawing():
    assert sorted(os.listdir(pictures.FOLDER)) == sorted(pictures.PICTURES)


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_is_that_of_the_code(name):
    """A constant or a table of the code has changed, or the drawing: commit what it is now."""
    assert committed(name) == pictures.PICTURES[name]().svg(), f"draw it again: {pictures.COMMAND}"


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_stands_by_itself(name):
    """It has words for a screen reader, is small, and fetches, runs and links to nothing."""
    root = ElementTree.fromstring(committed(name))
    assert root.find(f"{SVG}title").text and len(root.find(f"{SVG}desc").text) > 40
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert root.get("role") == "img" and set(root.get("aria-labelledby").split()) == ids
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "style", "rect", "path", "text"}, kinds
    assert not re.search(r"url\(|@import|@font-face|href", committed(name))
    assert len(committed(name)) < LARGEST


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_is_shown_with_words_for_it(name):
    chapters = [os.path.join(ROOT, "docs", chapter)
                for chapter in os.listdir(os.path.join(ROOT, "docs")) if chapter.endswith(".md")]
    shown = []
    for chapter in chapters:
        with open(chapter, encoding="utf-8") as file:
            shown += re.findall(rf"(?s)!\[([^\]]{{20,}})\]\(pictures/{name}\)", file.read())
    assert len(shown) == 1, f"{name} is shown {len(shown)} times"


def luminance(colour):
    """Relative luminance, as WCAG 2 computes it."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("fill", svg.FILLS)
@pytest.mark.parametrize("screen", (0, 1), ids=("light", "dark"))
def test_text_is_readable(fill, screen):
    """4.5 to 1 is what WCAG's level AA asks of text."""
    for ink in (svg.INK, svg.DIM):
        assert contrast(ink[screen], svg.FILLS[fill][screen]) >= 4.5


def test_text_that_does_not_fit_is_refused():
    picture = svg.Picture(100, 50, "title", "description")
    picture.text(10, 20, "short")
    with pytest.raises(svg.Outside):
        picture.text(10, 20, "much too long for that")
    with pytest.raises(svg.Outside):
        picture.text(10, 20, "short", room=20)
