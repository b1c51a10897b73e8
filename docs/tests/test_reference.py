# SPDX-License-Identifier: MIT
"""The two chapters in which words are looked up: docs/glossary.md and docs/linux-names.md."""

import functools
import os
import re
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tools", "testing"))

# pylint: disable=wrong-import-position
import tree  # noqa: E402
from test_docs_tables import defines, table  # noqa: E402

GLOSSARY, NAMES = "docs/glossary.md", "docs/linux-names.md"
LINUX_PATH = re.compile(
    r"^(arch/arm(64)?|arch/x86|drivers|fs|include|init|kernel|lib|mm|scripts)/[\w./-]+\.[chS]$")


def in_order(words):
    keys = [word.strip("_").lower() for word in words]
    return keys == sorted(keys) and len(set(words)) == len(words)


def plain(text):
    """As it is searched for: without marks, and with blanks for line ends."""
    return " ".join(re.sub(r"[`*]", "", text).lower().split())


# --- the glossary ---

def words():
    return table(GLOSSARY, ("word", "meaning", "chapter"))


def test_glossary_is_in_order():
    assert in_order([word for word, *_ in words()])


@pytest.mark.parametrize("word, meaning, chapter", words(), ids=lambda text: text[:20])
def test_word_is_explained_where_it_is_used(word, meaning, chapter):
    """In one or two sentences. The chapter has the title of its link, and uses the word."""
    assert len(re.findall(r"\.(?= |$)", meaning)) in (1, 2), meaning
    title, path = re.fullmatch(r"\[([^\]]+)\]\(([\w-]+\.md)\)", chapter).groups()
    text = tree.read(f"docs/{path}")
    assert text.splitlines()[0].startswith(f"# {title}"), text.splitlines()[0]
    for name in word.split(", "):
        assert name.lower() in plain(text), f"docs/{path} does not say {name}"


# --- from here to Linux ---

@functools.cache
def source(path):
    return tree.read(path)


def paths(cell):
    return [path.strip() for path in cell.split(",")]


def functions():
    return table(NAMES, ("function", "here"))


def test_functions_are_in_order():
    assert len(functions()) > 100
    assert in_order([name for name, *_ in functions()])


@pytest.mark.parametrize("name, here, there", functions(), ids=lambda text: text[:30])
def test_function_is_where_it_is_said(name, here, there):
    for path in paths(here):
        assert os.path.exists(os.path.join(ROOT, path)), path
        assert defines(name.removesuffix("()"), source(path)), f"{path} does not define {name}"
    for part in paths(there):
        assert LINUX_PATH.match(part.split(" in ")[-1]), part


def test_commands_and_files_exist():
    rows = [name for cell, *_ in table(NAMES, ("here", "what it is")) for name in paths(cell)]
    assert in_order(rows)
    programs = re.findall(r"(?m)^file /bin/(\w+)", source("userland/rootfs.list"))
    files = "".join(source(path) for path in tree.files(".c", under=("drivers", "kernel/fs", "mm")))
    missing = [row for row in rows
               if f'"{row.removeprefix("cat ")}"' not in files and row not in programs]
    assert not missing


def test_parameters_exist():
    rows = [row[0] for row in table(NAMES, ("parameter",))]
    assert in_order(rows)
    text = "".join(source(path) for path in tree.kernel_sources())
    here = set(re.findall(r'early_param\("([\w.]+)"', text))
    assert {row.split("=")[0] for row in rows} <= here


def files():
    return table(NAMES, ("file here",))


def test_files_are_in_order():
    assert in_order([path for path, _ in files()])


@pytest.mark.parametrize("path, there", files(), ids=lambda text: text[:40])
def test_file_names_the_same_counterpart(path, there):
    """The comment at its head names one of them, at least."""
    head = re.search(r"Linux counterpart:(.*?)\*/", source(path), re.S)[1]
    named = [re.sub(r"; from .* on ", ",", part) for part in paths(there)]
    named = [part for cell in named for part in paths(cell)]
    assert all(LINUX_PATH.match(part) for part in named)
    whole = " ".join(head.replace("*", " ").split()).replace("<name>", "arm")
    assert any(part in whole or os.path.basename(part) in whole for part in named), path
