# SPDX-License-Identifier: MIT
"""What the tests of the labs share: the lab tools, and submissions made of the solution."""

import os
import sys

from qemu import ROOT

sys.path.append(os.path.join(ROOT, "tools", "lab"))

# pylint: disable=wrong-import-position
import locate  # noqa: E402
import starter  # noqa: E402
from manifest import all_labs, read  # noqa: E402

GRADED = [lab for lab in all_labs() if lab.hole]
# LONG=labs: both architectures.
ARCHS = ("arm64", "arm") if "labs" in os.environ.get("LONG", "").split() else ("arm64",)


def lab_number(number):
    return next(lab for lab in GRADED if lab.number == number)


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


def wrong_solution(lab, wrong):
    path, name = wrong["file"], wrong["function"]
    text = read(f"{lab.folder}/wrong/{wrong['name']}.c")
    return with_function(lab, path, name, locate.function_text(text, name, wrong["name"]))
