# SPDX-License-Identifier: MIT
"""The book says what the kernel does: sessions are replayed, names exist, links lead somewhere."""

import os
import re
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


def documents():
    result = ["README.md"]
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
    """Every word of the kernel's and the user programs' source."""
    words = set()
    for top in ("arch", "boot", "drivers", "kernel", "mm", "tools", "userland"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if name.endswith((".c", ".h", ".S", ".def", ".py")):
                    words.update(re.findall(r"\w+", read(os.path.join(folder, name))))
    return words


@pytest.mark.parametrize("path, architecture", sessions())
def test_session(path, architecture):
    """All sessions of a document run one after the other on one machine of their architecture."""
    addresses = replay.Addresses(architecture)
    log = f"docs-{os.path.splitext(os.path.basename(path))[0]}"
    with Machine(architecture, log=log) as machine:
        machine.expect_prompt()
        for line, _, mark, body in replay.blocks(read(path)):
            for step in replay.steps(line, body) if mark == architecture else ():
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


def test_size_is_what_the_command_counts():
    """README's figure for the kernel's size, recomputed with the command beside it."""
    text = read("README.md")
    said = re.search(r"about ([\d,]+) lines", text)
    command = re.search(r"(?s)about [\d,]+ lines.*?```sh\n(.*?)```", text)
    assert said and command
    counted = int(subprocess.run(command[1], shell=True, cwd=ROOT, check=True, text=True,
                                 capture_output=True).stdout.split()[0])
    assert abs(int(said[1].replace(",", "")) - counted) <= 0.1 * counted, f"it is {counted} now"
