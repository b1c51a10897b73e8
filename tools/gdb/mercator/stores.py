# SPDX-License-Identifier: MIT
"""Who stored to a page table: the function that the source names, and its callers.

QEMU stops before the store and GDB steps over it, so the instruction before the program counter is
the store itself. The function that contains it may have been inlined into another, so the blocks of
the debug information are asked rather than the frames alone. The helpers of asm/pgtable.h, which
stores go through, say nothing about the reason and are left out.
"""

import functools
import os
import re

import gdb

from mercator.constants import source

STORE_SIZE = 4  # bytes of an instruction, on both architectures
HELPERS = "arch/{arch}/include/asm/pgtable.h"
CALLERS = 7     # enough to reach the call that a driver made


@functools.lru_cache(maxsize=None)
def helpers(arch):
    """The names of the inline functions that build, read and store descriptors."""
    return set(re.findall(r"^static inline [\w *]*?(\w+)\(", source(HELPERS, arch), re.M))


def functions_at(pc):
    """The names of the functions whose source contains an address, the innermost first."""
    block = gdb.block_for_pc(pc)
    while block is not None and not block.is_global and not block.is_static:
        if block.function is not None:
            yield block.function.name
        block = block.superblock


def caller_frames():
    """The frames that called the function of the newest one; what is inlined into it is skipped."""
    frame = gdb.newest_frame()
    while frame is not None and frame.type() == gdb.INLINE_FRAME:
        frame = frame.older()
    frame = frame.older() if frame is not None else None
    while frame is not None and frame.name() is not None:
        yield frame
        frame = frame.older()


def callers():
    """The names of the callers. Assembly calls C only where nothing has called it."""
    names = []
    for frame in caller_frames():
        symtab = frame.find_sal().symtab
        if symtab is None or symtab.filename.endswith(".S"):
            break
        names.append(frame.name())
    return names


def line_of(function):
    """FILE:LINE to which a function on the stack has come, as `frame` shows it."""
    frame = gdb.newest_frame()
    while frame is not None and frame.name() != function:
        frame = frame.older()
    sal = frame.find_sal() if frame is not None else None
    return f"{os.path.basename(sal.symtab.filename)}:{sal.line}" if sal and sal.symtab else ""


def who_stored(kernel, store=None):
    """(function, FILE:LINE, its callers) of the instruction at the address store; None: of the
    store that the processor has just done. Reads the stack, so the kernel must be closed: addresses
    must be the processor's."""
    store = store or int(gdb.newest_frame().pc()) - STORE_SIZE
    inner = [name for name in functions_at(store) if name not in helpers(kernel.elf.arch)]
    if not inner:
        link = store if kernel.world.mmu_on else store - kernel.place + kernel.elf.start
        return kernel.names.text(link), "", callers()[:CALLERS]
    return inner[0], line_of(inner[0]), (inner[1:] + callers())[:CALLERS]


def text_of(stored):
    """A store in one line."""
    function, line, called_by = stored
    return f"{function}(){' ' * bool(line)}{line}" + "".join(f" <- {name}()" for name in called_by)
