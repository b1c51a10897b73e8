# SPDX-License-Identifier: MIT
"""`mc of`: the device tree as the kernel has it, in the form of a .dts file."""

import difflib

from mercator.chains import linked
from mercator.command import Answer, Command
from mercator.image import Refused
from mercator.kernel import Kernel
from mercator.tables import Unreadable

CELL = 4


def find_node(kernel, path):
    """The node of an absolute path; a part without a unit address finds a node with one, too."""
    root = kernel.variable("of_root")
    if not int(root):
        raise Refused("boot has not read the device tree yet")
    node = kernel.target_of(root)
    for part in filter(None, path.split("/")):
        children = list(linked(kernel, node["child"], "sibling"))
        names = [kernel.string(child["full_name"]) for child in children]
        fits = [n for n, name in enumerate(names) if part in (name, name.split("@")[0])]
        if not fits:
            near = [name for name in names if difflib.SequenceMatcher(
                None, part.split("@")[0], name.split("@")[0]).ratio() > 0.6]
            raise Refused(f"there is no node {path}: {part} is not in"
                               f" {kernel.string(node['full_name']) or '/'}"
                               f"{', which has ' * bool(near)}{', '.join(near)}")
        node = children[fits[0]]
    return node


def value_text(value):
    """A property's bytes as dtc would print them: strings, cells, or bytes."""
    parts = value.split(b"\0")
    if value and not parts[-1] and all(part and all(32 <= byte < 127 for byte in part)
                                       for part in parts[:-1]):
        return ", ".join(f'"{part.decode()}"' for part in parts[:-1])
    if len(value) % CELL == 0:
        cells = [int.from_bytes(value[at:at + CELL], "big") for at in range(0, len(value), CELL)]
        return f"<{' '.join(f'0x{cell:02x}' for cell in cells)}>"
    return f"[{value.hex(' ')}]"


def node_lines(kernel, node, depth=0):
    """A node and all below it."""
    tabs = "\t" * depth
    lines = [f"{tabs}{kernel.string(node['full_name']) or '/'} {{"]
    for prop in linked(kernel, node["properties"], "next"):
        name, length = kernel.string(prop["name"]), int(prop["length"])
        value = kernel.read(int(prop["value"]), length) if length else b""
        lines.append(f"{tabs}\t{name} = {value_text(value)};" if length else f"{tabs}\t{name};")
    for child in linked(kernel, node["child"], "sibling"):
        lines += ["", *node_lines(kernel, child, depth + 1)]
    return [*lines, f"{tabs}}};"]


def paths(kernel, node, above=""):
    """The path of each node below one."""
    for child in linked(kernel, node["child"], "sibling"):
        path = f"{above}/{kernel.string(child['full_name'])}"
        yield path
        yield from paths(kernel, child, path)


class Of(Command):
    """mc of [-json] [PATH]: the device tree from a node on, in the form of a .dts file.

    `mc of /pl011@9000000`; the unit address may be left out: `mc of /pl011`."""

    name, usage, words = "of", "[PATH]", (0, 1)

    def complete(self, text, word):
        """GDB completes a word, of which a path has several: that behind the last `/` or `@`."""
        try:
            with Kernel() as kernel:
                root = kernel.variable("of_root")
                found = list(paths(kernel, kernel.target_of(root))) if int(root) else []
        except (Refused, Unreadable):
            return []
        done = len(text) - len(word or "")
        return [path[done:] for path in found if path.startswith(text)]

    def answer(self, kernel, words, flags):
        lines = node_lines(kernel, find_node(kernel, words[0] if words else "/"))
        return Answer(lines, lines)


Of()
