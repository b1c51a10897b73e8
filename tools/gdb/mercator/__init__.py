# SPDX-License-Identifier: MIT
"""GDB that knows Mercator's mappings. Type `help mc` in GDB; docs/debugging.md tells the rest.

Without GDB, over any source of physical memory:

    constants   the kernel's constants, from its headers
    fields      the words of a descriptor, from asm/fields.def
    tables      the walk to an address, and over a range
    arm, arm64  the two formats of tables
    report      walk and dump as the kernel prints them
    tours       the guided tours of docs/tours/, and their places in the source
    elf         the kernel's file: symbols, code names, bytes
    names       names for code addresses, those of modules too

In GDB:

    settings, run, backtrace      how GDB behaves
    places                        names before the MMU is on
    printers                      how it prints the kernel's types
    target, world                 RAM by physical address; the processor
    image, kernel                 where the kernel lies; its variables and records
    owner                         what an address belongs to
    chains                        lists as Python sequences
    processor                     the processor's own translation
    aliases, stores, entry_breaks watchpoints on page table entries, and who stored
    command                       what the `mc` commands share

and the commands: where, walk (also who), ptdump, areas (vmallocinfo), memory (iomem, memblock),
fixmap, breaks (break), who_wrote, tasks (ps, irq, dmesg), modules (lsmod, symbols),
devicetree (of), explain, diff, tour (also next).
"""
