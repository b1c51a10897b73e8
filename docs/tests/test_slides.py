# SPDX-License-Identifier: MIT
"""The slides: each deck is one file that needs no other, with its pictures and the code of today.

test_docs.py reads the decks, too: what they name exists, and their links lead somewhere.
"""

import base64
import os
import re
import sys
from html.parser import HTMLParser

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path += [os.path.join(ROOT, "tools", folder) for folder in ("book", "lab")]

# pylint: disable=wrong-import-position
import locate  # noqa: E402
import slides  # noqa: E402

needs_library = pytest.mark.skipif(not slides.ready(), reason="Python's markdown is not installed:"
                                   f" apt-get install --no-install-recommends {slides.PACKAGE}")
DECKS = pytest.mark.parametrize("deck", slides.decks())
PICTURES = os.path.join(slides.DOCS, "pictures")
MARK = "data:image/svg+xml;base64,"
MOST_LINES = 26  # of a function: more do not fit on a slide
MOST_COLUMNS = 100


class Deck(HTMLParser):
    """What a deck fetches, the words for its pictures, its slides and functions."""

    def __init__(self, text):
        super().__init__()
        self.fetched, self.words, self.slides, self.functions, self.inside = [], [], 0, [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.slides += tag == "section"
        self.words += [given["alt"]] if tag == "img" else []
        self.fetched += [given[name] for name in ("src", "srcset", "href", "data") if name in given]
        self.inside = given.get("class") == "function" or (self.inside and tag == "code")

    def handle_data(self, data):
        if self.inside and data.strip():
            self.functions.append(data)
            self.inside = False


def source(deck):
    return slides.read(os.path.join(slides.DOCS, deck))


def functions(deck):
    return [found.groups() for found in slides.CODE.finditer(source(deck))]


@needs_library
@DECKS
def test_deck_stands_by_itself(deck):
    """It holds each picture that it names, byte by byte, and fetches nothing."""
    page = slides.deck_page(deck)
    built = Deck(page)
    pictures = re.findall(r"(?s)!\[[^\]]{20,}\]\(\.\./pictures/([\w-]+\.svg)\)", source(deck))
    assert pictures and len(built.words) == len(pictures)
    for address, name in zip(built.fetched, pictures, strict=True):
        assert address.startswith(MARK)
        with open(os.path.join(PICTURES, name), "rb") as file:
            assert base64.b64decode(address.removeprefix(MARK)) == file.read()
    assert not re.search(r"https?:|url\(|@import", re.sub(r"base64,[\w+/=]*", "", page))


@needs_library
@DECKS
def test_deck_is_a_lecture(deck):
    """Its slides have headings, and none of what Markdown makes is left over."""
    page = slides.deck_page(deck)
    assert Deck(page).slides == source(deck).count("\n---\n") + 1 >= 8
    assert page.count("<h2>") == Deck(page).slides - 1 and page.count("<h1>") == 1
    text = re.sub(r"(?s)<(style|script|pre|code).*?</\1>", "", page)
    assert not re.search(r"```|\]\(|^Code: |^\|", text, re.M)


@needs_library
@DECKS
def test_code_is_that_of_the_tree(deck):
    shown = Deck(slides.deck_page(deck)).functions
    wanted = [locate.function_text(slides.read(os.path.join(ROOT, path)), name, path)
              .expandtabs(slides.TAB) for name, path in functions(deck)]
    assert shown == wanted
    for text in wanted:
        lines = text.splitlines()
        assert len(lines) <= MOST_LINES and max(map(len, lines)) <= MOST_COLUMNS, lines[0]


def test_all_pictures_are_shown():
    text = "".join(map(source, slides.decks()))
    assert set(re.findall(r"pictures/([\w-]+\.svg)", text)) == set(os.listdir(PICTURES))


def test_the_guide_names_the_deck_of_each_week():
    guide = slides.read(os.path.join(slides.DOCS, "instructors.md"))
    assert re.findall(r"\((slides/[\w-]+\.md)\)", guide) == slides.decks()
