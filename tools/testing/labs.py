# SPDX-License-Identifier: MIT
"""What the tests of the labs share: the lab tools, and submissions made of the solution.

A mutant is the solution with one hole open, or with one wrong function. `make test` has no time to
compile each. So all mutants of a lab are also one text, in which LAB_MUTANT chooses: a variable of
the environment, and in a kernel a text in its image. With 00 it is the solution.
"""

import os
import re
import sys

from qemu import ROOT

sys.path.append(os.path.join(ROOT, "tools", "lab"))

# pylint: disable=wrong-import-position
import locate  # noqa: E402
import starter  # noqa: E402
from manifest import all_labs, read  # noqa: E402

GRADED = [lab for lab in all_labs() if lab.hole]
LONG = "labs" in os.environ.get("LONG", "").split()  # each mutant by itself, on both architectures


def archs_of(lab):
    """Where a lab is proved: on arm64, unless a check is about one architecture only."""
    both = LONG or any("arch" in check for check in lab.check)
    return ("arm64", "arm") if both else ("arm64",)


# Once for each text that is compiled: a hole may be in a header.
CHOICE = """
#ifndef lab_mutant
#define lab_mutant lab_mutant
static int lab_mutant(void)
{
#ifdef CONFIG_HOST
	char *getenv(const char *name);
	const char *digits = getenv("LAB_MUTANT");
#else
	static volatile char choice[] = "LAB_MUTANT=00";
	const volatile char *digits = choice + sizeof("LAB_MUTANT=") - 1;
#endif

	return digits ? (digits[0] - '0') * 10 + digits[1] - '0' : 0;
}
#endif
"""


def lab_number(number):
    return next(lab for lab in GRADED if lab.number == number)


def here(lab, rows):
    """The rows that the proof can tell apart: a file of another architecture is not compiled."""
    return [row for row in rows if not row["file"].startswith("arch/")
            or row["file"].split("/")[1] in archs_of(lab)]


def solution(lab):
    return {path: read(path) for path in lab.taken}


def with_holes(lab, holes):
    """The solution, but for these holes."""
    files = solution(lab)
    for path in {hole["file"] for hole in holes}:
        files[path] = starter.open_holes(lab, path, files[path],
                                         [hole for hole in holes if hole["file"] == path])
    return files


def with_function(lab, path, name, definition):
    """The solution with another definition of one function."""
    files = solution(lab)
    files[path] = locate.replace_function(files[path], name, definition, path)
    return files


def wrong_function(lab, wrong):
    text = read(f"{lab.folder}/wrong/{wrong['name']}.c")
    return locate.function_text(text, wrong["function"], wrong["name"])


def wrong_solution(lab, wrong):
    return with_function(lab, wrong["file"], wrong["function"], wrong_function(lab, wrong))


# --- All mutants in one text ---

def mutants(lab):
    """Every hole and every wrong function. The number of a mutant is its place here, from 1."""
    return here(lab, [*lab.hole, *lab.wrong])


def arguments(head, name):
    """The names of a function's parameters, for a call."""
    inside = head[head.index(f"{name}(") + len(name) + 1:head.rindex(")")]
    inside = re.sub(r"\(\*(\w+)\)\([^()]*\)", r"\1", inside)  # a function's own parameters
    return ", ".join(re.search(r"(\w+)$", part.strip())[1] for part in inside.split(",")
                     if part.strip() != "void")


def insert(text, row, lines, above):
    """The text with lines at the begin of the function's body, and a definition above it."""
    rows, place = text.split("\n"), locate.find_function(text, row["function"], row["file"])
    return "\n".join([*rows[:place.comment], *above, *rows[place.comment:place.opening + 1], *lines,
                      *rows[place.opening + 1:]])


def with_mutant(lab, text, number, row):
    """The text in which this mutant can be chosen, too."""
    place, name = locate.find_function(text, row["function"], row["file"]), row["function"]
    head = "\n".join(text.split("\n")[place.head:place.opening])
    if "loses" not in row:
        lines = starter.stub(lab, row)
        lines += [] if "returns" in row else ["\treturn;"]
        return insert(text, row, [f"\tif (lab_mutant() == {number}) {{", *lines, "\t}"], [])
    other = f"{name}__wrong_{number}"
    wrong = wrong_function(lab, row).replace(f"{name}(", f"{other}(", 1)
    call = f"{other}({arguments(head, name)})"
    act = f"{{ {call}; return; }}" if head.startswith(("void", "static void ")) and "*" not in (
        head.split(name)[0]) else f"return {call};"
    static = "" if wrong.startswith("static") else "static "
    return insert(text, row, [f"\tif (lab_mutant() == {number})", f"\t\t{act}"],
                  [static + wrong, ""])


def all_mutants(lab):
    """The lab's files, each with all of its mutants."""
    files = solution(lab)
    for number, row in enumerate(mutants(lab), 1):
        files[row["file"]] = with_mutant(lab, files[row["file"]], number, row)
    for path, text in files.items():
        before, mark, behind = starter.add_include(text).partition(f"#include <{starter.HEADER}>")
        files[path] = before + mark + CHOICE + behind
    return files


def write_image(kernel, number, path):
    """The image of all mutants as a file in which one is chosen."""
    with open(kernel.image, "rb") as file:
        image = file.read()
    assert b"LAB_MUTANT=00" in image
    with open(path, "wb") as file:
        file.write(image.replace(b"LAB_MUTANT=00", b"LAB_MUTANT=%02d" % number))
