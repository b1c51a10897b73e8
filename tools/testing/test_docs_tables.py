# SPDX-License-Identifier: MIT
"""The tables of the book that are about code: bits of memory types, and who implements what."""

import os
import re
import subprocess

import pytest

import tree
from host32 import DECIDED
from qemu import ROOT

CALLS = ("ioremap", "ioremap_nocache", "ioremap_wc", "ioremap_wt", "ioremap_cache")

# Prints what the table says: a row a type, then the type of each call.
PROGRAM = r"""
#include <asm/mem_type.h>
int printf(const char *, ...);
int main(void)
{
	const struct mem_type *t;
	for (unsigned int i = 0; i < NR_MEM_TYPES; i++)
		if ((t = &mem_types[i])->name)
			ROW;
	printf("ioremap %u\nioremap_nocache %u\nioremap_wc %u\nioremap_wt %u\nioremap_cache %u\n",
	       MT_IOREMAP, MT_IOREMAP, MT_IOREMAP_WC, MT_IOREMAP_WT, MT_IOREMAP_CACHE);
	return 0;
}
"""
ROWS = {
    "arm": r'printf("%u %s 0x%x 0x%x 0x%x %u %s\n", i, t->name, pgprot_val(t->prot_pte),'
           r' t->prot_l1, t->prot_sect, t->domain, mem_type_is_io(i) ? "yes" : "no")',
    "arm64": r'printf("%u %s 0x%llx %s\n", i, t->name, pgprot_val(t->prot_pte),'
             r' mem_type_is_io(i) ? "yes" : "no")',
}


def tables(path):
    """The tables of a document, each a list of rows, each a list of cells without back quotes."""
    lines = tree.read(path).splitlines() + [""]
    result, rows = [], []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
        elif rows:
            result.append([rows[0]] + rows[2:])
            rows = []
    return result


def table(path, heading):
    found = [rows for rows in tables(path) if rows[0][:len(heading)] == list(heading)]
    assert len(found) == 1, f"{path}: {len(found)} tables begin with {heading}"
    return found[0][1:]


@pytest.fixture(scope="module")
def types(arch, tmp_path_factory):
    """What the code says, as lines of words: compiled from arch/ARCH/mem_types.c for this host."""
    folder = tmp_path_factory.mktemp(arch)
    source = folder / "types.c"
    source.write_text(PROGRAM.replace("ROW", ROWS[arch]), encoding="utf-8")
    flags = ["-Itools/testing/host/include", f"-Iarch/{arch}/include", "-Iarch/include", "-I.",
             "-DCONFIG_HOST"]
    compiler, runner = {"arm64": ("gcc", ""), "arm": (DECIDED["CC32"], DECIDED["RUN32"])}[arch]
    subprocess.run([*compiler.split(), "-std=gnu11", "-w", *flags, str(source),
                    f"arch/{arch}/mem_types.c", "-o", str(folder / "types")], cwd=ROOT, check=True)
    done = subprocess.run([*runner.split(), folder / "types"], check=True, capture_output=True,
                          text=True)
    return [line.split() for line in done.stdout.splitlines()]


def test_memory_types_are_as_documented(types, arch):
    wanted = [words for words in types if words[0].isdigit()]
    heading = ("number", f"{arch} type")
    assert table("docs/memory-types.md", heading) == wanted


def test_calls_are_as_documented(types, arch):
    names = {words[0]: words[1:] for words in types if words[0].isdigit()}
    wanted = {words[0]: names[words[1]] for words in types if words[0] in CALLS}
    column = {"arm": 1, "arm64": 5}[arch]
    count = {"arm": 4, "arm64": 2}[arch]
    for call, *cells in table("docs/memory-types.md", ("call",)):
        name, *bits = wanted.pop(call)
        documented = cells[column - 1:column - 1 + count]
        assert documented == [name, *bits[:count - 1]], call
    assert not wanted


# --- docs/mm.md ---

def first_sentence(path):
    """Of the comment that follows the licence: what this file does and no other."""
    comment = re.search(r"/\*.*?\*/\s*/\*(.*?)\*/", tree.read(path), re.S).group(1)
    text = " ".join(line.strip().removeprefix("*").strip() for line in comment.split("\n"))
    sentence = re.match(r"(.*?\.)(\s|$)", text.strip())
    assert sentence, f"{path} does not open with a sentence"
    return sentence.group(1)


def test_the_map_of_mm_is_made_of_first_sentences():
    paths = [path for path in tree.files(".c", ".h", under=("mm",)) if "/tests/" not in path]
    rows = {path: first_sentence(path) for path in paths}
    assert len(set(rows.values())) == len(rows), "two files say the same of themselves"
    lines = [f"| `{path}` | {sentence} |" for path, sentence in rows.items()]
    found = [line for line in tree.read("docs/mm.md").splitlines() if line.startswith("| `mm/")]
    assert found == lines, "the rows of docs/mm.md must be:\n" + "\n".join(lines)


# --- docs/features.md ---

WORDS = re.compile(r"[\w./*-]+::\w+|[\w./-]*/[\w.*-]+|\w+\(\)")
STATES = ("done", "partly", "not yet")


def features():
    return table("docs/features.md", ("row", "what"))


def others():
    """What no row asks for."""
    return table("docs/features.md", ("system", "what"))


def test_features_has_every_row():
    rows = [f"F{n}" for n in range(1, 29)] + [f"C{n}" for n in range(1, 6)]
    assert [row[0] for row in features()] == rows


@pytest.mark.parametrize("row", features() + others(), ids=lambda row: row[0])
def test_feature_row_is_true(row):
    """Its files exist, and define its functions, and run its tests; what is done has all three."""
    name, _, code, test, text, state = row
    assert state.startswith(STATES), state
    paths = [word for word in WORDS.findall(f"{code} {test} {text}") if "(" not in word]
    missing = [path for path in paths
               if not os.path.exists(os.path.join(ROOT, path.split("::")[0]))]
    assert not missing, f"{name}: no file {missing}"
    sources = [tree.read(path) for path in WORDS.findall(code) if "(" not in path]
    for function in re.findall(r"(\w+)\(\)", code):
        assert any(defines(function, source) for source in sources), \
            f"{name}: {function}() is not defined in the files that the row names"
    for path, case in (word.split("::") for word in WORDS.findall(test) if "::" in word):
        shape = f"def {case}(" if path.endswith(".py") else f"KUNIT_CASE({case})"
        assert shape in tree.read(path), f"{name}: {path} does not run {case}"
    if state == "done":
        assert WORDS.search(code) and "::" in test and "docs/" in text, name


def defines(function, source):
    """A definition begins a line, is not a prototype, and may be a macro or an inline function."""
    macro = rf"^#define {function}(\(| \w+$)"
    body = rf"^[^\s#/][^;{{}}]*?\b{function}\([^;{{}}]*\)\s*\n?{{"
    return re.search(f"{macro}|{body}", source, re.M)
