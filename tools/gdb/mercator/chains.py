# SPDX-License-Identifier: MIT
"""The kernel's lists and trees as Python sequences, read from RAM.

A chain that does not end is cut with a message: memory of a crashed kernel may hold anything.
"""

from mercator.kernel import offset_of
from mercator.tables import Unreadable

LIMIT = 1 << 20  # links of one chain


def list_entries(kernel, head, kind, member):
    """The records of a list (struct list_head at address head) that hold the link `member`."""
    offset, at = offset_of(kind, member), int(kernel.value("struct list_head", head)["next"])
    for _ in range(LIMIT):
        if at in (head, 0):  # 0: boot has not made the list yet
            return
        yield at - offset, kernel.value(kind, at - offset)
        at = int(kernel.value("struct list_head", at)["next"])
    raise Unreadable(head, "this list does not end")


def linked(kernel, pointer, member):
    """The records from a pointer on, each pointing to the next by `member`, up to NULL."""
    for _ in range(LIMIT):
        if not int(pointer):
            return
        record = kernel.target_of(pointer)
        yield record
        pointer = record[member]
    raise Unreadable(int(pointer), "this chain does not end")
