# SPDX-License-Identifier: MIT
"""The grader's own tree: the solved tree's sources, and of a submission only the lab's files.

build/grade/base has the sources and the objects that all grades share. A grade gets a copy of it,
in which make compiles what the submission replaces. Neither its Makefile, nor its headers, nor its
tests are looked at.
"""

import contextlib
import fcntl
import functools
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

from manifest import ROOT
from starter import HEADER, MARKS, tracked

FOLDER = os.path.join(ROOT, "build", "grade")
MAKEFILE = "tools/testing/host/Makefile"
RUNNER = "tools/lab/record.c"
TAG_HEADER = "tools/lab/record_tag.h"
SOURCES = ("arch/", "boot/", "drivers/", "kernel/", "mm/", "tools/testing/host", RUNNER)
VARIANTS = {"arm64": ("64", "arm64-tables"), "arm": ("32", "arm-tables")}
COMPILE_SECONDS = 600


class NotGraded(Exception):
    """This machine did not get to a result. That says nothing about the submission."""


def clean_environment():
    """What compilers and make need. Nothing of a make that runs us."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "HOST_CC")
    return {name: os.environ[name] for name in kept if name in os.environ}


def run_make(tree, choice, *targets):
    """Builds in a tree, with the grader's runner in the place of the usual one."""
    command = ["make", "-s", "-k", "-C", tree, "-f", MAKEFILE, f"SUITES={RUNNER}", *choice,
               *targets]
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, env=clean_environment(),
                              timeout=COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotGraded(f"compiling took more than {COMPILE_SECONDS} s") from None


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


def copy_changed(root, base):
    """Makes base's sources those of root, and leaves alone what is the same already."""
    wanted = [path for path in tracked(root) if path.startswith(SOURCES)]
    for path in wanted:
        source, target = os.path.join(root, path), os.path.join(base, path)
        with open(source, "rb") as file:
            content = file.read()
        with contextlib.suppress(FileNotFoundError), open(target, "rb") as file:
            if file.read() == content:
                continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(source, target)
    for top, folders, names in os.walk(base):
        folders[:] = [name for name in folders if name != "build"]
        for name in names:
            path = os.path.relpath(os.path.join(top, name), base)
            if path not in wanted and path not in (TAG_HEADER, HEADER):
                os.remove(os.path.join(base, path))


@dataclass
class Base:
    """What the grades of one lab share."""
    folder: str
    choice: list     # arguments of make: how 32-bit programs are built
    runner: list     # the words in front of a 32-bit program
    programs: dict   # of the lab's checks: {path: architecture}
    tag: str         # of the runner that was compiled there


@contextlib.contextmanager
def locked():
    """While this holds, no other grader changes build/grade/base."""
    os.makedirs(os.path.join(FOLDER, "base"), exist_ok=True)
    with open(os.path.join(FOLDER, "lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield os.path.join(FOLDER, "base")


def prepare(lab, archs):
    """Brings build/grade/base up to date and compiles there what the lab's programs share."""
    choice, runner = host_choice()
    with locked() as base:
        copy_changed(ROOT, base)
        shutil.copy(os.path.join(ROOT, MARKS), os.path.join(base, HEADER))  # of open holes
        tag = secrets.token_hex(16)
        write_tag(base, tag)
        known = run_make(base, choice, "list").stdout.split()
        programs = {f"build/host/{variant}/{check['program']}_test": arch
                    for arch in archs for variant in VARIANTS[arch] for check in lab.check}
        programs = {path: arch for path, arch in programs.items() if path in known}
        done = run_make(base, choice, *programs)
        if done.returncode:
            raise NotGraded(f"the solved tree's own tests do not build:\n{done.stderr}")
        for path in programs:
            os.remove(os.path.join(base, path))  # a copy must not run it for the submission's
    return Base(base, choice, runner, programs, tag)


@contextlib.contextmanager
def workspace(base, files):
    """A tree for one grade, with the files of the submission: {path: text}. Removed at the end."""
    tree = tempfile.mkdtemp(prefix="tree-", dir=FOLDER)
    variants = {path.split("/")[2] for path in base.programs}
    try:
        with locked():
            shutil.copytree(base.folder, tree, dirs_exist_ok=True, ignore=lambda folder, names: [
                name for name in names if folder.endswith("build/host") and name not in variants])
        write_tag(tree, base.tag)  # another grader may have put its own into the base
        for path, text in files.items():
            with open(os.path.join(tree, path), "w", encoding="utf-8") as file:
                file.write(text)
        yield tree
    finally:
        shutil.rmtree(tree, ignore_errors=True)
