# SPDX-License-Identifier: MIT
"""Bring a mended lab into a starter, and keep the student's work.

The starter's first commit is what the student began with. The mended starter becomes a second
commit on top of that one, and git merges it into the work: three versions of each file, so that
only what both sides changed in the same place can conflict. Then nothing is changed.
"""

import json
import os
import subprocess
import tempfile

from manifest import ROOT, BadInput, find_lab
from starter import IDENTITY, RECORD, git, subject, write_tree


def read_record(word):
    """What lab.json says in a folder that should be a starter."""
    if not word:
        raise BadInput("say which starter, for example DIR=../my-lab")
    try:
        with open(os.path.join(word, RECORD), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        raise BadInput(f"DIR={word} is not a starter: it has no {RECORD} that can be read"
                       " (make lab LAB=3 DIR=... makes one)") from None


def find_base(folder, number):
    """The last commit that an unchanged starter was: its first one, or that of an update."""
    log = git(folder, "log", "--format=%H %s").splitlines()
    commits = [line.split(" ", 1)[0] for line in log if f" Lab {number}, " in line
               and ": version " in line]
    if not commits:
        raise BadInput(f"{folder} has no commit of an unchanged starter, so your work cannot be"
                       " told from the lab's: make a new starter, and copy your functions into it")
    return commits[0]


def commit_starter(lab, folder, base, root):
    """Puts the mended starter into the repository as a commit behind base. Returns its hash."""
    with tempfile.TemporaryDirectory() as made:
        tree = os.path.join(made, "tree")
        place = {"GIT_DIR": os.path.join(os.path.realpath(folder), ".git"),
                 "GIT_WORK_TREE": tree, "GIT_INDEX_FILE": os.path.join(made, "index")}
        write_tree(lab, tree, root)
        git(tree, "add", "-A", **place)
        files = git(tree, "write-tree", **place).strip()
        return git(folder, *IDENTITY, "commit-tree", files, "-p", base, "-m",
                   subject(lab, root)).strip()


def update(word, root=ROOT):
    """Returns what was done, in words. Raises BadInput when it cannot be done; DIR is as it was."""
    record = read_record(word)
    lab = find_lab(str(record.get("lab")), root)
    if record["version"] == lab.version(root):
        return f"{word} has lab {lab.number} in version {lab.version(root)} already"
    try:
        dirty = git(word, "status", "--porcelain")
    except subprocess.CalledProcessError as error:
        raise BadInput(f"DIR={word}: {error.stderr.strip()}") from None
    if dirty:
        raise BadInput(f"{word} has work that is not committed: commit it first (git -C {word}"
                       " commit -a), so that nothing of it can be lost")
    mended = commit_starter(lab, word, find_base(word, lab.number), root)
    try:
        git(word, *IDENTITY, "merge", "--no-edit", "-q", "-m",
            f"Lab {lab.number} brought to version {lab.version(root)}", mended)
    except subprocess.CalledProcessError:
        files = git(word, "diff", "--name-only", "--diff-filter=U").split()
        git(word, "merge", "--abort")
        raise BadInput(f"{word} and the mended lab changed the same lines of {', '.join(files)}:"
                       f" nothing was changed. To merge by hand: git -C {word} merge {mended}"
                       ) from None
    return f"{word}: lab {lab.number} went from version {record['version']} to {lab.version(root)}"
