# SPDX-License-Identifier: MIT
"""Backtraces end where the kernel's calls do. GDB would go on with whatever the registers hold."""

import gdb


class Outermost:
    """A frame filter. Assembly calls C only where nothing has called the assembly itself: at boot,
    from a vector, at the start of a task. Where GDB knows no source, it cannot know a caller."""

    name = "outermost"
    enabled = True
    priority = 100

    def filter(self, frames):
        for frame in frames:
            inner = frame.inferior_frame()
            file = inner.find_sal().symtab
            if inner.level() and not file:
                return
            yield frame
            if inner.level() and file.filename.endswith(".S"):
                return


gdb.frame_filters[Outermost.name] = Outermost()
