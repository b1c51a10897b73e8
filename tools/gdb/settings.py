# SPDX-License-Identifier: MIT
"""How GDB behaves here: addresses in hexadecimal, no questions.

A printer, not `set output-radix 16`: counts and flags of other types stay decimal. `print/d` still
gives the decimal number.
"""

import gdb

# Types that hold addresses, and sizes and descriptors, which are read in hexadecimal, too.
ADDRESSES = {"unsigned long", "phys_addr_t", "resource_size_t", "dma_addr_t",
             "pteval_t", "pmdval_t", "pudval_t", "pgdval_t"}


class Hexadecimal:
    """A number as C writes it in hexadecimal."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return f"{int(self.value):#x}"


def printer(value):
    return Hexadecimal(value) if value.type.unqualified().name in ADDRESSES else None


gdb.pretty_printers.append(printer)
gdb.execute("set confirm off")             # quit ends the machine, which has nothing to save
gdb.execute("set breakpoint pending off")  # a name that is not known is an error, not a question
