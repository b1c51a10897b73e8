# SPDX-License-Identifier: MIT
"""Machines of every size, and the parameters that divide the address space: mem=, vmalloc=."""

import os
import re

import pytest

import ptdump
import vmallocinfo
from qemu import ROOT, Machine
from rawboot import raw

MIB = 1 << 20
LAYOUT = re.compile(r"\] +\| +([.\w][\w /]*?) +: 0x([0-9a-f]+) - 0x([0-9a-f]+) ")
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


@pytest.mark.parametrize("mem", ["64M", "128M", "513M", "768M", "1G", "3G", "4G"])
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


def test_every_page_of_an_odd_size_is_mapped(arch):
    """RAM that does not fill the last block: iomem, meminfo, ptdump and the pointer agree."""
    size = 513 * MIB
    with Machine(arch, mem="513M", log="memory-513M-pages") as machine:
        lowmem = re.search(r" lowmem : 0x([0-9a-f]+) - 0x([0-9a-f]+)", machine.expect_prompt())
        low, high = (int(number, 16) for number in lowmem.groups())
        assert high - low == size
        assert RAM.findall(machine.run("cat /proc/iomem")[0]) == [("40000000", "600fffff")]
        text = machine.run("cat /sys/kernel/debug/kernel_page_tables")[0]
        lines = [line for line in ptdump.meeting(text, arch, low, high) if line.end <= high]
        assert sum(line.end - line.start for line in lines) == size, lines
        assert lines[-1].end == high and "NX" in lines[-1].words
        assert machine.run(f"peek {high - 1:#x} 8")[1] == 0
        assert machine.run(f"peek {high:#x} 8")[1] == 1
        text, status = machine.run("ioremap 0x600ff000 0x1000")
        assert status == 1 and "meets RAM" in text


def test_too_little_memory(arch):
    def shrink(command):
        command[command.index("-m") + 1] = "8M"
        return command
    with Machine(arch, edit=shrink, log="memory-8M") as machine:
        machine.expect("Kernel panic[^\r\n]*too little memory: 8192 KiB; give the machine")


@pytest.mark.parametrize("value, mem, least, most, message", [
    ("512M", "512M", 512, 512, None),
    ("8M", "2G", 16, 16, "too small, limited to 16MiB"),
    ("4G", "1G", 880, 880, "too big, limited to 880MiB"),
    ("4G", "3G", 880, 880, "too big, limited to 880MiB"),
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
    """Also below the place of the initramfs."""
    machine = Listing(arch, append=f"mem={limit} vmalloc=400M", log=f"memory-limit-{limit}")
    machine.check("512M")
    assert sum(high + 1 - low for low, high in machine.ram) == bytes_of(limit)


def test_high_memory_in_the_kernel():
    """The kernel's own tests of kmap and of who gets high memory, where there is some."""
    with Machine("arm", append="selftest=highmem", mem="1G", log="memory-highmem") as machine:
        text, status = machine.wait_exit()
    assert status == 0
    assert re.search(r"\] ok 1 highmem$", text, re.M) and "SKIP" not in text, text


RAM_START, RAM_SIZE = 0x40000000, 0x20000000


def banks(*rows):
    """Source of a memory node with these (start, size)."""
    cells = " ".join(f"{start:#x} {size:#x}" for start, size in rows)
    return f"/ {{ memory@40000000 {{ reg = /bits/ 64 <{cells}>; }}; }};"


def ram_of(arch, name, **places):
    """Boots a machine with that tree. Its System RAM as (start, size), and the log."""
    with Machine(arch, log=name, edit=raw(arch, name, **places)) as machine:
        log = machine.expect_prompt()
        rows = RAM.findall(machine.run("cat /proc/iomem")[0])
        assert machine.poweroff() == 0
    rows = [(int(low, 16), int(high, 16)) for low, high in rows]
    return [(low, high + 1 - low) for low, high in rows], log


@pytest.mark.parametrize("arch_, cpu, start, why", [
    ("arm", "cortex-a15", 1 << 32, "do not fit a page descriptor"),
    ("arm64", "cortex-a53", 1 << 40, "fewer physical address bits"),
    ("arm64", "cortex-a57", 1 << 44, "fewer physical address bits"),
    ("arm64", "max", 1 << 47, "too far from the rest"),
])
def test_memory_that_no_table_can_name(arch_, cpu, start, why):
    """The tree names a second bank, which is out of reach."""
    ram, log = ram_of(arch_, f"memory-{cpu}", extra=("-cpu", cpu),
                      nodes=banks((RAM_START, RAM_SIZE), (start, 64 * MIB)))
    assert ram == [(RAM_START, RAM_SIZE)]
    left_out = re.findall(r"Memory (.*) left out: (.*)", log)
    assert len(left_out) == 1, left_out
    assert left_out[0][0] == f"{start:#x}-{start + 64 * MIB - 1:#x}" and why in left_out[0][1]


@pytest.mark.parametrize("start, used", [(8 << 30, True), (256 << 30, False)])
def test_far_memory(start, used):
    """Memory behind a hole. One struct page for each page of a large hole would cost too much; what
    the loader left there, the initramfs, is still read. QEMU plugs memory in only where there is
    firmware, so it gets some, which never runs."""
    image = os.path.join(ROOT, "build", "arm64", "Image")
    plug = ("-m", "512M,slots=1,maxmem=512G", "-bios", image,
            "-object", "memory-backend-ram,id=far,size=128M",
            "-device", f"pc-dimm,memdev=far,addr={start:#x}")
    ram, log = ram_of("arm64", f"memory-far-{start >> 30}", extra=plug, initrd=start + MIB,
                      nodes=banks((RAM_START, RAM_SIZE), (start, 128 * MIB)))
    assert ram == [(RAM_START, RAM_SIZE)] + ([(start, 128 * MIB)] if used else [])
    assert ("too far from the rest for one mem_map" in log) != used


# A name, the memory nodes, and what is used of them.
ALL = (RAM_START, RAM_SIZE)
ODD_NODES = {
    "unaligned": (banks((RAM_START + 0x123, RAM_SIZE - 0x223)),
                  (RAM_START + 0x1000, RAM_SIZE - 0x2000)),
    "overlap": (banks((RAM_START, 384 * MIB), (RAM_START + 128 * MIB, 384 * MIB)), ALL),
    "empty": (banks((RAM_START, 0), (RAM_START, RAM_SIZE)), ALL),
    "wraps": (banks((RAM_START, RAM_SIZE), ((1 << 64) - MIB, 2 * MIB)), ALL),
    "cut-off": ('/ { memory@0 { device_type = "memory"; reg = <1 2 3>; }; };', ALL),
}


@pytest.mark.parametrize("name", ODD_NODES)
def test_odd_memory_nodes(arch, name):
    """What makes sense is used, what does not is named."""
    nodes, ram = ODD_NODES[name]
    found, log = ram_of(arch, f"memory-{name}", nodes=nodes)
    assert found == [ram]
    assert ("wraps, ignored" in log) == (name == "wraps")
    assert ("is not a list of ranges, node ignored" in log) == (name == "cut-off")


NO_MEMORY = {
    "none": (banks(), "the device tree names no memory"),
    "disabled": ('/ { memory@40000000 { status = "disabled"; }; };', "names no memory"),
    "elsewhere": (banks((RAM_START + 256 * MIB, 256 * MIB)), "lies outside the memory that is"),
}


@pytest.mark.parametrize("name", NO_MEMORY)
def test_memory_nodes_without_the_kernel(arch, name):
    nodes, message = NO_MEMORY[name]
    edit = raw(arch, f"memory-{name}", initrd=0x54000000, nodes=nodes)
    with Machine(arch, log=f"memory-{name}", edit=edit) as machine:
        machine.expect(["Kernel panic - not syncing: [^\r\n]*" + message])


def test_limit_below_the_kernel(arch):
    edit = raw(arch, "memory-limit-kernel", append="mem=2M")
    with Machine(arch, log="memory-limit-kernel", edit=edit) as machine:
        machine.expect(["Kernel panic - not syncing: the kernel, at [^\r\n]*mem= is too small"])


def page_tables(machine):
    """The kB of page tables that meminfo has."""
    return int(re.search(r"PageTables: +(\d+) kB", machine.run("cat /proc/meminfo")[0])[1])


# A range by pages only. On arm64 its tables take up half of a small machine's memory.
BY_PAGES = {"arm64": ("64M", "0x8000001000 0x400000000", 8192),
            "arm": ("512M", "0x10001000 0x4000000", 32)}


def test_empty_tables_come_back(arch):
    """The tables of one mapping serve the next; a request that finds no memory gets theirs."""
    mem, span, tables = BY_PAGES[arch]
    with Machine(arch, append="quiet", mem=mem, log="memory-tables", timeout=180) as machine:
        machine.expect_prompt()
        before = page_tables(machine)
        for _ in range(2):
            addr = machine.type(f"ioremap {span}").strip()
            assert re.fullmatch("0x[0-9a-f]+", addr), addr
            assert 4 * tables <= page_tables(machine) - before < 4 * tables + 200
            machine.type(f"iounmap {addr}")
            assert page_tables(machine) - before >= 4 * tables, "kept for the next mapping"
        assert machine.type("vmalloc 0x7fff0000").startswith("failed: no room in low memory")
        assert page_tables(machine) - before < 200
        machine.poweroff()
