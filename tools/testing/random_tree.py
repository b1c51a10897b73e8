# SPDX-License-Identifier: MIT
"""Random device trees: buses, controllers, nexuses and devices, most of them sound."""

import random

from spec_tree import BEGIN_NODE, END, END_NODE, PROP, Node


class Maker:
    """A tree of buses, controllers, nexuses and devices, most of it sound."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.handles = []  # (phandle, interrupt cells, address cells) of those made so far
        self.root = Node("", None)
        self.fill_bus(self.root)
        self.nodes_below(self.root, 4)
        names = [node.path for node in self.root.walk() if node.parent]
        aliases = self.node(self.root, "aliases")
        for number in range(2):
            self.set(aliases, f"serial{number}", self.dice.choice(names) + "\0")
        chosen = self.node(self.root, "chosen")
        if self.chance(2):
            self.set(chosen, "stdout-path", self.dice.choice(
                ["serial0", "serial1:115200\0", "serial7\0", self.dice.choice(names) + ":9600"]))

    def chance(self, one_in):
        return self.dice.randrange(one_in) == 0

    def cells(self, count, top=4):
        return [self.dice.randrange(top) for _ in range(count)]

    @staticmethod
    def set(node, name, value):
        if isinstance(value, list):
            value = b"".join(cell.to_bytes(4, "big") for cell in value)
        node.props[name] = value.encode() if isinstance(value, str) else value

    @staticmethod
    def node(parent, name):
        parent.children.append(Node(name, parent))
        return parent.children[-1]

    def counts(self, node):
        """What the node says of its children; of more than 4 cells, 5."""
        address, size = node.cells("#address-cells"), node.cells("#size-cells")
        return min(address[0] if address else 2, 5), min(size[0] if size else 1, 5)

    def fill_bus(self, node):
        """Cell counts and ranges; addresses are small numbers, so that windows often hold them."""
        if not self.chance(4):
            self.set(node, "#address-cells", [self.dice.choice([0, 1, 1, 2, 2, 3])])
        if not self.chance(4):
            self.set(node, "#size-cells", [self.dice.choice([0, 1, 1, 1, 2])])
        if self.chance(40):
            self.set(node, "#address-cells", [self.dice.choice([5, 0xffffffff])])
        if not node.parent or self.chance(8):
            return
        address, size = self.counts(node)
        above, _ = self.counts(node.parent)
        if max(address, above) > 4 or self.chance(3):
            self.set(node, "ranges", "")
            return
        rows = []
        for _ in range(self.dice.randrange(1, 4)):
            rows += self.address(address) + self.address(above) + self.length(size)
        self.set(node, "ranges", rows[:-1] if self.chance(30) else rows)

    def address(self, count):
        return ([0] * count + [self.dice.choice([0, 0x1000, 0x2000, 0x80000000])])[-count:] \
            if count else []

    def length(self, count):
        return ([0] * count + [self.dice.choice([0, 0x800, 0x1000, 0x4000])])[-count:] \
            if count else []

    def fill_reg(self, node):
        address, size = self.counts(node.parent)
        rows = []
        for _ in range(self.dice.randrange(3)):
            rows += self.address(address) + self.length(size)
        if rows or self.chance(4):
            self.set(node, "reg", rows[:-1] if self.chance(30) else rows)

    def own_handle(self, node, cells):
        handle = len(self.handles) + 1
        self.set(node, self.dice.choice(["phandle", "phandle", "linux,phandle"]), [handle])
        self.set(node, "#interrupt-cells", [cells])
        unit = self.counts(node)[0] if "#address-cells" in node.props else 0
        self.handles.append((handle, cells, unit))

    def fill_controller(self, node):
        self.set(node, "interrupt-controller", "")
        self.own_handle(node, self.dice.randrange(1, 4))

    def fill_nexus(self, node):
        if not self.handles:
            return
        address, _ = self.counts(node)
        cells, rows = self.dice.randrange(1, 3), []
        if address > 4:
            return
        for _ in range(self.dice.randrange(1, 6)):
            handle, target, unit = self.dice.choice(self.handles)
            if unit > 4:
                continue
            rows += self.cells(address + cells, 2) + [handle] + self.cells(unit + target)
        if self.chance(20):
            rows = rows[:-1] or [1]
        self.set(node, "interrupt-map", rows)
        if not self.chance(4):
            self.set(node, "interrupt-map-mask",
                     [self.dice.choice([0, 1, 0xffffffff]) for _ in range(address + cells)])
        self.own_handle(node, cells)

    def fill_interrupts(self, node):
        if self.handles and self.chance(3):
            rows = []
            for _ in range(self.dice.randrange(1, 4)):
                handle, cells, _ = self.dice.choice(self.handles)
                rows += [handle] + self.cells(cells, 2) if not self.chance(6) else [0]
            self.set(node, "interrupts-extended", rows)
        else:
            self.set(node, "interrupts", self.cells(self.dice.choice([1, 2, 2, 3, 4, 6]), 2))
        if self.handles and self.chance(4):
            self.set(node, "interrupt-parent", [self.dice.choice(self.handles)[0]])

    def nodes_below(self, parent, depth):
        for number in range(self.dice.randrange(1, 5)):
            node = self.node(parent, f"{self.dice.choice('abc')}{depth}{number}"
                             + self.dice.choice(["", f"@{number}"]))
            if self.chance(2):
                self.fill_bus(node)
            self.fill_reg(node)
            self.dice.choice([lambda n: None, lambda n: None, self.fill_controller,
                              self.fill_nexus])(node)
            if self.chance(2):
                self.fill_interrupts(node)
            if self.handles and self.chance(8):
                self.set(node, "interrupt-parent", [self.dice.choice(self.handles)[0]])
            if self.chance(6):
                self.set(node, "status", self.dice.choice(
                    ["okay\0", "ok\0", "okay", "disabled\0", "fail\0", ""]))
            if not self.chance(5):
                self.set(node, "compatible", self.dice.choice(
                    ["simple-bus\0", "x,bus\0simple-bus", "x,device\0", "arm,primecell",
                     "simple-mfd\0", "simple\0"]))
            if depth:
                self.nodes_below(node, depth - 1)


def flatten(root):
    """The blob of a tree."""
    strings, structure = bytearray(), bytearray()

    def word(value):
        structure.extend(value.to_bytes(4, "big"))

    def text(data):
        structure.extend(data + bytes(-len(data) % 4))

    def put(node):
        word(BEGIN_NODE)
        text(node.name.encode() + b"\0")
        for name, value in node.props.items():
            word(PROP)
            word(len(value))
            word(len(strings))
            strings.extend(name.encode() + b"\0")
            text(value)
        for child in node.children:
            put(child)
        word(END_NODE)

    put(root)
    word(END)
    start, size = 56, len(structure)
    header = [0xd00dfeed, start + size + len(strings), start, start + size, 40, 17, 16, 0,
              len(strings), size]
    return b"".join(value.to_bytes(4, "big") for value in header) + bytes(16) + structure + strings
