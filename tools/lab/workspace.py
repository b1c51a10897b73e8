# SPDX-License-Identifier: MIT
"""The grader's own tree: the solved tree's sources, and of a submission only the lab's files.

build/grade/base has the sources and the objects that all grades share. A grade gets a copy of it,
in which make compiles what the submission replaces. Neither its Makefile, nor its headers, nor its
tests are looked at.
"""

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from manifest import ROOT
from starter import HEADER, MARKS, tracked

FOLDER = os.path.join(ROOT, "build", "grade")
MAKEFILE = "tools/testing/host/Makefile"
RUNNER = "tools/lab/record.c"
TAG_HEADER = "tools/lab/record_tag.h"
SOURCES = ("Makefile", "arch/", "boot/", "drivers/", "kernel/", "mm/", "tools/", "userland/")
VARIANTS = {"arm64": ("64", "arm64-tables"), "arm": ("32", "arm-tables")}
IMAGES = {"arm64": "Image", "arm": "zImage"}
LAYOUT = "tools/lab/layout"
CHOICE = "build/choice.json"  # how 32-bit programs are built here, and which programs there are
COMPILE_SECONDS = 600


class NotGraded(Exception):
    """This machine did not get to a result. That says nothing about the submission."""


def clean_environment():
    """What compilers and make need. Nothing of a make that runs us."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "HOST_CC")
    return {name: os.environ[name] for name in kept if name in os.environ}


def make_in(tree, *arguments):
    """Runs make there. It goes on after a failure, so that each program tells its own."""
    command = ["make", "-s", "-k", "-C", tree, *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, env=clean_environment(),
                              timeout=COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotGraded(f"compiling took more than {COMPILE_SECONDS} s") from None


def run_make(tree, choice, *targets):
    """Builds host programs, with the grader's runner in the place of the usual one."""
    return make_in(tree, "-f", MAKEFILE, f"SUITES={RUNNER}", *choice, *targets)


def make_kernel(tree, arch):
    """Builds what a machine needs, and the layout of its records."""
    return make_in(tree, f"ARCH={arch}", f"PYTHON={sys.executable}", *(
        f"build/{arch}/{name}" for name in (IMAGES[arch], "initramfs.cpio", f"{LAYOUT}.o")))


@functools.cache
def host_choice():
    """How 32-bit programs are built and run here, as arguments of make; and the runner's words."""
    done = subprocess.run(["tools/testing/host32.sh"], cwd=ROOT, capture_output=True, text=True,
                          env=clean_environment(), check=True)
    answer = dict(line.split(" := ", 1) for line in done.stdout.splitlines())
    choice = [f"{name}={answer[name]}" for name in ("HOST32", "SANITIZE32")]
    return ([] if answer["PROBLEM32"] else choice), answer["RUN32"].split()


def write_tag(tree, tag):
    """Compiles the tag into the runner of a tree, unless that has it already."""
    text = f'#define RECORD_TAG "{tag}"\n#define RECORD_PRINTK record_{tag[::-1]}\n'
    path = os.path.join(tree, TAG_HEADER)
    with contextlib.suppress(FileNotFoundError), open(path, encoding="utf-8") as file:
        if file.read() == text:
            return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def has_content(path, content):
    with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
        return file.read() == content
    return False


def copy_changed(root, base, extra):
    """Makes base's sources those of root, with extra ones ({path: text}) beside them or in their
    place, and leaves alone what is the same already."""
    wanted = [path for path in tracked(root) if path.startswith(SOURCES) and path not in extra]
    for path in wanted:
        source, target = os.path.join(root, path), os.path.join(base, path)
        with open(source, "rb") as file:
            content = file.read()
        if not has_content(target, content):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(source, target)
    for path, text in extra.items():
        target = os.path.join(base, path)
        if not has_content(target, text.encode()):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf-8") as file:
                file.write(text)
    for top, folders, names in os.walk(base):
        folders[:] = [name for name in folders if name != "build"]
        for name in names:
            path = os.path.relpath(os.path.join(top, name), base)
            if path not in wanted and path not in (*extra, TAG_HEADER, HEADER):
                os.remove(os.path.join(base, path))


def begin_base(root, base):
    """Fills an empty base with copies that keep their times, so that what root has built is not
    built again."""
    for path in [*tracked(root), *(f"build/{arch}" for arch in VARIANTS)]:
        source, target = os.path.join(root, path), os.path.join(base, path)
        if os.path.isdir(source):
            try:
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("test-logs*"))
            except shutil.Error:  # a file went away on the way: all is compiled instead
                shutil.rmtree(target)
        elif path.startswith(SOURCES) and os.path.exists(source):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(source, target)


@dataclass
class Base:
    """What the grades of one lab share."""
    folder: str
    choice: list     # arguments of make: how 32-bit programs are built
    runner: list     # the words in front of a 32-bit program
    programs: dict   # of the lab's checks: {path: architecture}
    kernels: list    # the architectures of which a kernel is built
    tag: str         # of the runner that was compiled there
    trees: str = ""  # where the trees of grades go, when no other grader may change the base


def base_folder(lab):
    """build/grade/base. With hidden checks another one: neither grade changes the other's."""
    kept = hashlib.sha256(json.dumps(lab.extra, sort_keys=True).encode()).hexdigest()[:12]
    return os.path.join(FOLDER, f"base-{kept}" if lab.extra else "base")


@contextlib.contextmanager
def locked(folder):
    """While this holds, no other grader changes this base."""
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def programs_of(lab, archs, known):
    """The programs of the lab's checks: {path: architecture}. known: those that there are."""
    programs = {f"build/host/{variant}/{check['program']}_test": arch
                for arch in archs for variant in VARIANTS[arch] for check in lab.check}
    return {path: arch for path, arch in programs.items() if path in known}


def share(lab, archs, folder):
    """Prepares, and copies to a folder what no other grader changes then: a class has one base."""
    prepare(lab, archs)
    shutil.rmtree(folder, ignore_errors=True)
    with locked(base_folder(lab)) as base:
        shutil.copytree(base, os.path.join(folder, "base"))


def shared(lab, archs, folder):
    """What share() has left, to be read only. Each grade has a tag of its own."""
    base = os.path.join(folder, "base")
    with open(os.path.join(base, CHOICE), encoding="utf-8") as file:
        choice, runner, known = json.load(file)
    return Base(base, choice, runner, programs_of(lab, archs, known),
                list(archs) if lab.guest else [], secrets.token_hex(16), tempfile.gettempdir())


def prepare(lab, archs):
    """Brings build/grade/base up to date and compiles there what the lab's programs share."""
    choice, runner = host_choice()
    with locked(base_folder(lab)) as base:
        if not os.path.exists(os.path.join(base, "Makefile")):
            begin_base(ROOT, base)
        copy_changed(ROOT, base, lab.extra)
        shutil.copy(os.path.join(ROOT, MARKS), os.path.join(base, HEADER))  # of open holes
        tag = secrets.token_hex(16)
        write_tag(base, tag)
        known = run_make(base, choice, "list").stdout.split()
        with open(os.path.join(base, CHOICE), "w", encoding="utf-8") as file:
            json.dump([choice, runner, known], file)  # for shared(), which cannot try
        programs = programs_of(lab, archs, known)
        done = run_make(base, choice, *programs)
        if done.returncode:
            raise NotGraded(f"the solved tree's own tests do not build:\n{done.stderr}")
        for path in programs:
            os.remove(os.path.join(base, path))  # a copy must not run it for the submission's
        kernels = list(archs) if lab.guest else []
        for arch in kernels:
            done = make_kernel(base, arch)
            if done.returncode:
                raise NotGraded(f"the solved tree's own kernel does not build:\n{done.stderr}")
    return Base(base, choice, runner, programs, kernels, tag)


def leave_out(base):
    """What shutil.copytree() does not copy: builds that this grade has no use for."""
    wanted = {f"build/host/{path.split('/')[2]}" for path in base.programs}
    wanted |= {f"build/{arch}" for arch in base.kernels}

    def ignore(folder, names):
        place = os.path.relpath(folder, base.folder)
        if place == "build":
            return [name for name in names if not any(
                f"{one}/".startswith(f"build/{name}/") for one in wanted)]
        return [name for name in names if place == "build/host"
                and f"build/host/{name}" not in wanted]
    return ignore


@contextlib.contextmanager
def workspace(base, files):
    """A tree for one grade, with the files of the submission: {path: text}. Removed at the end."""
    tree = tempfile.mkdtemp(prefix="tree-", dir=base.trees or FOLDER)
    try:
        with contextlib.nullcontext() if base.trees else locked(base.folder):
            shutil.copytree(base.folder, tree, dirs_exist_ok=True, ignore=leave_out(base))
        write_tag(tree, base.tag)  # another grader may have put its own into the base
        for path, text in files.items():
            with open(os.path.join(tree, path), "w", encoding="utf-8") as file:
                file.write(text)
        yield tree
    finally:
        shutil.rmtree(tree, ignore_errors=True)
