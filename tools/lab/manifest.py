# SPDX-License-Identifier: MIT
"""Labs as data: each folder docs/labs/NN-name/ has a lab.toml beside the lab's text.

    title, question, time = "2 hours", requires = [2]
    remove = ["mm/x.c:helper"]     functions that a starter does not have at all
    hidden = ["mm/tests/x_test.c"] tests that only the grader has
    programs = ["x"]               their programs in tools/testing/host/tests.mk

    [[hole]] file, function, check: the name of a check that fails while the hole is open;
             returns = "NULL"      the stub's value; without it, the function returns nothing
             does = "*size = 0;"   what the stub sets, besides
             uses = ["helper"]     functions and variables that only this body used
             early = true          it runs before the MMU is on, where printk() does not
    [[check]] name, points, asks, look; program; arch = "arm": only there;
             leaks = true: lost memory fails it (on arm64, where it can be searched)
             cases = ["suite.case"]: each in a process of its own; "suite.*" is all, in one
    [[guest]] name, points, asks, look; arch; steps: where the kernel is stopped, and what its
             memory must hold then (guest.py, holds.py); append = "...": on its command line
             vary = { page = [0x1000, 0x8000, 0x1000] }: from, to, in steps of: SEED= chooses one,
             and without it the first; or a text, an expression of the values before it
    [[wrong]] name, file, function, loses = ["check"]: wrong/NAME.c is in the place of the function
    [example]                     the test example_test.c, which a starter has: its place there is
             into, its program, variants and sources are as in tests.mk, $(arch) the architecture

The files that have a hole are those that a student hands in.

A lab without holes is a text to follow, and has title, question and time only.
"""

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass, field

import locate
from holds import complaint_of

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LABS = os.path.join("docs", "labs")
FOLDER = re.compile(r"(\d\d)-[a-z0-9-]+$")


class BadInput(Exception):
    """What was asked for cannot be done; the message says what to do."""


class BadManifest(Exception):
    """A lab.toml that does not fit the tree."""


@dataclass
class Lab:
    """One lab. Paths are relative to the tree's top."""
    number: int
    folder: str
    title: str
    question: str
    time: str
    requires: list = field(default_factory=list)
    remove: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    programs: list = field(default_factory=list)
    hole: list = field(default_factory=list)
    check: list = field(default_factory=list)
    guest: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    example: dict = field(default_factory=dict)
    extra: dict = field(default_factory=dict)  # sources of hidden checks: {path: text} (extra.py)

    @property
    def taken(self):
        """The files that a student hands in."""
        return sorted({hole["file"] for hole in self.hole})

    @property
    def checks(self):
        """Those of host programs, and those of a running kernel."""
        return [*self.check, *self.guest]

    @property
    def points(self):
        return sum(check["points"] for check in self.checks)

    def version(self, root=ROOT):
        """Twelve digits that change when anything changes that a student or a grade would see."""
        digest = hashlib.sha256()
        folder = os.path.join(root, self.folder)
        own = [os.path.join(self.folder, os.path.relpath(os.path.join(top, name), folder))
               for top, _, names in os.walk(folder) for name in names]
        for path in sorted({*own, *self.taken, *self.hidden}):
            digest.update(f"{path}\n".encode() + read(path, root).encode())
        return digest.hexdigest()[:12]


def read(path, root=ROOT):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


# What each table must say, and what it may say.
TABLES = {
    "hole": ({"file", "function", "check"}, {"returns", "does", "uses", "early"}),
    "check": ({"name", "points", "asks", "look", "program", "cases"}, {"arch", "leaks"}),
    "guest": ({"name", "points", "asks", "look", "steps"}, {"arch", "append", "vary"}),
    "wrong": ({"name", "file", "function", "loses"}, set()),
}


def check_table(lab, kind, row):
    needed, allowed = TABLES[kind]
    missing, unknown = needed - row.keys(), row.keys() - needed - allowed
    if missing or unknown:
        raise BadManifest(f"{lab.folder}/lab.toml: a [[{kind}]] lacks {sorted(missing)}, and says"
                          f" {sorted(unknown)}, which is unknown")


def check_functions(lab, root):
    """Each function that is named is where the manifest says."""
    places = [(hole["file"], hole["function"]) for hole in lab.hole]
    places += [(wrong["file"], wrong["function"]) for wrong in lab.wrong]
    places += [tuple(name.split(":")) for name in lab.remove]
    for path, function in places:
        if path not in lab.taken:
            raise BadManifest(f"{lab.folder}/lab.toml: {path} is not among the files taken")
        try:
            locate.find_function(read(path, root), function, path)
        except (locate.NotFound, OSError) as error:
            raise BadManifest(f"{lab.folder}/lab.toml: {error}") from None


def check_steps(lab):
    """Each sentence of a [[guest]] check has a word that is known, and its arguments."""
    for row in lab.guest:
        for _, *sentences in row["steps"]:
            for complaint in filter(None, map(complaint_of, sentences)):
                raise BadManifest(f"{lab.folder}/lab.toml: {row['name']}: {complaint}")


def check_lab(lab, root=ROOT):
    """Raises BadManifest where the manifest and the tree do not fit each other."""
    for kind in TABLES:
        for row in getattr(lab, kind):
            check_table(lab, kind, row)
    check_functions(lab, root)
    check_steps(lab)
    names = {check["name"] for check in lab.checks}
    named = {hole["check"] for hole in lab.hole}.union(*(wrong["loses"] for wrong in lab.wrong))
    if named - names:
        raise BadManifest(f"{lab.folder}/lab.toml: there is no check {sorted(named - names)}")
    absent = [path for path in (*lab.taken, *lab.hidden)
              if not os.path.exists(os.path.join(root, path))]
    absent += [f"{lab.folder}/wrong/{wrong['name']}.c" for wrong in lab.wrong if not os.path.exists(
        os.path.join(root, lab.folder, "wrong", f"{wrong['name']}.c"))]
    if absent:
        raise BadManifest(f"{lab.folder}/lab.toml: there is no file {', '.join(absent)}")


def load(folder, root=ROOT):
    path = os.path.join(LABS, folder, "lab.toml")
    try:
        data = tomllib.loads(read(path, root))
        return Lab(number=int(folder[:2]), folder=os.path.join(LABS, folder), **data)
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise BadManifest(f"{path}: {error}") from None


def all_labs(root=ROOT):
    """Every lab, by number."""
    return [load(name, root) for name in sorted(os.listdir(os.path.join(root, LABS)))
            if FOLDER.match(name)]


def find_lab(word, root=ROOT):
    """The lab with that number, which a user typed."""
    labs = all_labs(root)
    if re.fullmatch(r"[0-9]{1,2}", word):
        for lab in labs:
            if lab.number == int(word):
                check_lab(lab, root)
                return lab
    numbers = ", ".join(str(lab.number) for lab in labs)
    asked = f"LAB={word}: there is no such lab" if word else "say which lab, for example LAB=3"
    raise BadInput(f"{asked}; there are {numbers} (make lab-list)")
