#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""website.py FOLDER: builds the book as a website with a search, and a page of all to print.

MkDocs turns all that it finds below one folder into pages. So the book is copied first: what stands
in docs/mkdocs.yml, and the pictures; not the labs' answers and tests. A link that leads out of the
book, to a source file, becomes its text: the site stands by itself.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOCS = os.path.join(TREE, "docs")
PACKAGE = "mkdocs-material"  # of Debian and Ubuntu; it brings mkdocs

NAV = re.compile(r"(?m)^ +- [^:\n]+: ([\w/-]+\.md)$")
FENCE = re.compile(r"(?ms)^(`{3,}).*?^\1$")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#:\s]+)?(#[\w-]*)?\)")

PRINT = "print.md"
PRINT_TITLE = "All on one page, to print"


def read(path):
    with open(os.path.join(DOCS, path), encoding="utf-8") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def pages():
    """The documents of the site in the order of its navigation, relative to docs/."""
    return NAV.findall(read("mkdocs.yml"))


def change_links(path, text, change):
    """Calls change(picture mark, words, target relative to docs/, anchor) for each link outside
    code; what it returns stands there then."""
    def replace(link):
        mark, words, target, anchor = link.groups(default="")
        if not target:
            return link[0]
        return change(mark, words, os.path.normpath(
            os.path.join(os.path.dirname(path), target)), anchor)

    done, end = [], 0
    for fence in FENCE.finditer(text):
        done += [LINK.sub(replace, text[end:fence.start()]), fence[0]]
        end = fence.end()
    return "".join(done) + LINK.sub(replace, text[end:])


def page_of_site(path, inside):
    """A document whose links lead to pages of the site only."""
    def change(mark, words, target, anchor):
        if target not in inside:
            return words
        relative = os.path.relpath(target, os.path.dirname(path) or ".")
        return f"{mark}[{words}]({relative}{anchor})"
    return change_links(path, read(path), change)


def anchor_of(path):
    """The place of a document in the page to print."""
    return "page-" + path.removesuffix(".md").replace("/", "-")


def page_to_print(inside):
    """All documents one behind the other; a link to one is a link within the page."""
    def change(mark, words, target, anchor):
        if target not in inside:
            return words
        if mark:
            return f"![{words}]({target})"
        return f"[{words}](#{anchor_of(target)})"
    parts = [f'<div id="{anchor_of(path)}"></div>\n\n{change_links(path, read(path), change)}'
             for path in pages()]
    return f"# {PRINT_TITLE}\n\n" + "\n\n".join(parts)


def stage(folder):
    """Writes what MkDocs is to turn into a site: mkdocs.yml, and docs/ beside it."""
    pictures = [f"pictures/{name}" for name in os.listdir(os.path.join(DOCS, "pictures"))]
    inside = {*pages(), *pictures}
    for path in pages():
        write(os.path.join(folder, "docs", path), page_of_site(path, inside))
    write(os.path.join(folder, "docs", PRINT), page_to_print(inside))
    shutil.copytree(os.path.join(DOCS, "pictures"), os.path.join(folder, "docs", "pictures"))
    write(os.path.join(folder, "mkdocs.yml"),
          f"{read('mkdocs.yml').rstrip()}\n  - {PRINT_TITLE}: {PRINT}\n")


def ready():
    """Are MkDocs and its theme there?"""
    if not importlib.util.find_spec("mkdocs"):
        return False
    from mkdocs.utils import get_theme_names  # pylint: disable=import-outside-toplevel
    return "material" in get_theme_names()


def forget_print_page(index):
    """A search finds a word in its chapter, and not a second time in the page of all chapters."""
    with open(index, encoding="utf-8") as file:
        found = json.load(file)
    found["docs"] = [entry for entry in found["docs"]
                     if not entry["location"].startswith(PRINT.removesuffix("md"))]
    write(index, json.dumps(found, separators=(",", ":")))


def build(out):
    """Builds the site in out, an absolute path. A warning is an error: returns False then."""
    with tempfile.TemporaryDirectory() as folder:
        stage(folder)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet", "--strict",
             "-f", os.path.join(folder, "mkdocs.yml"), "-d", out], check=False)
    if done.returncode:
        return False
    forget_print_page(os.path.join(out, "search", "search_index.json"))
    return True


def main(out):
    if not ready():
        sys.exit("make docs: the book as a website is built by MkDocs, which is not here.\n"
                 "Install it (50 MB with all that it needs):"
                 f" apt-get install --no-install-recommends {PACKAGE}\n"
                 "All chapters can be read as they are, too: docs/index.md")
    if not build(os.path.abspath(out)):
        sys.exit(1)
    print(f"The book is in {out}, {PRINT.removesuffix('.md')}.html is all of it on one page.\n"
          f"Search needs a server: python3 -m http.server -b localhost -d {out}, then"
          " http://localhost:8000")


if __name__ == "__main__":
    main(*sys.argv[1:])
