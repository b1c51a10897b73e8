# SPDX-License-Identifier: MIT
"""Hidden checks: a folder that instructors keep for themselves, GRADER_EXTRA=DIR.

It has a folder for each lab that it adds to, named as in docs/labs/: with a lab.toml that has
[[check]] and [[guest]] tables only, and for host tests the sources, NAME.c, and tests.mk, lines
for tools/testing/host/tests.mk that name them as extra/NAME.c.
"""

import os
import tomllib
from dataclasses import replace

from manifest import BadInput, BadManifest, check_lab, read

PLACE = "extra"  # of the sources, in the grader's tree
TESTS_MK = "tools/testing/host/tests.mk"


def read_tables(path):
    """The [[check]] and [[guest]] tables of a file."""
    try:
        with open(path, "rb") as file:
            tables = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: {error}") from None
    if tables.keys() - {"check", "guest"}:
        raise BadInput(f"{path} has {', '.join(tables.keys() - {'check', 'guest'})}: only [[check]]"
                       " and [[guest]] can be added")
    return tables.get("check", []), tables.get("guest", [])


def read_sources(folder):
    """{place in the grader's tree: text}."""
    names = [name for name in sorted(os.listdir(folder)) if name.endswith((".c", ".h"))]
    sources = {f"{PLACE}/{name}": read(name, folder) for name in names}
    if os.path.exists(os.path.join(folder, "tests.mk")):
        sources[TESTS_MK] = read(TESTS_MK) + "\n" + read("tests.mk", folder)
    return sources


def with_extra(lab, word):
    """The lab with the checks that GRADER_EXTRA adds to it, if there are any."""
    if not word:
        return lab
    if not os.path.isdir(word):
        raise BadInput(f"GRADER_EXTRA={word} is not a folder")
    folder = os.path.join(word, os.path.basename(lab.folder))
    if not os.path.isdir(folder):
        return lab
    checks, guests = read_tables(os.path.join(folder, "lab.toml"))
    known = {check["name"] for check in lab.checks}
    twice = [row["name"] for row in (*checks, *guests) if row.get("name") in known]
    if twice:
        raise BadInput(f"{folder}/lab.toml: the lab has a check {twice[0]} already")
    more = replace(lab, check=[*lab.check, *checks], guest=[*lab.guest, *guests],
                   extra=read_sources(folder))
    try:
        check_lab(more)
    except BadManifest as error:
        raise BadInput(f"{folder}/lab.toml, beside {error}") from None
    return more
