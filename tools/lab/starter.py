# SPDX-License-Identifier: MIT
"""Write a lab's starter: the solved tree without the bodies that are the student's to write.

A starter is a git repository of its own with one commit. Its file lab.json says which lab it is and
which version. What would give the answer away stays here: the bodies, the tests that give points,
every lab's answers and wrong solutions. So does what a forge would run at each push of a student.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile

import locate
from manifest import LABS, ROOT, BadInput, read

RECORD = "lab.json"
HEADER = "kernel/base/lab.h"
MARKS = "tools/lab/lab.h"  # HEADER, in the solved tree
TESTS_MK = "tools/testing/host/tests.mk"
PROOFS = re.compile(r"tools/testing/test_lab\w*\.py$")
MISTAKES = re.compile(r"tools/break/\w+/")  # each is a function that is right but for one line
FORGE = ".github/"  # the tests of the solved tree
IDENTITY = ["-c", "user.name=Mercator", "-c", "user.email=labs@mercator.invalid"]


def git(folder, *arguments, **environment):
    """Runs git there, without the settings of the git that may have started us."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(["git", "-C", folder, *arguments], env={**clean, **environment},
                          check=True, capture_output=True, text=True).stdout


def tracked(root=ROOT):
    """The files of the solved tree, without what a developer has not added to it."""
    try:
        listed = git(root, "ls-files", "-z").split("\0")
    except (subprocess.CalledProcessError, FileNotFoundError):
        raise BadInput(f"{root} is not a clone made by git, so its files cannot be told from"
                       " others: clone it with git") from None
    return [path for path in listed if path and os.path.isfile(os.path.join(root, path))]


def belongs(lab, path):
    """Whether a starter has this file."""
    if path.startswith(LABS + "/"):
        return os.path.basename(path) == "README.md"
    return not (path in lab.hidden or PROOFS.match(path) or MISTAKES.match(path)
                or path.startswith(FORGE))


# --- The sources ---

def stub(lab, hole):
    """The lines between the braces."""
    mark = "yours_to_write_early" if hole.get("early") else "yours_to_write"
    lines = [f"\t{mark}({lab.number}); /* {lab.folder}/README.md says what it must do */"]
    lines += [f"\t(void){name}; /* is there for this body */" for name in hole.get("uses", ())]
    lines += [f"\t{hole['does']}"] if "does" in hole else []
    return lines + ([f"\treturn {hole['returns']};"] if "returns" in hole else [])


def add_include(text):
    """The header of the marks, behind the last of the file's own."""
    lines = text.split("\n")
    last = max(i for i, line in enumerate(lines) if line.startswith("#include"))
    return "\n".join([*lines[:last + 1], "#include <kernel/base/lab.h>", *lines[last + 1:]])


def open_holes(lab, path, text, holes):
    """The text of a file with the bodies of these holes taken out."""
    for hole in holes:
        text = locate.replace_body(text, hole["function"], stub(lab, hole), path)
    return add_include(text)


def starter_source(lab, path, text):
    """The text of one of the lab's files in a starter."""
    text = open_holes(lab, path, text, [hole for hole in lab.hole if hole["file"] == path])
    for name in lab.remove:
        where, function = name.split(":")
        if where == path:
            text = locate.remove_function(text, function, path)
    return text


# --- The list of host programs ---

def statement(text, name):
    """The piece of tests.mk, from $( to its bracket and the end of the line, that makes name."""
    for start in (found.start() for found in re.finditer(r"^\$\(", text, re.M)):
        depth, end = 0, start
        while not (end > start + 1 and depth == 0):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        if f"$(call test,{name}," in text[start:end]:
            return text[start:text.index("\n", end) + 1]
    raise BadInput(f"{TESTS_MK} has no program {name}")


def starter_programs(lab, text):
    """Without the programs that only the grader has, and with that of the example."""
    for name in lab.programs:
        text = text.replace(statement(text, name), "")
    example = lab.example
    for variant in example["variants"]:
        arch = "arm64" if variant in ("64", "arm64-tables") else "arm"
        text += (f"$(foreach arch,{arch},$(call test,{example['program']},{variant},"
                 f" {example['into']} {example['sources']}))\n")
    return text


# --- The whole tree ---

def record(lab, root=ROOT):
    """What a starter knows of its lab."""
    checks = [{name: check[name] for name in ("name", "points", "asks", "look")}
              for check in lab.check]
    return {"lab": lab.number, "title": lab.title, "version": lab.version(root),
            "text": f"{lab.folder}/README.md", "files": lab.taken,
            "holes": [[hole["file"], hole["function"], hole["check"]] for hole in lab.hole],
            "checks": checks, "program": lab.example["program"],
            "variants": lab.example["variants"]}


def write_file(folder, path, text):
    os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
    with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
        file.write(text)


def write_tree(lab, folder, root=ROOT):
    """Fills the folder with the starter's files."""
    for path in tracked(root):
        if belongs(lab, path):
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            shutil.copy2(os.path.join(root, path), os.path.join(folder, path))
    for path in lab.taken:
        write_file(folder, path, starter_source(lab, path, read(path, root)))
    write_file(folder, TESTS_MK, starter_programs(lab, read(TESTS_MK, root)))
    write_file(folder, HEADER, read(MARKS, root))
    write_file(folder, lab.example["into"], read(f"{lab.folder}/example_test.c", root))
    write_file(folder, RECORD, json.dumps(record(lab, root), indent=2) + "\n")


def subject(lab, root=ROOT):
    """The subject of the commit that a starter begins with; an update looks for it."""
    return f"Lab {lab.number}, {lab.title}: version {lab.version(root)}"


def check_place(word, root=ROOT):
    """The full path of DIR, where nothing is yet. Raises BadInput."""
    if not word:
        raise BadInput("say where the starter goes, for example DIR=../my-lab")
    folder, tree = os.path.realpath(word), os.path.realpath(root)
    if os.path.commonpath([folder, tree]) == tree:
        raise BadInput(f"DIR={word} is inside this tree: use a folder beside it, DIR=../my-lab")
    if os.path.lexists(folder) and not (os.path.isdir(folder) and not os.listdir(folder)):
        raise BadInput(f"DIR={word} exists already: use a folder that does not, or remove it")
    if not os.path.isdir(os.path.dirname(folder)):
        raise BadInput(f"DIR={word}: there is no folder {os.path.dirname(folder)} to put it in")
    refusal = subprocess.run(["tools/check-choices.sh", f"TREE={folder}"], cwd=root, check=True,
                             capture_output=True, text=True).stdout.strip()
    if refusal:
        raise BadInput(f"DIR={word}: {refusal}")
    return folder


def make_starter(lab, word, root=ROOT):
    """Writes the starter to DIR, all of it or nothing."""
    if not lab.hole:
        raise BadInput(f"lab {lab.number} has nothing to write: read {lab.folder}/README.md, and"
                       " follow it in this tree")
    folder = check_place(word, root)
    made = tempfile.mkdtemp(prefix=".lab-", dir=os.path.dirname(folder))
    try:
        os.chmod(made, 0o755)
        write_tree(lab, made, root)
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        git(made, "init", "-q", "-b", "main", **alone)
        git(made, "add", "-A", **alone)
        git(made, *IDENTITY, "commit", "-q", "-m", subject(lab, root), **alone)
        if os.path.isdir(folder):
            os.rmdir(folder)  # it was empty
        os.rename(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return folder
