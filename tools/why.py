#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""why.py [FOLDER...]: lists the dangerous lines of C and assembly that have no reason beside them.

A line is dangerous when it has a barrier, a TLB or cache operation, or a write to a system
register. Its reason is a comment on the line or at most three lines away, in the same function or
macro. The comment above a function belongs to it. Consecutive dangerous lines share one comment.
Tests are left out. Exit status 1 when a line is listed. The share of lines with a comment is only
reported.
"""

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDERS = ("mm", "arch", "drivers/irqchip", "kernel/sched")
REACH = 3  # lines between a dangerous line and its comment

CALLS = (r"\b(smp_|__io)?[rw]?mb\(|\b(dsb|dmb|isb)\("
         r"|\bflush_(tlb|cache|icache|dcache|user_icache)_?\w*\(|\b(dcache_inval|clean)_\w+\("
         r"|\bwrite_(sysreg|cp15)\(|\b__write_cp15_\w+\(")
INSTRUCTIONS = r"\b(dsb|dmb|isb|msr|mcrr?|tlbi|(dc|ic|at)\s+\w+)\b"
IN_C = re.compile(rf"{CALLS}|__asm__.*{INSTRUCTIONS}")
IN_ASSEMBLY = re.compile(INSTRUCTIONS)
COMMENT_OR_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/', re.S)


def without_comments(text):
    """(the text, blanks for comments, the numbers of the lines that have a comment)"""
    commented = set()

    def blank(match):
        if not match.group().startswith("/*"):
            return match.group()
        first = text.count("\n", 0, match.start())
        commented.update(range(first, first + match.group().count("\n") + 1))
        return re.sub(r"[^\n]", " ", match.group())

    return COMMENT_OR_STRING.sub(blank, text), commented


def assembly_spans(lines):
    """(first, last) line of every function and macro."""
    start, spans = None, []
    for number, line in enumerate(lines):
        if re.match(r"\s*(func|\.macro)\s", line):
            start = number
        elif start is not None and re.match(r"\s*(endfunc|\.endm)\b", line):
            spans.append((start, number))
            start = None
    return spans


def c_spans(lines):
    """(first, last) line of every run of #defines, and of every item with braces at file scope."""
    spans, depth, start, number = [], 0, 0, 0
    while number < len(lines):
        line = lines[number]
        if line.lstrip().startswith("#"):
            first = number
            while lines[number].endswith("\\") or lines[number + 1].startswith("#define"):
                number += 1
            spans.append((first, number))
        else:
            before, depth = depth, depth + line.count("{") - line.count("}")
            start = number if not before and depth else start
            if before and not depth:
                spans.append((start, number))
        number += 1
    return spans


def with_heading(span, lines, commented):
    """The span, and what stands directly above it: the head of a function, and its comment."""
    first, last = span
    while first:
        above = lines[first - 1].strip()
        if first - 1 not in commented and (not above or above[0] == "#" or above[-1] in ";}"):
            break
        first -= 1
    return first, last


def blocks(numbers):
    """Runs of consecutive numbers, as (first, last)."""
    result = []
    for number in numbers:
        if result and result[-1][1] == number - 1:
            result[-1][1] = number
        else:
            result.append([number, number])
    return result


def check(path):
    """([(line number, line) without a reason], lines with a comment in bodies, lines in bodies)"""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    code, commented = without_comments(text)
    lines = code.split("\n")
    assembly = path.endswith(".S")
    dangerous, found, comments, body = IN_ASSEMBLY if assembly else IN_C, [], 0, 0
    for span in assembly_spans(lines) if assembly else c_spans(lines):
        first, last = with_heading(span, lines, commented)
        if assembly or lines[span[0]] == "{":
            inside = range(span[0] + 1, span[1])
            comments += sum(number in commented for number in inside)
            body += sum(number in commented or bool(lines[number].strip()) for number in inside)
        for block in blocks([n for n in range(span[0], last + 1) if dangerous.search(lines[n])]):
            near = range(max(first, block[0] - REACH), min(last, block[1] + REACH) + 1)
            if not commented.intersection(near):
                found += [(n + 1, lines[n].strip()) for n in range(block[0], block[1] + 1)]
    return found, comments, body


def sources(folders):
    for folder in folders:
        for directory, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            if "tests" not in directory.split(os.sep):
                yield from (os.path.join(directory, name) for name in sorted(names)
                            if name.endswith((".c", ".h", ".S")))


def main(folders):
    listed = comments = body = 0
    for path in sources(folders):
        found, with_comment, lines = check(path)
        for number, line in found:
            print(f"{os.path.relpath(path, ROOT)}:{number}: no reason beside it: {line}")
        listed, comments, body = listed + len(found), comments + with_comment, body + lines
    print(f"{listed} lines without a reason; {comments} of {body} lines of function bodies "
          f"have a comment")
    return 1 if listed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or FOLDERS))
