# SPDX-License-Identifier: MIT
"""`mc iomem` and `mc memblock`: physical memory, as boot found it and as drivers claimed it."""

from mercator.chains import linked
from mercator.command import Answer, Command, starting
from mercator.image import Refused


def resources(kernel, first, depth=0):
    """(depth, resource) of a resource's children, in the order of /proc/iomem."""
    for resource in linked(kernel, first, "sibling"):
        yield depth, resource
        yield from resources(kernel, resource["child"], depth + 1)


class Iomem(Command):
    """mc iomem [-json]: who claimed which physical addresses, as /proc/iomem prints them."""

    name, root = "iomem", "iomem_resource"

    def answer(self, kernel, words, flags):
        rows = [(depth, int(resource["start"]), int(resource["end"]),
                 kernel.string(resource["name"]) or "<BAD>")
                for depth, resource in resources(kernel, kernel.variable(self.root)["child"])]
        return Answer([f"{'  ' * depth}{start:08x}-{end:08x} : {name}"
                       for depth, start, end, name in rows],
                      [{"depth": depth, "start": start, "end": end, "name": name}
                       for depth, start, end, name in rows])


def regions_of(kernel, kind):
    """(base, size, flags) of memblock.memory or memblock.reserved."""
    array = kernel.variable("memblock")[kind]
    region, at = array["regions"].type.target(), int(array["regions"])
    for n in range(int(array["cnt"])):
        value = kernel.value(region, at + n * region.sizeof)
        yield int(value["base"]), int(value["size"]), int(value["flags"])


class Memblock(Command):
    """mc memblock [-json] [memory|reserved]: memblock's lists, as its debugfs files print them.

    Without a name, both, each under its name."""

    name, usage, words = "memblock", "[memory|reserved]", (0, 1)
    kinds = ("memory", "reserved")

    def complete(self, _text, word):
        return starting(self.kinds, word)

    def answer(self, kernel, words, flags):
        if words and words[0] not in self.kinds:
            raise Refused(f"there is no list {words[0]}: memory, reserved")
        data, lines = {}, []
        for kind in words or self.kinds:
            rows = list(regions_of(kernel, kind))
            data[kind] = [{"base": base, "size": size, "flags": bits} for base, size, bits in rows]
            lines += [] if words else [f"{kind}:"]
            lines += [f"{n:4d}: 0x{base:016x}..0x{base + size - 1:016x}"
                      for n, (base, size, _) in enumerate(rows)]
        return Answer(lines, data)


Iomem()
Memblock()
