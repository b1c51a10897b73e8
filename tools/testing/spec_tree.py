# SPDX-License-Identifier: MIT
"""A device tree read by the Devicetree Specification, independently of the kernel.

read(blob) gives the lines that drivers/of/tests/read_tree.c prints of the same tree. Nothing here
looks at the kernel's code: a difference is a fault of one of the two.
"""

import struct

BEGIN_NODE, END_NODE, PROP, NOP, END = 1, 2, 3, 4, 9
SIMPLE_BUSES = {"simple-bus", "simple-mfd", "isa", "arm,amba-bus"}
MAX_CELLS = 4


class Bad(Exception):
    """The tree makes no sense here."""


class Node:
    def __init__(self, name, parent):
        self.name, self.parent, self.children, self.props = name, parent, [], {}

    @property
    def path(self):
        if not self.parent:
            return "/"
        return (self.parent.path if self.parent.parent else "") + "/" + self.name

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def cells(self, name):
        data = self.props.get(name)
        return None if data is None else list(struct.unpack(f">{len(data) // 4}I",
                                                            data[:len(data) // 4 * 4]))

    def strings(self, name):
        data = self.props.get(name, b"")
        return data.removesuffix(b"\0").decode().split("\0") if data else []

    def count(self, name, default):
        """A property like #address-cells: default when it is missing, None when it is nonsense."""
        data = self.props.get(name)
        if data is None:
            return default
        if len(data) != 4 or self.cells(name)[0] > MAX_CELLS:
            return None
        return self.cells(name)[0]


def parse(blob):
    """The root node. Version 17 only: header, structure, strings."""
    structure, strings = struct.unpack_from(">2I", blob, 8)
    at, node, root = structure, None, None
    while True:
        (token,) = struct.unpack_from(">I", blob, at)
        at += 4
        if token == BEGIN_NODE:
            end = blob.index(b"\0", at)
            child = Node(blob[at:end].decode(), node)
            if node:
                node.children.append(child)
            else:
                root = child
            node = child
            at = end // 4 * 4 + 4
        elif token == END_NODE:
            node = node.parent
        elif token == PROP:
            length, name = struct.unpack_from(">2I", blob, at)
            name = blob[strings + name:blob.index(b"\0", strings + name)].decode()
            node.props.setdefault(name, blob[at + 8:at + 8 + length])
            at += 8 + (length + 3) // 4 * 4
        elif token == END:
            return root
        else:
            assert token == NOP


def number(cells):
    value = 0
    for cell in cells:
        value = (value << 32 | cell) & (1 << 64) - 1
    return value


# ---- addresses (2.3.5, 2.3.6, 2.3.8) -------------------------------------------------------------

def bus_cells(bus):
    counts = bus.count("#address-cells", 2), bus.count("#size-cells", 1)
    if None in counts:
        raise Bad
    return counts


def translate(bus, address):
    """From an address on bus to the CPU's."""
    while bus.parent:
        ranges = bus.cells("ranges")
        if ranges is None:
            raise Bad
        child, size = bus_cells(bus)
        above, _ = bus_cells(bus.parent)
        row = child + above + size
        if row == 0 or len(ranges) % row:
            raise Bad
        windows = [ranges[i:i + row] for i in range(0, len(ranges), row)]
        for window in windows:
            start, length = number(window[:child]), number(window[child + above:])
            if start <= address < start + length:
                address += number(window[child:child + above]) - start
                break
        else:
            if windows:
                raise Bad
        bus = bus.parent
    return address


def registers(node):
    """{index: (start, size)} of the rows of reg that the CPU can reach."""
    found, reg = {}, node.cells("reg")
    if not reg or not node.parent:
        return found
    try:
        child, size = bus_cells(node.parent)
    except Bad:
        return found
    if not child:
        return found
    row = child + size
    for index in range(len(reg) // row):
        cells = reg[index * row:(index + 1) * row]
        try:
            start, length = translate(node.parent, number(cells[:child])), number(cells[child:])
        except Bad:
            continue
        if length and start + length <= 1 << 64:
            found[index] = start, length
    return found


# ---- interrupts (2.4) ----------------------------------------------------------------------------

class Interrupts:
    def __init__(self, root):
        self.by_phandle = {}
        for node in root.walk():
            for name in ("phandle", "linux,phandle"):
                if node.cells(name):
                    self.by_phandle.setdefault(node.cells(name)[0], node)
                    break

    def parent(self, node):
        """The interrupt parent: by phandle, else the parent in the tree, if it takes interrupts."""
        seen = set()
        while node and id(node) not in seen:
            seen.add(id(node))
            if node.cells("interrupt-parent"):
                node = self.by_phandle.get(node.cells("interrupt-parent")[0])
            else:
                node = node.parent
            if node and "#interrupt-cells" in node.props:
                return node
        raise Bad

    @staticmethod
    def width(node):
        if node is None or not node.cells("#interrupt-cells") or not node.cells(
                "#interrupt-cells")[0]:
            raise Bad
        return node.cells("#interrupt-cells")[0]

    def written(self, node):
        """[(parent, cells)] as the node has them; None for a gap."""
        extended, rows = node.cells("interrupts-extended"), []
        if extended is not None:
            while extended:
                handle = extended.pop(0)
                if not handle:
                    rows.append(None)
                    continue
                parent = self.by_phandle.get(handle)
                try:
                    width = self.width(parent)
                    if len(extended) < width:
                        raise Bad
                except Bad:
                    return rows + [Bad]
                rows.append((parent, extended[:width]))
                extended = extended[width:]
            return rows
        cells = node.cells("interrupts")
        if cells is None:
            return []
        try:
            parent = self.parent(node)
            width = self.width(parent)
        except Bad:
            return [Bad]
        if len(cells) % width:
            return [Bad]
        return [(parent, cells[i:i + width]) for i in range(0, len(cells), width)]

    def translated(self, node, parent, cells):
        """Up through every nexus. The unit address is that of the device, then of the row."""
        address = (node.cells("reg") or []) + [0] * MAX_CELLS
        width = parent.count("#address-cells", 2)
        for _ in range(16):
            if "interrupt-controller" in parent.props or "interrupt-map" not in parent.props:
                return parent, cells
            if width is None:
                raise Bad
            wanted = address[:width] + cells
            mask = parent.cells("interrupt-map-mask") or [0xffffffff] * len(wanted)
            for child, target, unit, line in self.rows(parent, len(wanted)):
                if all((a ^ b) & m == 0 for a, b, m in zip(wanted, child, mask)):
                    break
            else:
                raise Bad
            parent, address, width, cells = target, unit, len(unit), line
        raise Bad

    def rows(self, nexus, child):
        cells = nexus.cells("interrupt-map")
        while cells:
            if len(cells) <= child:
                raise Bad
            target = self.by_phandle.get(cells[child])
            line = self.width(target)
            unit = target.count("#address-cells", 0)
            if unit is None or len(cells) < child + 1 + unit + line:
                raise Bad
            end = child + 1 + unit
            yield cells[:child], target, cells[child + 1:end], cells[end:end + line]
            cells = cells[end + line:]

    def lines(self, node):
        for index, row in enumerate(self.written(node)):
            if row is None:
                continue
            try:
                if row is Bad:
                    raise Bad
                controller, cells = self.translated(node, *row)
            except Bad:
                yield f"irq {node.path} {index} bad"
                return
            yield f"irq {node.path} {index} {controller.path} {' '.join(map(str, cells))}"


# ---- status, console, devices --------------------------------------------------------------------

def is_available(node):
    while node:
        if "status" in node.props and node.strings("status")[:1] not in (["okay"], ["ok"]):
            return False
        node = node.parent
    return True


def find(root, path, aliases=True):
    first, _, rest = path.partition("/")
    node = root
    if first:
        alias = find(root, "/aliases", False)
        target = alias.strings(first)[0] if alias and first in alias.props else None
        if not aliases or not target or not target.startswith("/"):
            return None
        node = find(root, target, False)
    for part in rest.split("/") if node else []:
        if not part:
            continue
        named = [c for c in node.children if part in (c.name, c.name.partition("@")[0])]
        if not named:
            return None
        node = named[0]
    return node


def console(root):
    chosen = find(root, "/chosen")
    for name in ("stdout-path", "linux,stdout-path"):
        text = chosen.strings(name)[0] if chosen and chosen.strings(name) else ""
        if text:
            node = find(root, text.partition(":")[0])
            if node and node.parent and is_available(node):
                return node
    node = find(root, "serial0")
    return node if node and node.parent and is_available(node) else None


def device_name(node):
    if 0 in registers(node):
        return f"{registers(node)[0][0]:x}.{node.name.partition('@')[0]}"
    if not node.parent.parent:
        return node.name
    return f"{device_name(node.parent)}:{node.name}"


def devices(node):
    for child in node.children:
        compatible = child.strings("compatible")
        if "compatible" not in child.props or not is_available(child):
            continue
        if "arm,primecell" in compatible and 0 not in registers(child):
            continue
        yield f"device {device_name(child)} {child.path}"
        if SIMPLE_BUSES & set(compatible):
            yield from devices(child)


def read(blob):
    root = parse(blob)
    interrupts = Interrupts(root)
    lines = []
    for node in root.walk():
        lines += [f"reg {node.path} {index} 0x{start:x} 0x{size:x}"
                  for index, (start, size) in registers(node).items()]
        lines += interrupts.lines(node)
    if console(root):
        lines.append(f"console {console(root).path}")
    return lines + list(devices(root))
