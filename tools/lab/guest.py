# SPDX-License-Identifier: MIT
"""Checks of the second kind: the submission's kernel runs, and its memory is read from outside.

A step is where to look, and what the memory must hold there. Where: "" is the shell's prompt,
"@name" the first time that the code of that name is reached, any other text is a line that is typed
at the prompt. What: sentences of holds.py. {name} stands for a value of the check's [vary], which
SEED= chooses, or for {start}.
"""

import functools
import random
import re
import shlex
import subprocess
from dataclasses import dataclass

import holds
from child import OPEN_HOLE
from machine import Halted, Machine
from snapshot import RAM_START, Constants, Elf, Snapshot, Unreadable, read_layout
from stub import StubError
from workspace import IMAGES, LAYOUT, NotGraded, clean_environment

MEGABYTES = (256, 128, 480, 32)  # of RAM: without SEED; and from, to, in steps of, with it
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Kernel:
    """A kernel to run: the tree that it was built in, and its files."""
    tree: str
    arch: str
    image: str
    elf: str
    layout: str


def kernel_of(tree, arch, image=None):
    folder = f"{tree}/build/{arch}"
    return Kernel(tree, arch, image or f"{folder}/{IMAGES[arch]}", f"{folder}/kernel.elf",
                  f"{folder}/{LAYOUT}.o")


# --- What varies ---

def pick(seed, *names):
    """A source of numbers that is the same for the same student, lab and name."""
    return random.Random("/".join(map(str, (seed, *names))))


def megabytes(lab, seed):
    usual, first, last, step = MEGABYTES
    return pick(seed, lab.number, "mem").randrange(first, last + 1, step) if seed else usual


def values_of(lab, row, arch, seed):
    """{name: number}: a list is [first, last, step], a text is an expression of C."""
    size = megabytes(lab, seed) << 20
    values = {"ram": RAM_START, "ram_end": RAM_START + size,
              "initrd": RAM_START + min(size // 2, 128 << 20)}  # where QEMU puts it
    constants = Constants(arch, values.__getitem__)
    for name, rule in row.get("vary", {}).items():
        if isinstance(rule, str):
            values[name] = constants.value(rule)
        else:
            first, last, step = rule
            values[name] = (pick(seed, lab.number, row["name"], name).randrange(
                first, last + 1, step) if seed else first)
    return values


def fill(text, values):
    """The text with numbers in the place of names. Differs: {start} is not known."""
    def number(match):
        if match[1] not in values:
            raise holds.Differs("the area that this is about was not there")
        return f"0x{values[match[1]]:x}"
    return PLACE.sub(number, text)


# --- Running ---

@functools.cache
def command_line(tree, arch, mem, append):
    """What `make run` starts in that tree, as a list."""
    done = subprocess.run(["make", "-s", "-C", tree, "qemu-cmd", f"ARCH={arch}", f"MEM={mem}M",
                           *([f"APPEND={append}"] if append else [])], capture_output=True,
                          text=True, env=clean_environment(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise NotGraded(f"make qemu-cmd: {done.stderr.strip()}")
    return shlex.split(done.stdout)


def machine_command(kernel, mem, append):
    words = command_line(kernel.tree, kernel.arch, mem, append)
    return [kernel.image if word.endswith(f"/{IMAGES[kernel.arch]}") else word for word in words]


def go_to(machine, elf, where, at_prompt):
    """Runs the guest to where a step looks. Returns whether it is at the prompt then."""
    if where.startswith("@"):
        if where[1:] not in elf.symbols:
            raise Halted(f"the image has no {where[1:]}()")
        machine.to_code(elf.address(where[1:]))
        return False
    if not at_prompt:
        machine.to_prompt()
    if where:
        machine.to_prompt(where)
    return True


def told(lines, where):
    """The last line that the guest printed, as feedback."""
    rest = [line for line in lines if where not in line and line != "/ #"] if where else []
    return f'; it printed "{rest[-1][:150]}"' if rest else ""


def describe(where):
    if where.startswith("@"):
        return f"when {where[1:]}() is reached"
    return f"after `{where}`" if where else "at the prompt"


def first_difference(lab, row, kernel, seed):
    """Runs one check. Returns (reason or None, holes that the guest named)."""
    values, at_prompt, where = values_of(lab, row, kernel.arch, seed), False, ""
    mem = megabytes(lab, seed)
    elf, layout = Elf(kernel.elf), read_layout(kernel.layout)
    with Machine(machine_command(kernel, mem, row.get("append", ""))) as machine:
        try:
            for place, *sentences in row["steps"]:
                where = place  # in the reason, should a name in it have no value
                where = fill(place, values)
                at_prompt = go_to(machine, elf, where, at_prompt)
                memory = holds.Memory(Snapshot(machine.stub, elf, layout, mem << 20), values)
                for sentence in sentences:
                    holds.check(fill(sentence, values), memory)
        except (holds.Differs, Unreadable, Halted) as error:
            holes = sorted({hole for line in machine.all_lines()
                            for hole in OPEN_HOLE.findall(line)})
            return f"{describe(where)}: {error}{told(machine.lines(), where)}", holes
        except (StubError, TimeoutError) as error:
            raise NotGraded(f"QEMU does not answer: {error}") from None
    return None, []


def run_check(lab, row, kernel, seed):
    """The reasons why a check fails; none when it passes."""
    reason, holes = first_difference(lab, row, kernel, seed)
    return [*holes, reason] if reason else []
