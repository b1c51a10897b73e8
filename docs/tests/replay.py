# SPDX-License-Identifier: MIT
"""Read the sessions in a Markdown file, and compare what a machine prints with what stands there.

docs/testing.md describes the form for those who write it. In short: a block ```console under a
comment <!-- replay ARCH --> is a session; a line `/ # COMMAND` is typed, the lines below it are
what must come. `...` stands for any text in a line, alone on a line for any lines. Kernel addresses
differ from build to build, so they are learned, not compared: once the text's 0xe0819000 has turned
out to be 0xe081b000 here, a later `peek 0xe0819fe0` is typed as 0xe081bfe0.
"""

import re
from dataclasses import dataclass, field

PROMPT = "/ # "
FENCE = re.compile(r"^(`{3,})(\S*)")
MARK = re.compile(r"^<!-- replay (arm64|arm) -->$")
WORD = re.compile(r"0x[0-9a-f]+\b")
RANGE = re.compile(r"(0x[0-9a-f]+) ?- ?(0x[0-9a-f]+)")
FIRST_KERNEL_ADDRESS = {"arm64": (16, 0xffff << 48), "arm": (8, 0xc0000000)}
NEAR = 1 << 24  # an address belongs to the learned one below it, up to this distance

# What stands for more than itself in a line of the text, and what it may be here.
TOKENS = {
    "dots": (r"\.\.\.", r".*"),
    "offset": (r"\+0x[0-9a-f]+/0x[0-9a-f]+", r"\+0x[0-9a-f]+/0x[0-9a-f]+"),  # in a symbol
    # A row of `walk`: where the table lies, and the index in it; the entry for the next table.
    **{level: (rf"^{level} +0x[0-9a-f]+ +\d+", rf"{level} +0x[0-9a-f]+ +\d+")
       for level in ("pgd", "pud", "pmd", "pte")},
    "table": (r"0x[0-9a-f]+(?= +([A-Z]+ )?table$)", r"0x[0-9a-f]+"),
    "word": (WORD.pattern, None),
}
ANY_TOKEN = re.compile("|".join(f"(?P<{name}>{text})" for name, (text, _) in TOKENS.items()))


@dataclass
class Step:
    """A command, and the lines that it must print."""
    line: int
    command: str
    output: list = field(default_factory=list)

    @property
    def ordered(self):
        """The rows of vmallocinfo change places when areas move to other holes."""
        return not self.command.startswith("vmallocinfo")


def blocks(text):
    """Yields (line, language, architecture or None, lines) for each fenced block."""
    mark = fence = None
    for number, line in enumerate(text.splitlines(), 1):
        if fence and line == fence[1]:
            yield start, fence[2], mark, body
            fence = mark = None
        elif fence:
            body.append(line)
        elif FENCE.match(line):
            fence, start, body = FENCE.match(line), number, []
        elif line:
            found = MARK.match(line)
            mark = found[1] if found else None


def steps(first_line, body):
    """The steps of one block. Text before the first prompt is a mistake in the document."""
    result = []
    for number, line in enumerate(body, first_line + 1):
        if line.startswith(PROMPT):
            result.append(Step(number, line[len(PROMPT):]))
        elif result:
            result[-1].output.append(line.rstrip())
        else:
            raise ValueError(f"line {number}: a session starts with '{PROMPT}'")
    return result


class Addresses:
    """What the addresses of the text are on this machine."""

    def __init__(self, arch):
        self.digits, self.first = FIRST_KERNEL_ADDRESS[arch]
        self.known = {}

    def is_one(self, word):
        return len(word) == 2 + self.digits and int(word, 16) >= self.first

    def translate(self, command):
        return WORD.sub(lambda found: self._here(found[0]), command)

    def _here(self, word):
        if not self.is_one(word):
            return word
        there = int(word, 16)
        base = max((known for known in self.known if known <= there < known + NEAR), default=there)
        return f"0x{self.known.get(base, base) + there - base:0{self.digits}x}"

    def learn(self, there, here):
        self.known.update(zip((int(word, 16) for word in there), (int(word, 16) for word in here)))


def pattern(line, addresses):
    """The regular expression for one line of the text; each address in it is a group."""
    result, end = "", 0
    for found in ANY_TOKEN.finditer(line):
        result += re.escape(line[end:found.start()])
        if found["word"] and addresses.is_one(found[0]):
            result += rf"(0x[0-9a-f]{{{addresses.digits}}})"
        else:
            result += TOKENS[found.lastgroup][1] or re.escape(found[0])
        end = found.end()
    return result + re.escape(line[end:])


def same_ranges(there, here):
    """A range A-B is as long here as there."""
    def lengths(line):
        return [int(b, 16) - int(a, 16) for a, b in RANGE.findall(line)]
    return len(lengths(there)) != len(lengths(here)) or lengths(there) == lengths(here)


def matches(expected, printed, addresses):
    """Does the printed line say what the expected one says? If so, its addresses are learned."""
    found = re.fullmatch(pattern(expected, addresses), printed)
    if not found or not same_ranges(expected, printed):
        return False
    words = [token[0] for token in ANY_TOKEN.finditer(expected)
             if token["word"] and addresses.is_one(token[0])]
    addresses.learn(words, found.groups())
    return True


def difference(step, printed, addresses):
    """None when the printed lines are those of the step, else what is wrong. Learns addresses."""
    left, skip = list(printed), False
    for line in step.output:
        if line == "...":
            skip = True
            continue
        reach = len(left) if skip or not step.ordered else 1
        hit = next((i for i in range(min(reach, len(left)))
                    if matches(line, left[i], addresses)), None)
        if hit is None:
            return f"expected: {line}\nprinted:  " + "\n          ".join(left or ["nothing more"])
        del left[hit if not step.ordered else 0:hit + 1]
        skip = skip and not step.ordered
    if left and not skip:
        return "printed, not expected: " + left[0]
    return None
