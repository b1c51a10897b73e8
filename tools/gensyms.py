#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn `nm -n` (standard input) into the kernel's own symbol table (assembly, standard output).

The table holds code only, sorted, one name an address: offsets from _text as u32, and for each the
offset of its name in a block of NUL-terminated strings. kernel/base/symbols.c reads it. The end
markers _etext and __inittext_end are in it too, so that the last function has a length. No input
gives an empty table of the same layout.
"""

import sys

END_MARKERS = ("_etext", "__inittext_end")


def read_symbols(lines):
    """Returns {address: name} of the code symbols, and the address of _text."""
    symbols, base = {}, 0
    for line in lines:
        fields = line.split()
        if len(fields) != 3:
            continue  # an undefined symbol has no address
        address, kind, name = int(fields[0], 16), fields[1], fields[2]
        if name == "_text":
            base = address
        if name.startswith(("$", ".L")):
            continue  # assembler's marks
        if kind in "tTwW" or name in END_MARKERS:
            if address not in symbols or better(name, symbols[address]):
                symbols[address] = name
    return symbols, base


def better(name, other):
    """Of two names of one address, the one without leading underscores tells more."""
    return other.startswith("_") and not name.startswith("_")


def table(label, values):
    print(f"\t.globl {label}\n\t.balign 4\n{label}:")
    for value in values:
        print(f"\t.long {value:#x}")


def main():
    symbols, base = read_symbols(sys.stdin)
    # Code linked below _text or beyond 4 GiB (nothing today) could not be expressed.
    offsets = [a for a in sorted(symbols) if 0 <= a - base < 1 << 32]
    name_offsets, position = [], 0
    for address in offsets:
        name_offsets.append(position)
        position += len(symbols[address]) + 1

    print('\t.section .rodata.kallsyms, "a"')
    table("kallsyms_num", [len(offsets)])
    table("kallsyms_offsets", [a - base for a in offsets])
    table("kallsyms_name_offsets", name_offsets)
    print("\t.globl kallsyms_names\nkallsyms_names:")
    for address in offsets:
        print(f'\t.asciz "{symbols[address]}"')


if __name__ == "__main__":
    main()
