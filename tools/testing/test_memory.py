# SPDX-License-Identifier: MIT
"""Machines of every size, and the parameters that divide the address space: mem=, vmalloc=."""

import re

import pytest

import vmallocinfo
from qemu import Machine

MIB = 1 << 20
LAYOUT = re.compile(r"\] +([.\w][\w /]*?) +: 0x([0-9a-f]+) - 0x([0-9a-f]+) ")
RAM = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) : System RAM$", re.M)


def bytes_of(size):
    return int(size[:-1]) * {"M": MIB, "G": 1024 * MIB}[size[-1]]


class Listing:
    """What a machine says of itself: boot log, layout, memory, areas."""

    def __init__(self, arch, *commands, mem="512M", append="", log="memory"):
        script = "; ".join(["cat /proc/meminfo", "cat /proc/iomem", *commands,
                            "echo AREAS", "cat /proc/vmallocinfo", "echo END", "poweroff"])
        append = f'{append} rdinit=/bin/sh -- -c "{script}"'
        with Machine(arch, append=append, mem=mem, log=f"{log}-{mem}") as machine:
            self.text, self.status = machine.wait_exit()
        self.layout = {name: (int(low, 16), int(high, 16))
                       for name, low, high in LAYOUT.findall(self.text)}
        self.kb = {name: int(kb) for name, kb in re.findall(r"^(\w+): +(\d+) kB$", self.text, re.M)}
        self.ram = [(int(low, 16), int(high, 16)) for low, high in RAM.findall(self.text)]
        areas = re.search(r"^AREAS\n(.*?)^END$", self.text, re.M | re.S)
        assert areas, self.text
        self.areas = vmallocinfo.parse(areas[1])

    def check(self, mem):
        """The rules that hold on every machine."""
        assert self.status == 0
        found = sum(high + 1 - low for low, high in self.ram)
        assert found <= bytes_of(mem), "no more RAM than the machine has"
        assert self.kb["MemTotal"] * 1024 <= found
        assert self.kb["MemTotal"] * 1024 > found * 0.9, "and most of it is managed"
        rows = [(low, high) for low, high in self.layout.values()]
        assert len(rows) > 8 and all(low < high for low, high in rows)
        regions = sorted(row for name, row in self.layout.items() if name[0] != ".")
        for before, after in zip(regions, regions[1:]):
            assert before[1] <= after[0], f"{before} meets {after}"
        low, high = self.layout["vmalloc"]
        assert self.kb["VmallocTotal"] * 1024 == high - low
        for row in self.areas:
            assert low <= row.start and row.end <= high, row.line
        for before, after in zip(self.areas, self.areas[1:]):
            assert before.end <= after.start, f"{before.line}\n{after.line}"

    def vmalloc_size(self):
        low, high = self.layout["vmalloc"]
        return high - low


@pytest.mark.parametrize("mem", ["64M", "128M", "3G", "8G"])
def test_sizes_on_arm64(mem):
    machine = Listing("arm64", mem=mem)
    machine.check(mem)
    assert sum(high + 1 - low for low, high in machine.ram) == bytes_of(mem)
    assert "HighTotal" not in machine.kb


@pytest.mark.parametrize("mem", ["64M", "128M", "768M", "1G", "3G", "4G"])
def test_sizes_on_arm(mem):
    """From a small machine to one with more RAM than the kernel can reach."""
    machine = Listing("arm", mem=mem)
    machine.check(mem)
    low, high = machine.layout["lowmem"]
    assert high - low == min(bytes_of(mem), 768 * MIB)
    assert machine.vmalloc_size() >= 240 * MIB
    assert ("left out" in machine.text) == (mem == "4G")
    assert max(high for _, high in machine.ram) < 1 << 32
    reachable = min(bytes_of(mem), 3072 * MIB) // 1024
    if reachable <= 768 * 1024:
        assert "HighTotal" not in machine.kb
        return
    assert machine.kb["HighTotal"] == reachable - 768 * 1024
    assert machine.kb["LowTotal"] == machine.kb["MemTotal"] - machine.kb["HighTotal"]
    assert machine.kb["HighFree"] > machine.kb["HighTotal"] - 4096


def test_too_little_memory(arch):
    def shrink(command):
        command[command.index("-m") + 1] = "8M"
        return command
    with Machine(arch, edit=shrink, log="memory-8M") as machine:
        machine.expect("Kernel panic[^\r\n]*too little memory: 8192 KiB; give the machine")


@pytest.mark.parametrize("value, mem, least, most, message", [
    ("512M", "512M", 512, 512, None),
    ("8M", "2G", 16, 16, "too small, limited to 16MiB"),
    ("4G", "1G", 850, 984, "too big, limited to"),
    ("junk", "1G", 240, 240, "value not understood"),
])
def test_vmalloc_on_arm(value, mem, least, most, message):
    machine = Listing("arm", "ioremap 0x10000000 0x10000000", mem=mem,
                      append=f"vmalloc={value}", log=f"memory-vmalloc-{value}")
    machine.check(mem)
    assert least * MIB <= machine.vmalloc_size() <= most * MIB
    if message:
        assert message in machine.text
    else:
        assert "limited to" not in machine.text and "not understood" not in machine.text
    wide = [row for row in machine.areas if row.phys == 0x10000000]
    assert [row.size for row in wide] == ([0x10001000] if least >= 512 else [])


def test_vmalloc_on_arm64_is_accepted():
    machine = Listing("arm64", append="vmalloc=300M", log="memory-vmalloc")
    machine.check("512M")
    assert re.search(r"vmalloc=300M has no effect", machine.text)
    assert "unknown parameter" not in machine.text


@pytest.mark.parametrize("limit", ["64M", "300M"])
def test_mem_limit(arch, limit):
    """Also below the place of the initramfs, which then stays by itself."""
    machine = Listing(arch, append=f"mem={limit} vmalloc=400M", log=f"memory-limit-{limit}")
    machine.check("512M")
    assert machine.ram[0][1] + 1 - machine.ram[0][0] == bytes_of(limit)
    assert sum(high + 1 - low for low, high in machine.ram) <= bytes_of(limit) + 4 * MIB
    assert machine.kb["MemTotal"] <= bytes_of(limit) // 1024 + 4096


def test_high_memory_in_the_kernel():
    """The kernel's own tests of kmap and of who gets high memory, where there is some."""
    with Machine("arm", append="selftest=highmem", mem="1G", log="memory-highmem") as machine:
        text, status = machine.wait_exit()
    assert status == 0
    assert re.search(r"\] ok 1 highmem$", text, re.M) and "SKIP" not in text, text
