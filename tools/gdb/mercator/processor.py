# SPDX-License-Identifier: MIT
"""The processor's own answer to "where does this address lead?", beside the tables'.

The question is an instruction (AT on arm64, an operation of CP15 on arm), so the guest has to run:
GDB calls the kernel's ask_processor(). This works where the kernel runs with the MMU on, and it is
done only when it is asked for: all other commands leave the guest as it is.
"""

from typing import NamedTuple

import gdb

from mercator.constants import Constants
from mercator.image import Refused
from mercator.kernel import elf_file
from mercator.world import World

FUNCTION, RECORD = "ask_processor", "struct processor_answer"


class Said(NamedTuple):
    """A fault in words, or else a physical address and perhaps the memory type's word."""
    fault: str
    phys: int
    memory: str


def ask(addr):
    """Lets the guest translate addr. Refused where it cannot run the kernel's code."""
    constants = Constants(elf_file().arch)
    world = World(constants)
    if not world.mmu_on or world.level() != 1:
        raise Refused("the processor can only be asked while the kernel runs with the MMU on:"
                      " leave out -p")
    # The end of the stack that the kernel is on, which only an overflow would reach.
    stack = int(gdb.parse_and_eval("(unsigned long)$sp"))
    record = stack - 1 & -constants["THREAD_SIZE"]
    try:
        gdb.parse_and_eval(f"{FUNCTION}(({RECORD} *){record:#x}, {addr:#x})")
        answer = gdb.parse_and_eval(f"*({RECORD} *){record:#x}")
        return Said(text(answer["fault"]), int(answer["phys"]), text(answer["memory"]))
    except gdb.error as error:
        raise Refused(f"the processor was not asked: {error}") from None


def text(pointer):
    return pointer.string().strip() if int(pointer) else ""


def line(said, physical, words):
    """The shell's last line: the answer, and whether the tables agree. physical: the tables'
    answer, or None; words: those of the leaf."""
    answer = said.fault or f"0x{said.phys:016x}"
    memory = f" {said.memory}" if said.memory else ""
    if bool(said.fault) == (physical is not None):
        verdict = f"differs, the tables map {'nothing' if physical is None else 'it'}"
    elif physical is not None and said.phys != physical:
        verdict = f"differs, the tables lead to 0x{physical:016x}"
    elif said.memory and said.memory not in words:
        verdict = "differs, the tables name another memory type"
    else:
        verdict = "agree"
    return f"processor  {answer}{memory}: {verdict}"
