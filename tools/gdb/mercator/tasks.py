# SPDX-License-Identifier: MIT
"""`mc ps`, `mc irq` and `mc dmesg`: tasks, interrupts and the log, without the kernel's help."""

import re

from mercator.chains import linked, list_entries
from mercator.command import Answer, Command
from mercator.kernel import offset_of, text_in

LEVEL = re.compile(r"^<\d+>", re.M)


def read_tasks(kernel):
    """All tasks, the boot task first."""
    first = kernel.elf.address("init_task")
    yield kernel.value("struct task_struct", first)
    head = first + offset_of("struct task_struct", "tasks")
    for _, task in list_entries(kernel, head, "struct task_struct", "tasks"):
        yield task


def state_letter(kernel, task):
    """R, S, D or Z, as task_state_letter() says."""
    constants, state = kernel.constants, int(task["state"])
    if int(task["exit_state"]):
        return "Z"
    if state & constants["TASK_INTERRUPTIBLE"]:
        return "S"
    return "D" if state & constants["TASK_UNINTERRUPTIBLE"] else "R"


class Ps(Command):
    """mc ps [-json]: the tasks, as `ps` prints them; the boot task, pid 0, comes first."""

    name = "ps"

    def answer(self, kernel, words, flags):
        rows = []
        for task in read_tasks(kernel):
            pid, parent = int(task["pid"]), int(task["parent"])
            ppid = int(kernel.target_of(task["parent"])["pid"]) if pid and parent else 0
            rows.append((pid, ppid, state_letter(kernel, task), text_in(task["comm"])))
        return Answer(["  PID  PPID STATE COMMAND"] + [
            f"{pid:5d} {ppid:5d} {state}     {name}" for pid, ppid, state, name in rows],
            [{"pid": pid, "ppid": ppid, "state": state, "name": name}
             for pid, ppid, state, name in rows])


def per_cpu_copies(kernel, name):
    """A per-CPU variable's copies, one for each processor that is online."""
    first, offsets = kernel.variable(name), kernel.variable("__per_cpu_offset")
    online, start = int(kernel.variable("cpu_online_mask")), kernel.elf.address(name)
    size = 1 << 8 * offsets[0].type.sizeof  # a copy below the first one is at a distance that wraps
    return [kernel.value(first.type, (start + int(offsets[cpu])) % size)
            for cpu in range(offsets.type.range()[1] + 1) if online >> cpu & 1]


def columns(copies, index):
    """(the counts, as they are printed: a column for each processor)"""
    counts = [int(copy[index]) for copy in copies]
    return counts, "".join(f"{count:10d} " for count in counts)


class Irq(Command):
    """mc irq [-json]: the interrupts that drivers asked for, as /proc/interrupts prints them."""

    name = "irq"

    def answer(self, kernel, words, flags):
        descs, copies = kernel.variable("irq_descs"), per_cpu_copies(kernel, "kstat_irqs")
        edge, data = kernel.constants["IRQ_TYPE_EDGE_BOTH"], []
        lines = [f"{'':11}" + f"{'':7}".join(f"CPU{cpu}" for cpu in range(len(copies)))]
        for irq in range(1, descs.type.range()[1] + 1):
            desc = descs[irq]
            if not int(desc["action"]):
                continue
            chip = kernel.string(kernel.target_of(desc["irq_data"]["chip"])["name"])
            names = [kernel.string(action["name"])
                     for action in linked(kernel, desc["action"], "next")]
            hwirq = int(desc["irq_data"]["hwirq"])
            kind = "Edge" if int(desc["type"]) & edge else "Level"
            counts, text = columns(copies, irq)
            lines.append(f"{irq:3d}: {text}{chip} {hwirq:3d} {kind:<8}  {', '.join(names)}")
            data.append({"irq": irq, "count": sum(counts), "counts": counts, "chip": chip,
                         "hwirq": hwirq, "kind": kind, "actions": names})
        lines += self.between_processors(kernel) if len(copies) > 1 else []
        lines.append(f"Err: {int(kernel.variable('irq_err_count')):10d}")
        return Answer(lines, data)

    @staticmethod
    def between_processors(kernel):
        names, copies = kernel.variable("ipi_names"), per_cpu_copies(kernel, "ipi_counts")
        return [f"IPI{ipi}:{columns(copies, ipi)[1]}      {kernel.string(names[ipi])}"
                for ipi in range(names.type.range()[1] + 1)]


class Dmesg(Command):
    """mc dmesg [-json]: the kernel's log, as `dmesg` prints it, also of a kernel that died."""

    name = "dmesg"

    def answer(self, kernel, words, flags):
        ring, end = kernel.bytes_of("log_buf"), int(kernel.variable("log_end"))
        start = max(end - len(ring), 0)
        text = b"".join((ring[start % len(ring):], ring[:end % len(ring)])) if start \
            else ring[:end]
        lines = LEVEL.sub("", text.decode("utf-8", "replace").replace("\0", " ")).splitlines()
        lines = lines[1:] if start else lines  # the oldest line is cut
        return Answer(lines, lines)


Ps()
Irq()
Dmesg()
