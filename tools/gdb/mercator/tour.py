# SPDX-License-Identifier: MIT
"""`mc tour` and `mc next`: a walk through the kernel with a guide. The tours are docs/tours/."""

import gdb

from mercator import tours
from mercator.command import Answer, Command, starting
from mercator.kernel import Refused, elf_file


def read_tour(name, arch):
    if name not in tours.names():
        raise Refused(f"there is no tour {name}: `mc tour` lists them")
    found = tours.read(name, arch)
    if found is None:
        raise Refused(f"{name} is a tour for the other architecture")
    return found


class Guide:
    """The tour that is going on: its name, its steps, and how many have been shown."""

    def __init__(self, name, arch):
        self.name, self.arch, self.done = name, arch, 0
        self.tour = read_tour(name, arch)
        self.steps = self.tour["step"]

    def what_to_type(self, table):
        if "type" not in table:
            return []
        line = table["type"]
        if "{va}" in line:
            line = line.format(va=hex(int(gdb.parse_and_eval("(unsigned long)$va"))))
        return [f"Type at the shell, once `mc next` lets the machine run: {line}"]

    def welcome(self):
        lines = [f"{self.name}: {self.tour['title']}, {len(self.steps)} steps."]
        if self.tour.get("start"):
            lines.append("It begins where `make debug` stops, at the first instruction.")
        return [*lines, *self.what_to_type(self.tour), *self.outlook()]

    def outlook(self):
        """What `mc next` will do."""
        if self.done == len(self.steps):
            return ["That was the last step. `continue` lets the machine run."]
        step = self.steps[self.done]
        place = f"{step['at']}()" + (f", at {step['text']}" if "text" in step else "")
        return [*self.what_to_type(step),
                f"`mc next` goes on to {place}; `mc tour leave` ends the tour."]

    def go(self):
        """Runs to the next step. False: the machine stopped somewhere else."""
        step = self.steps[self.done]
        place = tours.find_place(self.arch, step["at"], step.get("text"))
        where = f"{place.file}:{place.line}" if "text" in step else step["at"]
        stop = gdb.Breakpoint(where, type=gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        stop.silent = True
        try:
            if stop.pending:
                raise tours.BadTour(f"no instruction belongs to {where}")
            gdb.execute("continue", to_string=True)
            return stop.hit_count > 0
        finally:
            if stop.is_valid():
                stop.delete()

    def show(self):
        """The text of the step at which the machine is, and what it shows."""
        step = self.steps[self.done]
        self.done += 1
        frame = gdb.execute("frame", to_string=True)
        title = f"{self.name} {self.done}/{len(self.steps)}"
        lines = [f"{title}: {frame.rstrip()}", "", step["say"], ""]
        if "set" in step:
            gdb.execute(f"set {step['set']}", to_string=True)
        for command in step["show"]:
            lines += [f"(gdb) {command}", gdb.execute(command, to_string=True).rstrip(), ""]
        return [*lines, *self.outlook()]


class State:
    """Which tour is going on."""

    guide = None


class Tour(Command):
    """mc tour [-json] [NAME|leave]: begin a guided tour, leave it, or list them all.

    A tour stops at each step, says what is about to happen and what to look at, and shows tables.
    `mc next` goes on; in between, any command of GDB may be given. Some tours begin at the first
    instruction, others while the kernel runs, and say what to type at its shell."""

    name, usage, words = "tour", "[NAME|leave]", (0, 1)

    def complete(self, _text, word):
        return starting((*tours.names(), "leave"), word)

    def answer(self, kernel, words, flags):
        arch = kernel.elf.arch
        if words == ["leave"]:
            left, State.guide = State.guide, None
            return Answer([f"Left {left.name}." if left else "There is no tour to leave."], None)
        if words:
            State.guide = Guide(words[0], arch)
            return Answer(State.guide.welcome(), {"steps": len(State.guide.steps)})
        found = [(name, tours.read(name, arch)) for name in tours.names()]
        return Answer([f"{name:<14} {tour['title']}" for name, tour in found if tour],
                      [name for name, tour in found if tour])


class Next(gdb.Command):
    """mc next: go on to the next step of the tour that `mc tour NAME` began.

    If the machine stops elsewhere, at a breakpoint of yours or by Ctrl-C, the step is still to
    come: `mc next` again."""

    def __init__(self):
        super().__init__("mc next", gdb.COMMAND_RUNNING, gdb.COMPLETE_NONE)

    def invoke(self, argument, _from_tty):
        self.dont_repeat()
        guide = State.guide
        if guide is None:
            raise gdb.GdbError("mc next: there is no tour: `mc tour` lists them")
        if guide.done == len(guide.steps):
            State.guide = None
            raise gdb.GdbError(f"mc next: {guide.name} is over: `mc tour` lists the others")
        elf_file()
        try:
            arrived = guide.go()
        except tours.BadTour as error:
            raise gdb.GdbError(f"mc next: {error}") from None
        if not arrived:
            gdb.execute("frame")
            gdb.write("Stopped before the step: `mc next` goes on to it.\n")
            return
        gdb.write("".join(f"{line}\n" for line in guide.show()))


Tour()
Next()
