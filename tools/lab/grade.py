# SPDX-License-Identifier: MIT
"""Grade a submission: the lab's files in the grader's tree, and the grader's tests run on them.

A check has its points when each of its cases passes on each architecture that is asked for. A
reason says what was asked, what came, where to look, and which command repeats it.
"""

import contextlib
import json
import os
import re
import shlex
from dataclasses import dataclass, field, replace

import guest
from child import run_cases
from manifest import ROOT, BadInput, read
from snapshot import ElfFile
from starter import RECORD
from workspace import IMAGES, VARIANTS, NotGraded, make_kernel, prepare, run_make, workspace

LARGEST_FILE = 1 << 20
BUILD_ERROR = re.compile(r"\berror:|undefined reference|multiple definition")
ARCHS = ("arm64", "arm")


@dataclass
class Result:
    """One check of one submission."""
    name: str
    points: int
    of: int
    asked: str
    look: str
    command: str
    came: list = field(default_factory=list)


@dataclass
class Grade:
    """All checks of one submission."""
    lab: int
    title: str
    version: str
    starter: str  # the version of the starter that was handed in, or ""
    archs: list
    results: list
    feedback: bool = False  # true: from the student's own copy of the examples

    @property
    def points(self):
        return sum(result.points for result in self.results)

    @property
    def of(self):
        return sum(result.of for result in self.results)


# --- What is taken from a submission ---

def take_file(folder, path):
    """The text of one of the lab's files, or BadInput."""
    place = os.path.realpath(os.path.join(folder, path))
    if place != os.path.join(os.path.realpath(folder), path):
        raise BadInput(f"{path} is a symbolic link, or in a folder that is one: hand in the file")
    if not os.path.isfile(place):
        raise BadInput(f"{path} is missing, or is not a file: it is one of the lab's files")
    if os.path.getsize(place) > LARGEST_FILE:
        raise BadInput(f"{path} is larger than {LARGEST_FILE >> 10} KiB")
    try:
        return read(path, folder)
    except ValueError:
        raise BadInput(f"{path} is not a text in UTF-8") from None


def take_files(lab, folder):
    """The lab's files, and nothing else: {path: text}."""
    if not os.path.isdir(folder):
        raise BadInput(f"DIR={folder} is not a folder")
    return {path: take_file(folder, path) for path in lab.taken}


def starter_version(folder):
    """What the submission's lab.json says, for the reader; no point depends on it."""
    try:
        return str(json.loads(read(RECORD, folder))["version"])[:40]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


# --- Building ---

def globals_of(path):
    """The C names that an object file offers to others. A compiler's own helpers have a dot."""
    return {name for name, symbol in ElfFile(path).symbols.items()
            if symbol.is_global and re.fullmatch(r"[A-Za-z_]\w*", name)}


def foreign_includes(tree, path):
    """What an object was made of from outside the grader's tree, by the compiler's own list."""
    words = read(path[:-2] + ".d", tree).split(":", 1)[1].replace("\\\n", " ").split("\n")[0]
    return [name for name in words.split()[1:]
            if name.endswith(".c") or os.path.normpath(name).startswith("..")
            or re.match(r"/(?!usr/(lib|include)/)", name)]


def object_complaint(tree, base, path, source):
    """Why a compiled file of the submission is not accepted, or None."""
    foreign = foreign_includes(tree, path)
    if foreign:
        return f"{source} includes {foreign[0]}, which is not a header of this tree"
    added = globals_of(os.path.join(tree, path)) - globals_of(os.path.join(base.folder, path))
    if added:
        return (f"{source} defines {', '.join(sorted(added))} for all files: make your own"
                " functions and variables static")
    return None


def object_of(program, source):
    return f"build/host/{program.split('/')[2]}/{source[:-2]}.o"


def first_error(tree, base, text):
    """What the compiler or the linker said first, without the names of the grader's folders."""
    for line in text.splitlines():
        if BUILD_ERROR.search(line):
            return line.replace(f"{tree}/", "").replace(f"{base.folder}/", "")
    return text.strip() or "make says nothing"


def remove(tree, paths):
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(tree, path))


def complaint_of(tree, base, product, objects, said):
    """Why a program or a kernel is not run, or None. objects: {compiled file: its source}."""
    found = [object_complaint(tree, base, path, source) for path, source in objects.items()
             if os.path.exists(os.path.join(tree, path))]
    if not os.path.exists(os.path.join(tree, product)):
        found.append("it does not compile: " + first_error(tree, base, said))
    return next(filter(None, found), None)


def build_complaints(tree, base, files):
    """Builds all programs. Returns {program: why it cannot be run}."""
    objects = {program: {object_of(program, path): path for path in files}
               for program in base.programs}
    for program in base.programs:
        remove(tree, objects[program])
    said = run_make(tree, base.choice, *base.programs).stderr if objects else ""
    found = {program: complaint_of(tree, base, program, objects[program], said)
             for program in base.programs}
    return {program: complaint for program, complaint in found.items() if complaint}


def kernel_complaint(tree, base, arch, files):
    """Builds a kernel. Returns why it cannot be run, or None."""
    image = f"build/{arch}/{IMAGES[arch]}"
    objects = {f"build/{arch}/{path[:-2]}.o": path for path in files}
    remove(tree, [*objects, image, f"build/{arch}/kernel.elf"])
    said = make_kernel(tree, arch).stderr
    return complaint_of(tree, base, image, objects, said)


# --- Running ---

def run_program(program, checks, tree, base):
    """Runs what these checks ask of a program. Returns {case: reasons}."""
    runner = base.runner if program.split("/")[2] in VARIANTS["arm"] else []
    found = {}
    for leaks in (False, True):
        cases = [case for check in checks if check.get("leaks", False) == leaks
                 for case in check["cases"]]
        if cases:
            found.update(run_cases([*runner, os.path.join(tree, program)],
                                   list(dict.fromkeys(cases)), base.tag, leaks and not runner))
    return found


def with_archs(came):
    """{check: reasons}, of {check: {reason: architectures}}: these go in front."""
    return {name: [f"{', '.join(dict.fromkeys(archs))}: {reason}"
                   for reason, archs in reasons.items()] for name, reasons in came.items()}


def run_checks(checks, tree, base, complaints):
    """{check: the reasons why it fails}; none when it passes."""
    came, ran = {check["name"]: {} for check in checks}, set()
    for program, arch in base.programs.items():
        asked = [check for check in checks if check.get("arch", arch) == arch
                 and os.path.basename(program) == f"{check['program']}_test"]
        found = {} if program in complaints else run_program(program, asked, tree, base)
        for check in asked:
            ran.add(check["name"])
            for case in check["cases"]:
                for reason in found.get(case, [complaints.get(program)]):
                    came[check["name"]].setdefault(reason, []).append(arch)
    if came.keys() - ran:  # it must not have its points for that
        raise NotGraded(f"no program here runs {', '.join(sorted(came.keys() - ran))}")
    return with_archs(came)


def run_guests(lab, checks, kernels, seed):
    """The same for checks of running kernels. kernels: {architecture: Kernel, or a complaint}."""
    came, ran = {check["name"]: {} for check in checks}, set()
    for arch, kernel in kernels.items():
        for check in checks:
            if check.get("arch", arch) != arch:
                continue
            ran.add(check["name"])
            for reason in ([kernel] if isinstance(kernel, str)
                           else guest.run_check(lab, check, kernel, seed)):
                came[check["name"]].setdefault(reason, []).append(arch)
    if came.keys() - ran:
        raise NotGraded(f"no kernel here runs {', '.join(sorted(came.keys() - ran))}")
    return with_archs(came)


def checks_of(lab, archs, name):
    """The checks that are asked for."""
    checks = [check for check in lab.checks if check.get("arch", archs[0]) in archs]
    if name and name not in (check["name"] for check in checks):
        known = ", ".join(check["name"] for check in checks)
        raise BadInput(f"CHECK={name}: lab {lab.number} has no such check; there are {known}")
    return [check for check in checks if name in ("", check["name"])]


def only_for(base, checks):
    """The base without the programs and kernels that these checks do not need."""
    wanted = {f"{check['program']}_test" for check in checks if "program" in check}
    return replace(base, programs={path: arch for path, arch in base.programs.items()
                                   if os.path.basename(path) in wanted},
                   kernels=base.kernels if any("steps" in check for check in checks) else [])


@dataclass(frozen=True)
class Asked:
    """What is asked of a grade. where: the folder that was handed in."""
    archs: tuple = ARCHS
    check: str = ""  # this one only
    seed: str = ""
    where: str = ""
    extra: str = ""  # GRADER_EXTRA=

    def command(self, lab, name):
        """What repeats one check."""
        arch = self.archs[0] if len(self.archs) == 1 else ""
        words = {"LAB": lab.number, "CHECK": name, "DIR": self.where, "ARCH": arch,
                 "SEED": self.seed, "GRADER_EXTRA": self.extra}
        return "make grade " + " ".join(
            f"{key}={shlex.quote(str(word))}" for key, word in words.items() if word)


def reasons_of(lab, checks, asked, base, changed):
    """Builds what was handed in, and runs the checks: {check: reasons}."""
    of_programs = [check for check in checks if "program" in check]
    of_guests = [check for check in checks if "steps" in check]
    with workspace(base, changed) as tree:
        complaints = build_complaints(tree, base, changed)
        reasons = run_checks(of_programs, tree, base, complaints)
        kernels = {arch: kernel_complaint(tree, base, arch, changed)
                   or guest.kernel_of(tree, arch) for arch in base.kernels}
        return {**reasons, **run_guests(lab, of_guests, kernels, asked.seed)}


def grade_files(lab, files, asked=Asked(), starter="", base=None):
    """Grades texts, {path: text}.

    Each grade has a tag of its own, unless a base is passed, which saves time in tests.
    """
    checks = checks_of(lab, asked.archs, asked.check)
    base = only_for(base or prepare(lab, asked.archs), checks)
    changed = {path: text for path, text in files.items() if text != read(path)}
    reasons = reasons_of(lab, checks, asked, base, changed)
    results = [Result(check["name"], 0 if came else check["points"], check["points"],
                      check["asks"], check["look"], asked.command(lab, check["name"]), came)
               for check in checks for came in [reasons[check["name"]]]]
    return Grade(lab.number, lab.title, lab.version(), starter, list(asked.archs), results)


def grade_folder(lab, asked=Asked()):
    """Grades a submission, or with no folder the solved tree itself."""
    folder = asked.where or ROOT
    return grade_files(lab, take_files(lab, folder), asked, starter_version(folder))
