#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""slides.py FOLDER: makes a deck of slides, one HTML file, of each Markdown file in docs/slides/.

A line `---` ends a slide. A picture of the book becomes part of the file, and so does the function
that a paragraph like "Code: `iounmap()` in `mm/ioremap.c`" names, as it is in the tree today. So a
deck needs no other file and no network. A browser shows it, and prints it: one slide a page.
"""

import base64
import html
import importlib.util
import os
import re
import sys

from website import DOCS, TREE, change_links, write

sys.path.append(os.path.join(TREE, "tools", "lab"))
import locate  # noqa: E402, pylint: disable=wrong-import-position

FOLDER = "slides"  # of docs/
PACKAGE = "python3-markdown"  # of Debian and Ubuntu; MkDocs brings it, too
TAB = 4
CODE = re.compile(r"(?m)^Code: `(\w+)\(\)` in `([\w./-]+)`$")

STYLE = """
html { scroll-snap-type: y mandatory; font: 3.6vmin/1.4 sans-serif; color: #15181b }
body { margin: 0; counter-reset: slide }
section { height: 100vh; box-sizing: border-box; padding: 4vmin 6vmin 6vmin; overflow: hidden;
 scroll-snap-align: start; display: flex; flex-direction: column; justify-content: center;
 position: relative; counter-increment: slide; background: #fff; break-after: page }
section::after { content: attr(data-deck) " \\00b7  CC BY 4.0 \\00b7  " counter(slide);
 position: absolute; right: 3vmin; bottom: 2vmin; font-size: 60%; color: #4c555e }
h1 { font-size: 2.2em; margin: 0 0 .3em } h2 { font-size: 1.5em; margin: 0 0 .5em }
p, ul, ol, table, pre { margin: .35em 0 } li { margin: .3em 0 }
code, pre { font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 88% }
pre { background: #f3f4f6; padding: .7em 1em; line-height: 1.25; overflow: hidden;
 font-size: 74% } pre code { font-size: 100% }
pre.function { font-size: 62% } pre.function + p { font-size: 62%; color: #4c555e }
table { border-collapse: collapse } td, th { padding: .25em .9em; text-align: left;
 vertical-align: top; border-bottom: 1px solid #c8ccd0 }
img { display: block; margin: 0 auto; max-width: 100%; max-height: 78vh; min-height: 0;
 object-fit: contain; color-scheme: light }
p:has(> img) { margin: 0 auto }
@page { size: 320mm 180mm; margin: 0 }
@media print { html { font-size: 6.5mm } section { height: 180mm } img { max-height: 140mm } }
"""

# Page Down and the space bar turn pages by themselves, and so do fingers; these are for the arrows.
SCRIPT = """
addEventListener("keydown", event => {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  scrollBy(0, step * innerHeight);
});
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body>
{slides}
<script>{script}</script></body></html>
"""


def decks():
    """The decks, relative to docs/, in the order of the course."""
    return sorted(f"{FOLDER}/{name}" for name in os.listdir(os.path.join(DOCS, FOLDER))
                  if name.endswith(".md"))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def function_on_slide(named):
    """The HTML of what a CODE paragraph names. Raises locate.NotFound."""
    name, path = named.groups()
    text = locate.function_text(read(os.path.join(TREE, path)), name, path).expandtabs(TAB)
    return (f'<pre class="function"><code>{html.escape(text)}</code></pre>\n'
            f"<p>{html.escape(path)}</p>")


def inline(mark, words, target, _anchor):
    """A picture in the place of the link to one. Of other links, which lead out, the words stay."""
    if not mark:
        return words
    with open(os.path.join(DOCS, target), "rb") as file:
        picture = base64.b64encode(file.read()).decode("ascii")
    return f'<img alt="{html.escape(words)}" src="data:image/svg+xml;base64,{picture}">'


def deck_page(path):
    """The HTML of a deck."""
    import markdown  # pylint: disable=import-outside-toplevel
    text = read(os.path.join(DOCS, path))
    title = re.match(r"# (.*)", text)[1]
    label = html.escape(f"Mercator: {title}")
    slides = []
    for slide in re.split(r"(?m)^---$", text):
        slide = CODE.sub(function_on_slide, change_links(path, slide, inline))
        slides.append(f'<section data-deck="{label}">\n'
                      f"{markdown.markdown(slide, extensions=['tables', 'fenced_code'])}\n"
                      "</section>")
    return PAGE.format(title=label, style=STYLE, slides="\n".join(slides), script=SCRIPT)


def page_name(path):
    return os.path.basename(path).removesuffix(".md") + ".html"


def ready():
    return bool(importlib.util.find_spec("markdown"))


def main(out):
    if not ready():
        sys.exit("make slides: Markdown is turned into HTML by a library that is not here.\n"
                 f"Install it: apt-get install --no-install-recommends {PACKAGE}\n"
                 f"The decks can be read as they are, too: docs/{FOLDER}/")
    for path in decks():
        write(os.path.join(out, page_name(path)), deck_page(path))
    print(f"The decks are in {out}. Open one in a browser: arrows or the space bar turn pages,\n"
          "F11 fills the screen, and printing makes a PDF with one slide a page.")


if __name__ == "__main__":
    main(*sys.argv[1:])
