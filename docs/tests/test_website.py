# SPDX-License-Identifier: MIT
"""The book as a website: builds without a warning, is whole, and asks no other host for anything.

Where MkDocs is not installed, that cannot be seen, and the tests are skipped.
"""

import json
import os
import re
import sys
from html.parser import HTMLParser

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tools", "book"))

# pylint: disable=wrong-import-position
import website  # noqa: E402

# On one process, or each would build the site.
pytestmark = [
    pytest.mark.skipif(not website.ready(), reason="MkDocs Material is not installed:"
                       f" apt-get install --no-install-recommends {website.PACKAGE}"),
    pytest.mark.xdist_group("website"),
]

FETCHED = ("src", "srcset", "data", "poster", "action", "xlink:href")  # and href, but of <a>


class Page(HTMLParser):
    """What a page fetches, where it leads, the places in it, and its classes."""

    def __init__(self, path):
        super().__init__()
        self.fetched, self.links, self.ids, self.classes = [], [], set(), set()
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id"))
        self.classes.update(given.get("class", "").split())
        self.classes.update(filter(None, [given.get("data-md-component")]))
        self.fetched += [given[name] for name in FETCHED if name in given]
        if "href" in given:
            (self.links if tag == "a" else self.fetched).append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site."""
    folder = str(tmp_path_factory.mktemp("site"))
    assert website.build(folder), "MkDocs has warned, see above"
    return folder


@pytest.fixture(scope="module")
def pages(site):
    """{path: Page} of the whole site, but for the page that a server shows when it has none."""
    paths = [os.path.relpath(os.path.join(folder, name), site)
             for folder, _, names in os.walk(site) for name in names if name.endswith(".html")]
    return {path: Page(os.path.join(site, path)) for path in paths if path != "404.html"}


def html_of(path):
    return re.sub(r"README\.md$", "index.md", path).removesuffix(".md") + ".html"


def elsewhere(address):
    return re.match(r"(?i)([a-z][a-z0-9+.-]*:)?//", address)


def test_each_chapter_is_a_page_and_answers_are_none(pages):
    wanted = {html_of(path) for path in website.pages()} | {html_of(website.PRINT)}
    assert set(pages) == wanted


def test_no_page_asks_another_host(site, pages):
    asked = [(path, address) for path, page in pages.items()
             for address in page.fetched if elsewhere(address)]
    for folder, _, names in os.walk(site):
        for name in (name for name in names if name.endswith((".css", ".svg"))):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                asked += [(name, found) for found in re.findall(
                    r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^)"';]*)""", file.read())]
    assert not asked


def test_nothing_on_a_page_makes_the_theme_ask_another_host(pages):
    """Its script loads Mermaid for such a drawing, and asks a forge about the repository."""
    assert not {"mermaid", "source", "consent"} & set().union(*(page.classes
                                                               for page in pages.values()))


def test_links_and_pictures_are_there(site, pages):
    wrong = []
    for path, page in pages.items():
        for address in page.links + page.fetched:
            if re.match(r"[a-z]+:", address) or not address:
                continue
            target, _, place = address.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(path), target or
                                                   os.path.basename(path)))
            if os.path.isdir(os.path.join(site, target)):
                target = os.path.normpath(os.path.join(target, "index.html"))
            if not os.path.exists(os.path.join(site, target)) or \
               (place and target in pages and place not in pages[target].ids):
                wrong.append(f"{path}: {address}")
    assert not wrong, "\n".join(wrong)


def test_search_finds_each_chapter_once(site):
    with open(os.path.join(site, "search", "search_index.json"), encoding="utf-8") as file:
        found = [entry["location"] for entry in json.load(file)["docs"]]
    assert len(found) == len(set(found))
    files = {re.sub(r"(^|/)$", r"\1index.html", location.split("#")[0]) for location in found}
    assert files == {html_of(path) for path in website.pages()}


def test_print_page_holds_all(site):
    with open(os.path.join(site, html_of(website.PRINT)), encoding="utf-8") as file:
        text = file.read()
    for path in website.pages():
        title = re.search(r"(?m)^# (.*)$", website.read(path))[1]
        assert f'id="{website.anchor_of(path)}"' in text and title.replace("&", "&amp;") in text
