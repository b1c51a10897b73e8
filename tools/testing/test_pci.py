# SPDX-License-Identifier: MIT
"""PCI from the window of a host bridge to a driver that works: addresses, ports, interrupts, DMA.

One machine has a serial port, an edu that reaches all of memory, and a display behind a bridge.
"""

import os
import re
import socket
import subprocess
import time

import pytest

import iomem
import vmallocinfo
from qemu import ROOT, Machine, log_folder, make, qemu_command

MIB = 1 << 20
WINDOW, WINDOW64 = "10000000-3efeffff : pcie@10000000", "8000000000-ffffffffff : pcie@10000000"
PCI_IOBASE = {"arm64": 0xFFFFFBFFFE800000, "arm": 0xFEE00000}
RAM, RAM_END = 0x40000000, 0x60000000

EDU = "-device edu,dma_mask=0xffffffff"
BRIDGE = ("-device pcie-root-port,id=rp,chassis=1 -device bochs-display,romfile=,bus=rp "
          "-device virtio-rng-pci,romfile=")
# The bridges turn pins: A of slot 5 is B behind the first, and C of slot 3 above it.
CHAIN = ("-device pcie-root-port,id=r,chassis=1 -device pcie-pci-bridge,id=b1,bus=r "
         "-device pci-bridge,id=b2,chassis_nr=2,bus=b1,addr=3 "
         "-device pci-serial,chardev=line,bus=b2,addr=5 "
         "-device edu,dma_mask=0xffffffff,bus=b2,addr=6")


def serial(arch, name, device="-device pci-serial,chardev=line"):
    """(QEMU's options, where its other end listens on this host)"""
    path = os.path.join(log_folder(arch), f"{name}.sock")
    if os.path.exists(path):
        os.remove(path)
    short = os.path.relpath(path, os.getcwd())  # a socket's name has 107 bytes at most
    return f"-chardev socket,id=line,path={short},server=on,wait=off {device}", short


class Line:
    """The host's end of the serial line."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(path)

    def receive(self, count):
        data = b""
        while len(data) < count:
            try:
                chunk = self.socket.recv(count - len(data))
            except TimeoutError:
                pytest.fail(f"{len(data)} of {count} bytes came, the last of them {data[-20:]!r}")
            assert chunk, f"the line ended after {data!r}"
            data += chunk
        return data


@pytest.fixture(scope="module")
def machine(arch):
    options, path = serial(arch, "pci")
    with Machine(arch, extra=f"{options} {EDU} {BRIDGE}", log="pci") as booted:
        booted.expect_prompt()
        booted.line = Line(path)
        yield booted


def tree(machine, name="iomem"):
    return iomem.parse(machine.run(f"cat /proc/{name}")[0])


def rows(machine):
    return vmallocinfo.parse(machine.run("vmallocinfo")[0])


def row_of(machine, symbol):
    found = [row for row in rows(machine) if row.symbol == symbol]
    assert len(found) == 1, f"one row of {symbol}, not {found}"
    return found[0]


def interrupts(machine, name):
    counts = re.findall(rf"^ *\d+: +(\d+) .* {name}$", machine.run("cat /proc/interrupts")[0], re.M)
    assert len(counts) == 1, f"one row of {name}, not {counts}"
    return int(counts[0])


# --- resources ---

def test_windows_of_the_host_bridge(machine):
    text = machine.run("cat /proc/iomem")[0]
    assert re.search(rf"^{WINDOW}$", text, re.M) and re.search(rf"^{WINDOW64}$", text, re.M), text
    assert "\n10000000-3efeffff" in text
    ports = machine.run("cat /proc/ioports")[0]
    assert ports.startswith("00000000-0000ffff : pcie@10000000\n"), ports


def test_a_bar_lies_in_the_window_and_the_claim_in_the_bar(machine):
    found = tree(machine)
    bar, claim = iomem.one(found, "0000:00:02.0"), iomem.one(found, "edu")
    assert bar.path == ("pcie@10000000",)
    assert claim.path == ("pcie@10000000", "0000:00:02.0")
    assert (bar.start, bar.last) == (claim.start, claim.last) and bar.size == MIB
    assert bar.start % bar.size == 0


def test_what_is_behind_a_bridge_lies_in_its_window(machine):
    found = tree(machine)
    window = iomem.one(found, "PCI Bus 0000:01")
    behind = [row for row in found if row.name == "0000:01:00.0"]
    assert sorted(row.size for row in behind) == [4096, 16 * MIB]
    assert {row.path for row in behind} == {("pcie@10000000", "PCI Bus 0000:01")}
    assert window.size % MIB == 0 and window.size == 17 * MIB


def test_a_64_bit_bar_goes_where_the_processor_can_map_it(machine, arch):
    """arm's pages reach 4 GiB, so the 64-bit window is of no use there, and boot says so."""
    virtio = [row for row in tree(machine) if row.name == "0000:00:04.0"]
    highest = max(row.start for row in virtio)
    assert (highest >= 0x8000000000) == (arch == "arm64"), virtio
    refused = re.search(r"MEM 0x8000000000\.\.0xffffffffff\n.*not used: no page reaches it$",
                        machine.run("dmesg")[0], re.M)
    assert bool(refused) == (arch == "arm")


def test_ports_nest(machine):
    found = tree(machine, "ioports")
    claim = iomem.one(found, "serial")
    assert claim.path == ("pcie@10000000", "0000:00:01.0")
    assert claim.start >= 0x1000 and claim.size == 8


def test_sizes_and_drivers_are_in_the_list_of_devices(machine):
    lines = machine.run("cat /proc/bus/pci/devices")[0].splitlines()
    edu = next(line.split("\t") for line in lines if "\t123411e8\t" in line)
    assert int(edu[10], 16) == MIB and edu[17] == "edu"
    assert int(edu[3], 16) == iomem.one(tree(machine), "edu").start


# --- mappings ---

def test_rows_of_vmallocinfo(machine, arch):
    edu = row_of(machine, "pci_iomap")
    assert edu.phys == iomem.one(tree(machine), "edu").start
    assert (edu.size, edu.kinds) == (MIB + 4096, ["ioremap"])
    ports = [row for row in rows(machine) if row.symbol == "pci_reserve_io"]
    assert len(ports) == {"arm64": 0, "arm": 1}[arch]
    for row in ports:
        assert (row.start, row.size, row.offset, row.phys) == (PCI_IOBASE[arch], 2 * MIB, 0, 0)


def test_layout_has_the_ports(machine, arch):
    """On arm they lie inside vmalloc space, whose row is a whole; vmallocinfo has them."""
    row = f"PCI I/O : 0x{PCI_IOBASE[arch]:x} - 0x{PCI_IOBASE[arch] + 16 * MIB:x} "
    assert (row in machine.run("dmesg")[0]) == (arch == "arm64")


def test_a_port_is_a_byte_of_memory(machine, arch):
    """The line status of the UART: nothing to read, nothing left to send."""
    port = iomem.one(tree(machine, "ioports"), "serial").start
    assert machine.run(f"peek {PCI_IOBASE[arch] + port + 5:#x} 8") == ("0x60\n", 0)
    output, status = machine.run(f"peek {PCI_IOBASE[arch] + 0x10000:#x} 8")
    assert status == 1 and "faulted" in output, f"mapped behind the window: {output}"


def test_dma_memory_is_uncached_ram_below_4_gib(machine, arch):
    found = [row for row in rows(machine) if "dma-coherent" in row.kinds]
    assert len(found) == 1 and found[0].kinds == ["dma-coherent"]
    row = found[0]
    assert row.size == 2 * 4096 and RAM <= row.phys < RAM_END and row.symbol.startswith("edu_")
    walk = machine.run(f"walk {row.start:#x}")[0]
    assert re.search({"arm64": "MEM/NORMAL-NC", "arm": "MEM/BUFFERABLE"}[arch], walk), walk
    output, status = machine.run(f"ioremap {row.phys:#x} 0x1000")
    assert status == 1 and "RAM" in output, (output, status)


def init_program(arch):
    with open(os.path.join(ROOT, "build", arch, "userland/bin/init"), "rb") as file:
        return file.read()


# --- the serial port ---

def test_serial_out(machine):
    before = interrupts(machine, "ttyS0")
    assert machine.run("echo to the host > /dev/ttyS0") == ("", 0)
    assert machine.line.receive(12) == b"to the host\n"
    program = init_program(machine.arch)
    machine.child.send("cat /init > /dev/ttyS0\r")
    assert machine.line.receive(len(program)) == program, "each byte, in order"
    machine.expect_prompt()
    assert interrupts(machine, "ttyS0") > before, "what is more than a FIFO waits for one"


def test_serial_in(machine):
    before = interrupts(machine, "ttyS0")
    machine.line.socket.sendall(b"to the guest\n")
    assert machine.run("head -n 1 /dev/ttyS0") == ("to the guest\n", 0)
    assert interrupts(machine, "ttyS0") > before


# --- edu ---

@pytest.mark.parametrize("n, result", [("0", 1), ("1", 1), ("5", 120), ("0xc", 479001600)])
def test_factorial(machine, n, result):
    before = interrupts(machine, "edu")
    assert machine.run(f"echo {n} > /sys/kernel/debug/edu/factorial") == ("", 0)
    assert machine.run("cat /sys/kernel/debug/edu/factorial") == (f"{result}\n", 0)
    assert interrupts(machine, "edu") == before + 1


@pytest.mark.parametrize("n, reason", [("13", "out of range"), ("x", "Invalid argument")])
def test_factorial_is_refused(machine, n, reason):
    """And the last result is still there."""
    machine.run("echo 4 > /sys/kernel/debug/edu/factorial")
    output, status = machine.run(f"echo {n} > /sys/kernel/debug/edu/factorial")
    assert status == 1 and reason in output and output.count("\n") == 1, (output, status)
    assert machine.run("cat /sys/kernel/debug/edu/factorial") == ("24\n", 0)


def test_identification(machine):
    assert machine.run("cat /sys/kernel/debug/edu/identification") == ("0x010000ed\n", 0)


def test_dma_both_ways(machine):
    before = interrupts(machine, "edu")
    for text in "first", "something else":
        assert machine.run(f"echo {text} > /dev/edu") == ("", 0)
        assert machine.run("head -n 1 /dev/edu") == (f"{text}\n", 0)
    assert interrupts(machine, "edu") >= before + 4
    assert machine.run("vmcheck") == ("vmcheck: every rule holds\n", 0)


def test_dma_goes_on_where_it_was_and_ends_with_the_device(machine):
    """All 4095 bytes that there are, by reads of 1024; then two writes of one open file."""
    assert machine.run("cat /init > /dev/edu") == ("cat: write: No space left on device\n", 1)
    data = init_program(machine.arch)[:4095]
    assert machine.run("wc < /dev/edu")[0].split() == [
        str(number) for number in (data.count(b"\n"), len(data.split()), len(data))]
    machine.run("echo one > /tmp/one; echo two > /tmp/two; cat /tmp/one /tmp/two > /dev/edu")
    assert machine.run("head -n 2 /dev/edu") == ("one\ntwo\n", 0)


def test_init_has_loaded_the_driver(machine):
    """By the alias of the module: it is there because the device is. hello has no device."""
    assert re.fullmatch(r"Module .*\nedu +\d+ +0 *\n", machine.run("lsmod")[0])
    assert re.search(r"\[edu\] phys=\w+ dma-coherent$", machine.run("vmallocinfo")[0], re.M)


# --- other machines ---

def test_the_driver_is_removed_and_loaded_again(machine):
    """Not while a file is open; then nothing of it is left: claim, mapping, buffer, interrupt."""
    machine.run("sleep 100 < /dev/edu &")
    output, status = machine.run("rmmod edu")
    assert status == 1 and "module: edu: not removed: it is in use" in output, (output, status)
    pid, = re.findall(r"^ *(\d+) .* sleep$", machine.run("ps")[0], re.M)
    machine.run(f"kill {pid}")
    give_up = time.monotonic() + 20
    while re.search(r" sleep$", machine.run("ps")[0], re.M):
        assert time.monotonic() < give_up, "the program that was killed goes on"
    assert machine.run("rmmod edu") == ("", 0)
    assert " : edu\n" not in machine.run("iomem")[0]
    areas = machine.run("vmallocinfo")[0]
    assert "dma-coherent" not in areas and "pci_iomap" not in areas, areas
    assert not re.search(r" edu$", machine.run("interrupts")[0], re.M)
    assert machine.run("cat /dev/edu") == ("cat: /dev/edu: No such file or directory\n", 1)
    assert machine.run("insmod /lib/modules/edu.ko")[1] == 0
    machine.run("echo again > /dev/edu")
    assert machine.run("head -n 1 /dev/edu") == ("again\n", 0)


def test_plain_edu_is_refused_dma_by_name(arch):
    """Its addresses have 28 bits, and RAM begins above. All else works."""
    with Machine(arch, extra="-device edu", log="pci-plain") as machine:
        machine.expect_prompt()
        lines = [line for line in machine.run("dmesg")[0].splitlines() if "dma_mask" in line]
        assert len(lines) == 1 and "start QEMU with -device edu,dma_mask=0xffffffff" in lines[0]
        assert machine.run("cat /dev/edu") == ("cat: /dev/edu: Input/output error\n", 1)
        assert not [row for row in rows(machine) if "dma-coherent" in row.kinds]
        machine.run("echo 6 > /sys/kernel/debug/edu/factorial")
        assert machine.run("cat /sys/kernel/debug/edu/factorial") == ("720\n", 0)


def test_behind_three_bridges(arch):
    """Windows in windows, for ports, too; and the interrupts arrive, turned by each bridge."""
    options, path = serial(arch, "pci-chain", CHAIN)
    with Machine(arch, extra=options, log="pci-chain") as machine:
        machine.expect_prompt()
        buses = tuple(f"PCI Bus 0000:0{n}" for n in (1, 2, 3))
        assert iomem.one(tree(machine), "edu").path[:4] == ("pcie@10000000", *buses)
        assert iomem.one(tree(machine, "ioports"), "serial").path[:4] == ("pcie@10000000", *buses)
        line = Line(path)
        machine.run("echo hello > /dev/ttyS0")
        assert line.receive(6) == b"hello\n"
        line.socket.sendall(b"back\n")
        assert machine.run("head -n 1 /dev/ttyS0") == ("back\n", 0)
        machine.run("echo dma > /dev/edu")
        assert machine.run("head -n 1 /dev/edu") == ("dma\n", 0)
        assert interrupts(machine, "ttyS0") > 0 and interrupts(machine, "edu") > 0


def test_what_does_not_fit_is_told_in_one_line(arch):
    """Three times 256 MiB do not fit into 751 MiB. What is smaller still does."""
    displays = " ".join(3 * ["-device bochs-display,romfile=,vgamem=256M"])
    with Machine(arch, extra=f"{displays} {EDU}", log="pci-full") as machine:
        machine.expect_prompt()
        lines = [line for line in machine.run("dmesg")[0].splitlines() if "does not fit" in line]
        assert len(lines) == 1, lines
        assert re.search(r"0000:00:03.0: BAR 0 \[mem size 0x10000000 pref\] does not fit into what "
                         r"is left of pcie@10000000 \[mem 0x10000000-0x3efeffff\]$", lines[0])
        assert len([row for row in tree(machine) if row.path and row.size == 256 * MIB]) == 2
        assert machine.run("echo 4 > /sys/kernel/debug/edu/factorial") == ("", 0)


@pytest.mark.parametrize("missing, reasons", [
    ("interrupt-map", ("INTA leads to no interrupt controller",
                       "left alone: it has no interrupt")),
    ("ranges", (r"BAR 0 \[(io|mem) size 0x\w+\] gets no address: no window leads to it",
                "cannot be enabled: BAR 0 has no address")),
])
def test_a_tree_that_says_too_little(arch, tmp_path, missing, reasons):
    """Each device is told of by name, and the machine runs on."""
    path = str(tmp_path / "tree.dtb")
    command = qemu_command(arch)
    subprocess.run([*command, "-M", f"dumpdtb={path}"], check=True, capture_output=True)
    subprocess.run(["fdtput", "-d", path, "/pcie@10000000", missing], check=True)
    with Machine(arch, extra=f"-dtb {path} -device pci-serial -device edu",
                 log=f"pci-without-{missing}") as machine:
        log = machine.expect_prompt()
        for reason in reasons:
            for slot in 1, 2:
                assert re.search(rf"0000:00:0{slot}.0: {reason}\n", log), log


IO, MEM = 0x01000000, 0x02000000  # the first cell of a row of ranges
# (the row: kind, PCI address, CPU address, size; why it is not used)
ROWS = [
    (IO, 0, 0x48000000, 0x10000, "RAM is there"),
    (IO, 0, 0x3eff0000, 0x10000, None),
    (IO, 0, 0x3eff0000, 0x10000, "a second one of its kind"),
    (MEM, 0x1000000000, 0x10000000, 0x1000000,
     "its addresses on PCI have more than the 32 bits of its devices"),
    (MEM, 0x10000000, 2**64 - 0x1000, 0x10000, "it wraps around the end of the address space"),
    (MEM, 0x48000000, 0x48000000, 0x1000000, "it is taken"),
    (MEM, 0x10000000, 0x10000000, 0x1000000, None),
]


def test_wrong_windows_leave_room_for_right_ones(arch, tmp_path):
    """A window of ports over RAM would make each outb() a write to RAM; the addresses of one beyond
    32 bits would be cut in a BAR. What follows and is right is used."""
    path = str(tmp_path / "tree.dtb")
    subprocess.run([*qemu_command(arch), "-M", f"dumpdtb={path}"], check=True, capture_output=True)
    cells = [f"{cell:x}" for kind, *numbers, _ in ROWS
             for cell in (kind, *(half for n in numbers for half in (n >> 32, n & 0xffffffff)))]
    subprocess.run(["fdtput", "-t", "x", path, "/pcie@10000000", "ranges", *cells], check=True)
    with Machine(arch, extra=f"-dtb {path} -device pci-serial -device edu,dma_mask=0xffffffff",
                 log="pci-wrong-windows") as machine:
        log = machine.expect_prompt()
        told = re.findall(r"(?: IO|MEM) 0x\w+\.\..*\n(?:.*conflicts with.*\n)?"
                          r"(?:.*not used: (.*)\n)?", log)
        assert told == [why or "" for *_, why in ROWS]
        assert re.search(r"serial 0000:00:01.0: ttyS0 at I/O 0x1000 ", log)
        assert re.search(r"edu 0000:00:02.0: version 1.0 at MEM 0x10000000 ", log)


def test_on_four_processors(arch):
    assert make("all", f"ARCH={arch}", "SMP=4").returncode == 0
    options, path = serial(arch, "pci-smp")
    with Machine(arch, smp=4, extra=f"{options} {EDU}", log="pci-smp", timeout=60) as machine:
        machine.expect_prompt()
        line = Line(path)
        machine.run("echo hello > /dev/ttyS0")
        assert line.receive(6) == b"hello\n"
        machine.run("echo dma > /dev/edu")
        assert machine.run("head -n 1 /dev/edu") == ("dma\n", 0)
        assert iomem.one(tree(machine), "edu").path == ("pcie@10000000", "0000:00:02.0")
        assert iomem.one(tree(machine, "ioports"), "serial").size == 8
        assert {row.symbol for row in rows(machine)} >= {"pci_iomap"}
