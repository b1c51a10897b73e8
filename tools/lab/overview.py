# SPDX-License-Identifier: MIT
"""The overview of a class: who has how many points, the first reason, and who wrote alike.

Alike is a hint to read two works side by side, and no more: short functions with one obvious way
are alike by themselves. What counts are runs of tokens of the functions that the lab asks for, in
which each name is one token, so that renaming does not hide a copy.
"""

import csv
import html
import re

import locate

TOKEN = re.compile(r"[A-Za-z_]\w*|0x[0-9a-fA-F]+|\d+|[^\s\w]")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
KEPT = {"if", "else", "for", "while", "do", "return", "break", "continue", "switch", "case", "goto",
        "sizeof", "NULL"}
RUN = 8  # tokens
COLUMNS = ("name", "points", "of", "state", "first_reason", "alike", "alike_percent", "seconds")


def runs(text):
    """The set of the runs of tokens in a piece of C."""
    words = [word if word in KEPT or not re.match(r"[A-Za-z_]", word) else "name"
             for word in TOKEN.findall(COMMENT.sub(" ", text))]
    return {tuple(words[n:n + RUN]) for n in range(len(words) - RUN + 1)}


def work_of(lab, files):
    """The runs of a submission's own functions."""
    found = set()
    for hole in lab.hole:
        try:
            found |= runs(locate.function_text(files[hole["file"]], hole["function"], ""))
        except locate.NotFound:
            found |= runs(files[hole["file"]])  # it may have been laid out anew
    return found


def alikeness(one, other):
    """Per cent of the runs of both that each of them has."""
    return round(100 * len(one & other) / len(one | other)) if one | other else 0


def most_alike(works):
    """{name: (other name, per cent)}."""
    found = {}
    for name, work in works.items():
        others = [(alikeness(work, other), one) for one, other in works.items() if one != name]
        percent, one = max(others, default=(0, ""))
        found[name] = one, percent
    return found


def first_reason(row):
    """What to tell a student first: the reason of the first check without its points."""
    if row["state"] != "graded":
        return row["reason"]
    failed = next((result for result in row["grade"]["results"] if result["came"]), None)
    return f"{failed['name']}: {failed['came'][0]}" if failed else ""


def table(rows, works):
    """The overview as rows of COLUMNS. rows: what class has kept of each submission."""
    alike = most_alike(works)
    found = []
    for row in sorted(rows, key=lambda row: row["name"]):
        grade = row.get("grade") or {}
        other, percent = alike.get(row["name"], ("", ""))
        found.append((row["name"], grade.get("points", 0 if row["state"] == "stopped" else ""),
                      grade.get("of", ""), row["state"], first_reason(row), other, percent,
                      row["seconds"]))
    return found


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font-family: sans-serif }} td, th {{ padding: .2em .6em; text-align: left;
vertical-align: top }} tr:nth-child(even) {{ background: #eee }}</style></head>
<body><h1>{title}</h1>
<p>Each name has a file in <code>results/</code>, with all reasons. "Alike" is a hint to read two
works side by side, and no more.</p>
<table><tr>{head}</tr>
{rows}
</table></body></html>
"""


def write_html(path, title, rows):
    def cells(row, kind):
        return "".join(f"<{kind}>{html.escape(str(cell))}</{kind}>" for cell in row)
    lines = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    head = cells([name.replace("_", " ") for name in COLUMNS], "th")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PAGE.format(title=html.escape(title), head=head, rows=lines))
