# SPDX-License-Identifier: MIT
"""The words for the bits of a descriptor, from the list that the kernel's own decoder is made of.

A format is an entry that leads to a table (TABLE), or a leaf of one form. Each row of
asm/fields.def gives a mask, a value, a word and a sentence. The words of an entry are those of all
rows that match it, in the order of the list. Pure Python, without GDB.
"""

import functools
import re
from typing import NamedTuple

from mercator.constants import Constants, arguments, source

ROW = re.compile(r"^FIELD\(", re.M)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Field(NamedTuple):
    """A row: entry & mask == value means word; sentence explains it, or is None."""
    mask: int
    value: int
    word: str
    sentence: str


def text_of(argument):
    """A C string, or several one behind the other; None for NULL."""
    return "".join(STRING.findall(argument)) if '"' in argument else None


@functools.lru_cache(maxsize=None)
def read_fields(arch):
    """{format: [Field, ...]} of an architecture; a format is the first word of a row."""
    text, constants = source("arch/{arch}/include/asm/fields.def", arch), Constants(arch)
    tables = {}
    for row in ROW.finditer(text):
        words, _ = arguments(text, row.end() - 1)
        name, mask, value, word, sentence = words
        tables.setdefault(name, []).append(
            Field(constants.value(mask), constants.value(value), text_of(word), text_of(sentence)))
    return tables


def matching(fields, entry):
    """The rows that apply to an entry; the rows of a mask have each another value."""
    return [field for field in fields if entry & field.mask == field.value]


def words(fields, entry):
    """The words of an entry, without the blanks that are for the dump's columns."""
    return [field.word.strip() for field in matching(fields, entry) if field.word.strip()]


def columns(fields, entry):
    """The words of an entry as the kernel's dump prints them, each in its column."""
    return "".join(f" {field.word}" for field in matching(fields, entry))


def sentences(fields, entry):
    """[(word, sentence)] of the words that mean something."""
    return [(field.word.strip(), field.sentence) for field in matching(fields, entry)
            if field.sentence]
