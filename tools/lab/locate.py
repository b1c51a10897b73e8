# SPDX-License-Identifier: MIT
"""Find a function in a C file by its name, in a tree that clang-format has laid out.

There a definition begins in column 0, and its body lies between a `{` and a `}` that stand in
column 0 alone. So lines are enough, and C need not be parsed. A text that does not fit is refused.
"""

import re
from dataclasses import dataclass


class NotFound(Exception):
    """There is no such function, or it does not lie as clang-format lays it out."""


@dataclass
class Function:
    """Numbers of lines, from 0: of the comment, of the head, of `{`, and behind `}`."""
    comment: int
    head: int
    opening: int
    end: int


LABEL = re.compile(r"\w+:$")
STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|/\*.*?\*/', re.S)


def heads(lines, name):
    """Yields (first, opening) of each definition of name: its first line, and that of its `{`."""
    starts = re.compile(rf"(?!typedef\b)(?:[A-Za-z_].*[\s*])?{re.escape(name)}\(")
    for number, line in enumerate(lines):
        if not starts.match(line):
            continue
        end = number
        while end < len(lines) and (end == number or lines[end][:1] in " \t"):
            if ";" in lines[end] or "=" in lines[end]:
                break  # a prototype, or a variable
            end += 1
        if end < len(lines) and lines[end] == "{":
            alone = line.startswith(name) and number and re.match(r"[A-Za-z_][^;]*$",
                                                                  lines[number - 1])
            yield number - bool(alone), end


def comment_above(lines, first):
    """The first line of the comment that ends directly above, or first itself."""
    if first == 0 or not lines[first - 1].endswith("*/"):
        return first
    number = first - 1
    while number and not lines[number].startswith("/*"):
        number -= 1
    return number


def body_end(lines, opening, where):
    """The line behind the `}`. Refuses a body in which lines do not tell where it ends."""
    end = opening + 1
    while end < len(lines) and (lines[end][:1] in ("", "\t", " ") or LABEL.match(lines[end])):
        end += 1
    if end == len(lines) or lines[end] != "}":
        raise NotFound(f"{where}: its body does not end with a `}}` alone in column 0, or has a"
                       " line of the preprocessor in it")
    code = STRINGS.sub("", "\n".join(lines[opening:end + 1]))
    if code.count("{") != code.count("}"):
        raise NotFound(f"{where}: its braces do not match")
    return end + 1


def find_function(text, name, path):
    """The only definition of name in the text of path. Raises NotFound."""
    lines, where = text.split("\n"), f"{path}: {name}()"
    found = list(heads(lines, name))
    if not found:
        raise NotFound(f"{where} is not defined there, with its name in column 0's line and a `{{`"
                       " alone below its head")
    if len(found) > 1:
        raise NotFound(f"{where} is defined {len(found)} times")
    (head, opening), = found
    return Function(comment_above(lines, head), head, opening, body_end(lines, opening, where))


def replace_body(text, name, body, path):
    """The text with other lines between the braces of name."""
    lines, place = text.split("\n"), find_function(text, name, path)
    return "\n".join(lines[:place.opening + 1] + body + lines[place.end - 1:])


def remove_function(text, name, path):
    """The text without the function, the comment above it, and the empty line behind it."""
    lines, place = text.split("\n"), find_function(text, name, path)
    rest = lines[place.end:]
    return "\n".join(lines[:place.comment] + rest[rest[:1] == [""]:])


def function_text(text, name, path):
    """The function from its head to its last brace."""
    place = find_function(text, name, path)
    return "\n".join(text.split("\n")[place.head:place.end])


def replace_function(text, name, definition, path):
    """The text with another definition in the place of name's."""
    lines, place = text.split("\n"), find_function(text, name, path)
    return "\n".join(lines[:place.head] + definition.rstrip("\n").split("\n") + lines[place.end:])
