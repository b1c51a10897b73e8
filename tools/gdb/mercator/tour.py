# SPDX-License-Identifier: MIT
"""`mc tour` and `mc next`: a walk through the kernel with a guide. The tours are docs/tours/."""

import gdb

from mercator import tours
from mercator.command import Answer, Command, starting
from mercator.kernel import Refused


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
        # One of the user's: at an internal one, GDB shows the caller of an inlined function.
        gdb.execute(f"hbreak {where}", to_string=True)
        stop = gdb.breakpoints()[-1]
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
        """The Answer of the step at which the machine is: its text, and what it shows."""
        step = self.steps[self.done]
        self.done += 1
        frame = gdb.execute("frame", to_string=True).rstrip()
        if "set" in step:
            gdb.execute(f"set {step['set']}", to_string=True)
        shown = [(command, gdb.execute(command, to_string=True).rstrip())
                 for command in step["show"]]
        lines = [f"{self.name} {self.done}/{len(self.steps)}: {frame}", "", step["say"], ""]
        for command, said in shown:
            lines += [f"(gdb) {command}", said, ""]
        return Answer([*lines, *self.outlook()], {
            "tour": self.name, "step": self.done, "steps": len(self.steps), "arrived": True,
            "frame": frame, "say": step["say"], "next": self.outlook(),
            "show": [{"command": command, "said": said} for command, said in shown]})

    def elsewhere(self):
        """The Answer where the machine stopped before it came to the step."""
        frame = gdb.execute("frame", to_string=True).rstrip()
        return Answer([frame, "Stopped before the step: `mc next` goes on to it."], {
            "tour": self.name, "step": self.done, "steps": len(self.steps), "arrived": False,
            "frame": frame})


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


class Next(Command):
    """mc next [-json]: go on to the next step of the tour that `mc tour NAME` began.

    If the machine stops elsewhere, at a breakpoint of yours or by Ctrl-C, the step is still to
    come: `mc next` again."""

    name = "next"

    def before(self, words, flags):
        """The machine runs, and what a step shows are commands of their own."""
        guide = State.guide
        if guide is None:
            raise Refused("there is no tour: `mc tour` lists them")
        if guide.done == len(guide.steps):
            State.guide = None
            raise Refused(f"{guide.name} is over: `mc tour` lists the others")
        try:
            arrived = guide.go()
        except tours.BadTour as error:
            raise Refused(error) from None
        self.said = guide.show() if arrived else guide.elsewhere()

    def answer(self, kernel, words, flags):
        return self.said


Tour()
Next()
