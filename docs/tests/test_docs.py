# SPDX-License-Identifier: MIT
"""The book says what the kernel does: sessions are replayed, names exist, links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tools", "testing"), os.path.dirname(os.path.abspath(__file__))]

# pylint: disable=wrong-import-position
import replay  # noqa: E402
from qemu import Machine  # noqa: E402

FOLDERS = ("arch", "boot", "docs", "drivers", "kernel", "mm", "tools", "userland")
TREE_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./*<>{{}}-]*)`")
FUNCTION = re.compile(r"`(\w+)\(\)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[\w-]*)?\)")

# What `make run` is while a block of sh is replayed: it prints its choices, a line each.
MAKE = 'make() { if [ "$1" = run ]; then shift; printf "%s\\n" "$@"; else command make "$@"; fi; }'
CHOICES = {"APPEND": "append", "BREAK": "broken", "MEM": "mem", "QEMU_ARGS": "extra"}


def documents():
    result = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    for folder, _, names in os.walk(os.path.join(ROOT, "docs")):
        result += [os.path.relpath(os.path.join(folder, name), ROOT)
                   for name in sorted(names) if name.endswith(".md")]
    return result


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def without_linux(text):
    """The text but for sections about Linux, which name what is there, and fenced blocks."""
    text = re.sub(r"(?ms)^```.*?^```$", "", text)
    return re.sub(r"(?ms)^## [^\n]*Linux[^\n]*\n.*?(?=^## |\Z)", "", text)


def sessions():
    return [(path, arch) for path in documents() for arch in ("arm64", "arm")
            if any(mark == arch for _, _, mark, _ in replay.blocks(read(path)))]


@pytest.fixture(scope="session")
def source():
    """Every word of the code of kernel and programs. Their comments name Linux's functions, too."""
    words = set()
    for top in ("arch", "boot", "drivers", "kernel", "mm", "tools", "userland"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if name.endswith((".c", ".h", ".S", ".def", ".py")):
                    code = re.sub(r"(?s)/\*.*?\*/", "", read(os.path.join(folder, name)))
                    words.update(re.findall(r"\w+", code))
    return words


def machines(path, architecture):
    """The machines of a document, in order: [(the lines of sh that start it, its steps)]."""
    result = [([], [])]
    for line, language, mark, body in replay.blocks(read(path)):
        if mark == architecture and language == "sh":
            result.append((body, []))
        elif mark == architecture:
            result[-1][1].extend(replay.steps(line, body))
    return [machine for machine in result if any(machine)]


def choices(lines, architecture):
    """Runs the lines, but for `make run`, whose choices become arguments of Machine."""
    clean = ["env", *(f"--unset={name}" for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL"))]
    done = subprocess.run([*clean, "sh", "-ec", "\n".join([MAKE, *lines])], cwd=ROOT, check=True,
                          text=True, stdout=subprocess.PIPE)
    told = dict(word.split("=", 1) for word in done.stdout.splitlines())
    assert not lines or told.pop("ARCH", "arm64") == architecture
    return {CHOICES[name]: value for name, value in told.items()}


@pytest.mark.parametrize("path, architecture", sessions())
def test_session(path, architecture):
    """All sessions of a document run in order, each on the machine started last before it."""
    name = os.path.splitext(path)[0].replace("/", "-")
    for number, (start, steps) in enumerate(machines(path, architecture)):
        addresses = replay.Addresses(architecture)
        with Machine(architecture, log=f"docs-{name}-{number}",
                     **choices(start, architecture)) as machine:
            machine.expect_prompt()
            for step in steps:
                command = addresses.translate(step.command)
                printed = [text.rstrip() for text in machine.type(command).splitlines()]
                wrong = replay.difference(step, printed, addresses)
                assert not wrong, f"{path}:{step.line}: {step.command}\n{wrong}"


@pytest.mark.parametrize("path", documents())
def test_every_session_says_its_architecture(path):
    bare = [line for line, language, mark, _ in replay.blocks(read(path))
            if language == "console" and not mark]
    assert not bare, f"{path}: no <!-- replay ARCH --> above the block in line {bare}"


@pytest.mark.parametrize("path", documents())
def test_files_named_exist(path):
    wrong = []
    for name in TREE_PATH.findall(without_linux(read(path))):
        for arch in ("arm64", "arm"):
            file = name.replace("<arch>", arch)
            if "*" not in file and not os.path.exists(os.path.join(ROOT, file)):
                wrong.append(file)
    assert not wrong, f"{path} names files that are not there: {sorted(set(wrong))}"


@pytest.mark.parametrize("path", documents())
def test_functions_named_exist(path, source):
    names = FUNCTION.findall(without_linux(read(path)))
    wrong = sorted({name for name in names if name not in source})
    assert not wrong, f"{path} names functions that are not there: {wrong}"


@pytest.mark.parametrize("path", documents())
def test_links_lead_somewhere(path):
    folder = os.path.join(ROOT, os.path.dirname(path))
    wrong = [link for link in LINK.findall(read(path))
             if not os.path.exists(os.path.join(folder, link))]
    assert not wrong, f"{path}: {wrong}"


def test_every_chapter_is_in_both_tables_of_contents():
    """In the site's navigation, and in docs/index.md. Answers and slides are for instructors."""
    chapters = {path.removeprefix("docs/") for path in documents()
                if path.startswith("docs/") and not path.startswith("docs/slides/")
                and not path.endswith("/answers.md")}
    assert set(re.findall(r": ([\w/-]+\.md)$", read("docs/mkdocs.yml"), re.M)) == chapters
    assert chapters - set(LINK.findall(read("docs/index.md"))) == {"index.md"}


@pytest.mark.parametrize("path", documents())
def test_answers_stand_apart_from_questions(path):
    """Under a heading of their own at the end, one for each question; a lab's in answers.md."""
    text, answers = read(path), os.path.join(os.path.dirname(path), "answers.md")
    if os.path.exists(os.path.join(ROOT, answers)) and path != answers:
        text += "## Answers\n" + read(answers).split("\n## ")[0]
    questions = re.search(r"^## Questions\n(.*?)^## Answers\n(.*)", text, re.M | re.S)
    assert questions or "## Questions" not in text and "**Answers" not in text
    if questions:
        asked, answered = (re.findall(r"^(\d+)\. ", part, re.M) for part in questions.groups())
        assert asked == answered != []


def test_each_release_is_in_the_change_log():
    """Newest first; the newest is what the kernel calls itself. A clone may lack the tags."""
    tags = subprocess.run(["git", "tag", "--list", "v*", "--sort=-version:refname"], cwd=ROOT,
                          check=True, capture_output=True, text=True).stdout.split()
    newest, *older = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.M)
    released = [newest.removeprefix("Next: "), *older]
    assert [name for name in released if name in tags] == tags
    assert f'#define UTS_RELEASE  "{released[0][1:]}"' in read("kernel/syscall/utsname.h")
    assert not newest.startswith("Next: ") or released[0] not in tags


@pytest.mark.parametrize("architecture", ("arm64", "arm"))
def test_driver_of_the_book_compiles(architecture):
    """The first block of C in "Writing a driver" is a whole file, and gives no warning; pasted into
    the tree, it is not too wide for test_structure.py."""
    driver = next(body for _, language, _, body in replay.blocks(read("docs/porting-driver.md"))
                  if language == "c")
    assert max(len(line.expandtabs(8)) for line in driver) <= 100
    flags = shlex.split(read(f"build/{architecture}/flags"))
    linker = next(i for i, word in enumerate(flags) if i and word.endswith("ld"))
    subprocess.run([*flags[:linker], "-Werror", "-x", "c", "-", "-c", "-o", os.devnull], cwd=ROOT,
                   check=True, text=True, input="\n".join(driver) + "\n")


def test_size_is_what_the_command_counts():
    """README's figure for the kernel's size, recomputed with the command beside it."""
    text = read("README.md")
    said = re.search(r"about ([\d,]+) lines", text)
    command = re.search(r"(?s)about [\d,]+ lines.*?```sh\n(.*?)```", text)
    assert said and command
    counted = int(subprocess.run(command[1], shell=True, cwd=ROOT, check=True, text=True,
                                 capture_output=True).stdout.split()[0])
    assert abs(int(said[1].replace(",", "")) - counted) <= 0.1 * counted, f"it is {counted} now"
