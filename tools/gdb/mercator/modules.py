# SPDX-License-Identifier: MIT
"""`mc lsmod` and `mc symbols`: the modules, and how GDB learns the names and lines of one.

GDB needs to know where each section lies. The kernel keeps the borders of the parts, and the file
beside NAME.ko, NAME.elf, has the sections; they are placed as kernel/module/layout.c does.
"""

import glob
import os

import gdb

from mercator.chains import list_entries
from mercator.command import Answer, Command, starting
from mercator.elf import ElfFile
from mercator.image import Refused
from mercator.kernel import offset_of, text_in

STATES = ("Loading", "Live", "Unloading")
WRITE, ALLOC, CODE, LINK_ORDER = 1, 2, 4, 0x80  # of sh_flags


def read_modules(kernel):
    """[(address, struct module)], the newest first."""
    return list_entries(kernel, kernel.elf.address("modules"), "struct module", "list")


def users(kernel, address):
    """The names of the modules that use one."""
    head = address + offset_of("struct module", "users")
    return [text_in(kernel.target_of(use["user"])["name"])
            for _, use in list_entries(kernel, head, "struct module_use", "of_used")]


class Lsmod(Command):
    """mc lsmod [-json]: the modules, as /proc/modules prints them.

    A row: name, bytes, uses, the modules among them, state, address. `mc symbols NAME` teaches GDB
    the names of one."""

    name = "lsmod"

    def answer(self, kernel, words, flags):
        lines, data = [], []
        for address, module in read_modules(kernel):
            name, uses = text_in(module["name"]), users(kernel, address)
            size = int(module["core"]["size"]) + int(module["init"]["size"])
            base, state = int(module["core"]["base"]), STATES[int(module["state"])]
            by = "".join(f"{user}," for user in uses) or "-"
            lines.append(f"{name} {size} {int(module['refcnt'])} {by} {state} "
                         f"0x{base:0{2 * kernel.elf.pointer}x}")
            data.append({"name": name, "size": size, "uses": int(module["refcnt"]), "users": uses,
                         "state": state, "base": base})
        return Answer(lines, data)


def part_starts(core):
    """Where the three parts of an area begin: code, constants, data."""
    base = int(core["base"])
    return {CODE: base, 0: base + int(core["text_size"]), WRITE: base + int(core["ro_size"])}


def place_sections(file, core):
    """{section: address} of what stays, in the order of the file."""
    places, ends = {}, part_starts(core)
    for section in file.sections:
        goes_with = file.sections[section.link] if section.flags & LINK_ORDER else section
        if not section.flags & ALLOC or not section.size or \
           file.section_name(goes_with).startswith(".init"):
            continue
        part = CODE if section.flags & CODE else section.flags & WRITE
        at = -(-ends[part] // max(section.align, 1)) * max(section.align, 1)
        places[file.section_name(section)], ends[part] = at, at + section.size
    return places


def find_file(kernel, name):
    """NAME.elf in the build folder; a - of the file's name is a _ of the module's."""
    folder = os.path.dirname(gdb.objfiles()[0].filename)
    found = [path for path in glob.glob(f"{folder}/**/*.elf", recursive=True)
             if os.path.basename(path).replace("-", "_") == f"{name}.elf"]
    if len(found) != 1:
        raise Refused(f"there is no {name}.elf below {folder}: name the file, mc symbols {name}"
                      " FILE")
    return found[0]


class Symbols(Command):
    """mc symbols [-json] NAME [FILE]: teaches GDB the names and lines of a module.

    FILE is NAME.elf, which the build leaves beside NAME.ko; those of the tree are found. Prints the
    add-symbol-file line, and runs it. Its file, NAME.elf.placed, is a copy with the addresses in
    it: GDB 16 takes that of .text alone from the line. `remove-symbol-file -a ADDR` undoes that
    after an rmmod."""

    name, usage, words = "symbols", "NAME [FILE]", (1, 2)

    def complete(self, text, word):
        """The modules that the build made, loaded or not."""
        folder = os.path.dirname(gdb.objfiles()[0].filename)
        names = [os.path.basename(path)[:-len(".ko")].replace("-", "_")
                 for path in glob.glob(f"{folder}/**/*.ko", recursive=True)]
        return starting(sorted(names), word) if len(text.split()) < 2 else []

    def answer(self, kernel, words, flags):
        name = words[0].replace("-", "_")
        core = next((module["core"] for _, module in read_modules(kernel)
                     if text_in(module["name"]) == name), None)
        if core is None:
            raise Refused(f"no module {name} is loaded: `mc lsmod` lists them")
        path = words[1] if len(words) > 1 else find_file(kernel, name)
        placed = f"{path}.placed"
        try:
            elf = ElfFile(path)
            places = place_sections(elf, core)
            with open(placed, "wb") as file:
                file.write(elf.placed(places))
        except (OSError, ValueError) as error:
            raise Refused(str(error)) from None
        line = f"add-symbol-file {placed} " + " ".join(
            f"-s {section} 0x{at:x}" for section, at in places.items())
        self.after = line
        return Answer([line], {"file": path, "sections": places})

    after = None  # what to do when RAM is no longer read by physical address

    def invoke(self, argument, from_tty):
        super().invoke(argument, from_tty)
        gdb.execute(self.after, to_string=True)


Lsmod()
Symbols()
