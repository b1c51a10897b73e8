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


def per_cpu_copies(kernel, first, type):
    """What each processor that is online has in the place of the first one's, at address first."""
    offsets, online = kernel.variable("__per_cpu_offset"), int(kernel.variable("cpu_online_mask"))
    return [kernel.value(type, first + int(offsets[cpu]))
            for cpu in range(offsets.type.range()[1] + 1) if online >> cpu & 1]


def columns(copies):
    """(the counts, as they are printed: a column for each processor)"""
    counts = [int(copy) for copy in copies]
    return counts, "".join(f"{count:10d} " for count in counts)


class Irq(Command):
    """mc irq [-json]: the interrupts that drivers asked for, as /proc/interrupts prints them."""

    name = "irq"

    def answer(self, kernel, words, flags):
        descs, edge, data = kernel.variable("irq_descs"), kernel.constants["IRQ_TYPE_EDGE_BOTH"], []
        cpus = bin(int(kernel.variable("cpu_online_mask"))).count("1")
        lines = [f"{'':11}" + f"{'':7}".join(f"CPU{cpu}" for cpu in range(cpus))]
        for irq in range(1, descs.type.range()[1] + 1):
            desc = descs[irq]
            if not int(desc["action"]):
                continue
            chip = kernel.string(kernel.target_of(desc["irq_data"]["chip"])["name"])
            names = [kernel.string(action["name"])
                     for action in linked(kernel, desc["action"], "next")]
            hwirq = int(desc["irq_data"]["hwirq"])
            kind = "Edge" if int(desc["type"]) & edge else "Level"
            first = desc["kstat_irqs"]
            counts, text = columns(per_cpu_copies(kernel, int(first), first.type.target()))
            lines.append(f"{irq:3d}: {text}{chip} {hwirq:3d} {kind:<8}  {', '.join(names)}")
            data.append({"irq": irq, "count": sum(counts), "counts": counts, "chip": chip,
                         "hwirq": hwirq, "kind": kind, "actions": names})
        lines += self.between_processors(kernel) if cpus > 1 else []
        lines.append(f"Err: {int(kernel.variable('irq_err_count')):10d}")
        return Answer(lines, data)

    @staticmethod
    def between_processors(kernel):
        names = kernel.variable("ipi_names")
        copies = per_cpu_copies(kernel, kernel.elf.address("ipi_counts"),
                                kernel.variable("ipi_counts").type)
        return [f"IPI{ipi}:{columns(copy[ipi] for copy in copies)[1]}      {kernel.string(name)}"
                for ipi, name in enumerate(names[i] for i in range(names.type.range()[1] + 1))]


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
