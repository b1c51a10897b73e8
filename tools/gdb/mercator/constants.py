# SPDX-License-Identifier: MIT
"""The kernel's named constants, read from its own headers.

Debug information holds types and variables, but no #define. So this module reads the headers: the
`#define`s and the enumerators become rules, and a name is computed when it is asked for. Python
thus never repeats a bit or an address that C has already written down.

    constants = Constants("arm64")
    constants["PTE_ADDR_MASK"]              0x0000fffffffff000
    constants.value("pgd_index(1 << 39)")   1

Only integer expressions are understood. What depends on a variable of the running kernel
(VMALLOC_START on arm) takes it from `variables`, a function of a name. Pure Python, without GDB.
"""

import ast
import functools
import operator
import os
import re

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__)))))

HEADERS = ("kernel/lib/const.h", "kernel/lib/sizes.h", "kernel/lib/bitops.h",
           "kernel/lib/macros.h", "arch/{arch}/include/asm/memlayout.h",
           "arch/{arch}/include/asm/memory.h", "arch/{arch}/include/asm/sysreg.h",
           "arch/{arch}/include/asm/pgtable.h", "arch/{arch}/include/asm/fixmap.h",
           "arch/{arch}/include/asm/mem_type.h", "mm/fixmap.h", "mm/vmalloc.h", "mm/memblock.h",
           "mm/address_space.h", "mm/static_vm.h", "mm/resource.h", "mm/ioremap.h",
           "kernel/irq/irq.h", "kernel/sched/sched.h")

COMMENT = re.compile(r"/\*.*?\*/", re.S)
DEFINE = re.compile(r"^#define +(\w+)(\([\w, ]*\))?[ \t]+(.+)$", re.M)
ENUM = re.compile(r"\benum\b[^{;()]*\{([^}]*)\}")
WORD = re.compile(r"[A-Za-z_]\w*")
NUMBER = re.compile(r"\b(0x[0-9a-fA-F]+|\d+)[uUlL]*\b")
CAST = re.compile(r"\((?:unsigned (?:long|int)|size_t|u8|u16|u32|u64|\w+_t)\)")

OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_, ast.BitXor: operator.xor, ast.LShift: operator.lshift,
    ast.RShift: operator.rshift, ast.Invert: operator.invert, ast.USub: operator.neg,
}

WORD_MASK = (1 << 64) - 1  # C cuts a result to its type; the widest one serves for all


class Unknown(Exception):
    """The headers do not say what a name is, or say it in more than integers."""


def source(path, arch):
    """The text of a header, on whole lines and without comments."""
    with open(os.path.join(TREE, path.format(arch=arch)), encoding="utf-8") as file:
        return COMMENT.sub(" ", file.read()).replace("\\\n", " ")


PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[(),]')


def arguments(text, start):
    """The arguments of a call whose bracket opens at start, and the position behind it."""
    depth, begin, found = 0, start + 1, []
    for piece in PIECE.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if not depth or (piece[0] == "," and depth == 1):
            found.append(text[begin:piece.start()].strip())
            begin = piece.end()
        if not depth:
            return found, piece.end()
    raise Unknown(f"a bracket is missing in {text}")


def enumerators(body):
    """{name: rule} of an enum: each is its own text, or the one before and 1."""
    found, following = {}, "0"
    for item in filter(None, (part.strip() for part in body.split(","))):
        name, _, text = (part.strip() for part in item.partition("="))
        found[name] = (None, text or following)
        following = f"({name}) + 1"
    return found


@functools.lru_cache(maxsize=None)
def read_rules(arch):
    """{name: (its parameters or None, its text)} of all headers, which are read once."""
    rules = {}
    for path in HEADERS:
        text = source(path, arch)
        for name, parameters, body in DEFINE.findall(text):
            names = WORD.findall(parameters) if parameters else None
            rules.setdefault(name, (names, body.strip()))
        for body in ENUM.findall(text):
            rules.update(enumerators(body))
    for name in ("UL", "ULL"):  # paste a suffix to a number: Python's have none
        rules[name] = (["x"], "x")
    return rules


class Constants:
    """The constants of one architecture. variables(name) gives a variable's value, where needed."""

    def __init__(self, arch, variables=None):
        self.arch = arch
        self.variables = variables or {}.__getitem__
        self.rules, self.values = read_rules(arch), {}

    def __getitem__(self, name):
        if name not in self.values:
            self.values[name] = self.value(name)
        return self.values[name]

    def value(self, expression):
        """The value of a C expression of integers and constants, as 64 bits without a sign."""
        text = CAST.sub("", self.expand(expression))
        text = NUMBER.sub(r"\1", text).replace("/", "//")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except SyntaxError:
            raise Unknown(f"{expression}: {text} is not an expression of integers") from None
        return self._compute(tree)

    def expand(self, text, inside=()):
        """text with every rule applied; inside: the names whose rule is being applied."""
        done, at = [], 0
        for match in WORD.finditer(text):
            name = match[0]
            if match.start() < at or name in inside or name not in self.rules \
               or text[match.start() - 1:match.start()].isdigit():
                continue
            parameters, body = self.rules[name]
            end = match.end()
            if parameters is not None:
                if text[end:end + 1] != "(":
                    continue
                given, end = arguments(text, end)
                given = [self.expand(word, inside) for word in given]
                body = self._fill(body, dict(zip(parameters, given)))
            done += [text[at:match.start()], "(", self.expand(body, (*inside, name)), ")"]
            at = end
        return "".join(done) + text[at:]

    @staticmethod
    def _fill(body, values):
        return WORD.sub(lambda word: values.get(word[0], word[0]), body)

    def _compute(self, node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.Name):
            try:
                return self.variables(node.id)
            except KeyError:
                raise Unknown(f"{node.id}: no header defines it") from None
        if isinstance(node, ast.BinOp):
            left, right = self._compute(node.left), self._compute(node.right)
            return OPERATORS[type(node.op)](left, right) & WORD_MASK
        if isinstance(node, ast.UnaryOp):
            return OPERATORS[type(node.op)](self._compute(node.operand)) & WORD_MASK
        raise Unknown(f"{ast.dump(node)} is not an expression of integers")
