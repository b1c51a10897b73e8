# SPDX-License-Identifier: MIT
"""What all `mc` commands share: words and options, one clear message, text or JSON.

A command is a class with the line that GDB's `help mc` shows, and a method that returns an Answer.
It gets a Kernel, which is open as long as the command runs; addresses that the user typed are
computed before, because GDB reads memory for them.
"""

import json

import gdb

from mercator.constants import Unknown
from mercator.image import Refused
from mercator.kernel import Kernel, elf_file
from mercator.tables import Unreadable

VALUES = {gdb.TYPE_CODE_INT, gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_ENUM, gdb.TYPE_CODE_BOOL,
          gdb.TYPE_CODE_CHAR}


class Answer:
    """Lines for a reader, and the same as data for a program."""

    def __init__(self, lines, data):
        self.lines, self.data = lines, data


def address(expression):
    """The value of what the user typed: a number, a pointer, or where a function or array lies."""
    try:
        value = gdb.parse_and_eval(expression)
    except gdb.error:  # a name of the linker script may have no type: Clang writes none
        if expression not in elf_file().symbols:
            raise
        value = gdb.parse_and_eval(f"&{expression}")
    kind = value.type.strip_typedefs().code
    if kind in (gdb.TYPE_CODE_FUNC, gdb.TYPE_CODE_ARRAY) and value.address is not None:
        value = value.address
    elif kind not in VALUES:
        raise Refused(f"{expression} is not an address: its type is {value.type}")
    bits = 8 * gdb.lookup_type("void").pointer().sizeof
    number = int(value)
    if not -(1 << (bits - 1)) <= number < 1 << bits:
        raise Refused(f"{expression} is not an address: it has more than {bits} bits")
    return number % (1 << bits)


def starting(names, word):
    """The completions of a word. GDB also asks without one, to find out where words begin."""
    return [name for name in names if name.startswith(word or "")]


class Command(gdb.Command):
    """A command `mc NAME`. Its docstring is the help; the first line says how it is called."""

    name = ""
    usage = ""
    flags = ()       # its options, besides -json
    addresses = False  # its words are one expression for an address
    words = (0, 0)   # how many words it takes, at least and at most

    def __init__(self):
        super().__init__(f"mc {self.name}", gdb.COMMAND_DATA,
                         gdb.COMPLETE_EXPRESSION if self.addresses else -1)

    def before(self, words, flags):
        """What needs GDB's memory as it is, because RAM is read by physical address from then."""

    def answer(self, kernel, words, flags):
        """Computes the answer: words are the arguments (or the address), flags the options."""
        raise NotImplementedError

    def invoke(self, argument, _from_tty):
        self.dont_repeat()
        try:
            flags, words = self._options(argument)
            words = self._address(words) if self.addresses else self._words(words)
            self.before(words, flags)
            with Kernel() as kernel:
                answer = self.answer(kernel, words, flags)
        except (Refused, Unreadable, Unknown, gdb.error) as error:
            raise gdb.GdbError(f"mc {self.name}: {error}") from None
        if "-json" in flags:
            gdb.write(json.dumps(answer.data) + "\n")
        else:
            gdb.write("".join(f"{line}\n" for line in answer.lines))

    def _address(self, text):
        return address(text) if text else self._refuse("an address is missing")

    def _words(self, text):
        words = gdb.string_to_argv(text)
        least, most = self.words
        if not least <= len(words) <= most:
            self._refuse("a word is missing" if len(words) < least else "too many words")
        return words

    def _options(self, text):
        """The leading words that begin with -, unless they are a number; and the rest."""
        flags, text = set(), text.strip()
        while text.startswith("-") and not text[1:2].isdigit():
            word, _, text = text.partition(" ")
            if word not in (*self.flags, "-json"):
                self._refuse(f"there is no option {word}")
            flags.add(word)
            text = text.strip()
        return flags, text

    def _refuse(self, reason):
        options = "".join(f" [{flag}]" for flag in (*self.flags, "-json"))
        raise Refused(f"{reason}. Usage: mc {self.name}{options}{' ' * bool(self.usage)}"
                      f"{self.usage}")


class Prefix(gdb.Command):
    """Mercator's mappings, read from the machine's memory alone, whatever the processor is doing.

    Each command takes -json, and `help mc NAME` says more. Start with `mc where`."""

    def __init__(self):
        super().__init__("mc", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)

    def invoke(self, argument, from_tty):
        if argument:
            raise gdb.GdbError(f"mc: there is no command {argument.split()[0]}: `help mc` lists"
                               " them")
        gdb.execute("help mc", from_tty)


Prefix()
