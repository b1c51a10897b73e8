# SPDX-License-Identifier: MIT
"""Boot each image, type commands, read what a user would read."""

import calendar
import re
import subprocess
import time

import pytest

import vmallocinfo
from qemu import ROOT, Machine

DATE_FORMAT = "%a %b %d %H:%M:%S UTC %Y"
NM = {"arm64": "aarch64-linux-gnu-nm", "arm": "arm-linux-gnueabihf-nm"}
VMALLOC = r"vmalloc *: 0x([0-9a-f]+) - 0x([0-9a-f]+)"

GIC_DIST, GIC_CPU, UART, RTC, FW_CFG = 0x8000000, 0x8010000, 0x9000000, 0x9010000, 0x9020000


def rows(machine):
    return vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])


def test_poweroff_ends_qemu(arch):
    with Machine(arch, log="poweroff") as machine:
        machine.expect_prompt()
        assert machine.poweroff() == 0


def test_one_processor_has_one_column(machine):
    assert machine.run("cat /proc/interrupts")[0].splitlines()[0].split() == ["CPU0"]


@pytest.mark.parametrize("mem", ["64M", "128M", "512M", "1G", "2G"])
def test_memory_sizes(arch, mem):
    with Machine(arch, mem=mem, log=f"mem-{mem}") as machine:
        boot = machine.expect_prompt()
        low, high = re.search(VMALLOC, boot).groups()
        assert int(low, 16) < int(high, 16)
        total = int(re.search(r"MemTotal: *(\d+) kB", machine.run("cat /proc/meminfo")[0])[1])
        megabytes = int(mem[:-1]) * (1024 if mem.endswith("G") else 1)
        assert total <= megabytes * 1024
        assert total > min(megabytes, 700) * 1024 * 0.8, "most of the memory found is usable"
        assert machine.poweroff() == 0


def test_console_says_how_to_leave_and_what_to_type(arch):
    with Machine(arch, log="banner") as machine:
        boot = machine.expect_prompt()
    assert re.search(r"Ctrl-A x", boot) and "vmallocinfo" in boot


# Lines in Linux's form.
WIDE = re.compile(r"clocksource: |rtc: |uart-pl011 \S+\.pl011: ttyAMA0 at MMIO ")


def test_the_first_screen(arch):
    """80 columns, except for lines that are Linux's."""
    with Machine(arch, log="screen") as machine:
        lines = machine.expect_prompt().splitlines()
    text = "\n".join(lines)
    wide = [line for line in lines if len(line) > 80 and not WIDE.match(line[15:])]
    assert not wide, "\n".join(wide)
    assert re.search(r"\] Mercator version \S+ \(compiler .+\) #\d+ (aarch64|armv7l)$", text, re.M)
    assert "MEMBLOCK" not in text
    assert re.search(r"\] memblock: 0x20000000 bytes, 0x\w+ reserved", text)
    phases = [int(us) for us in re.findall(r"\] boot: [a-z, ]+ +(\d+) us$", text, re.M)]
    assert len(phases) == 10 and 1000 < sum(phases) < 60000000, "microseconds of a boot"
    assert re.search(r"uart-pl011 9000000\.pl011: 0x9000000 -> 0x[ef]\w+$", text, re.M)
    assert re.search(r"rtc-pl031 9010000\.pl031: 0x9010000 -> 0x[ef]\w+$", text, re.M)
    ecam = {"arm64": "-> 0xf\\w+", "arm": "is mapped in parts"}[arch]
    assert re.search(rf"4010000000\.pcie: ECAM {ecam}$", text, re.M)
    assert re.search(r"GIC: \S+ version 2, 288 lines -> 0x[ef]\w+$", text, re.M)


def test_the_layout_is_drawn(arch):
    """Frames of one width, broken where a hole is; each size is that of the addresses beside it."""
    with Machine(arch, log="drawn") as machine:
        text = machine.expect_prompt()
    drawn = re.findall(r"^\[[ .\d]+\]  ([|:].+[|:])$", text, re.M)
    assert len({len(line) for line in drawn}) == 1 and len(drawn) > 12
    above = None
    for line in drawn:
        row = re.match(r"\| *([\w./ ]+) : 0x(\w+) - 0x(\w+) +(\d+) ([KMGT])iB \|", line)
        hole = re.match(r": +(\d+) ([KMGT])iB :", line)
        if hole:
            below = re.match(r"\| .* - 0x(\w+) ", drawn[drawn.index(line) + 1])
            size, (digits, unit) = above - int(below[1], 16), hole.groups()
        else:
            above = int(row[2], 16)
            size, digits, unit = int(row[3], 16) - above, row[4], row[5]
        exact = size / 1024 ** ("KMGT".index(unit) + 1)
        assert abs(exact - int(digits)) <= (1 if unit == "K" else 0.5), line


def test_init_command_line(arch):
    """What follows -- goes to init, quoted as a shell quotes."""
    with Machine(arch, append='rdinit=/bin/sh -- -c "cat /proc/vmallocinfo; poweroff"',
                 log="init-command") as machine:
        text, status = machine.wait_exit()
    assert status == 0
    assert f"phys=0x{UART:016x} ioremap" in text


@pytest.mark.parametrize("phys, size", [
    (GIC_DIST, 69632), (GIC_CPU, 69632), (UART, 8192), (RTC, 8192),
])
def test_device_rows(machine, phys, size):
    found = [row for row in rows(machine) if row.phys == phys]
    assert [row.size for row in found] == [size]
    assert found[0].kinds == ["ioremap"]
    assert found[0].end - found[0].start == size


def test_rows_are_sorted_and_do_not_overlap(machine):
    listing = rows(machine)
    assert len(listing) >= 4
    for before, after in zip(listing, listing[1:]):
        assert before.end <= after.start, f"{before.line}\n{after.line}"


def test_rows_lie_in_the_vmalloc_range(machine):
    low, high = (int(x, 16) for x in re.search(VMALLOC, machine.run("dmesg")[0]).groups())
    for row in rows(machine):
        assert low <= row.start and row.end <= high, row.line


def test_row_form_is_linux(machine, arch):
    digits = {"arm64": 16, "arm": 8}[arch]
    for row in rows(machine):
        assert re.match(rf"0x[0-9a-f]{{{digits}}}-0x[0-9a-f]{{{digits}}} ", row.line), row.line


def test_callers_are_symbols_of_the_image(machine, arch):
    """Each caller is a function that nm knows, and the offset lies inside it."""
    output = subprocess.run([NM[arch], "-n", f"{ROOT}/build/{arch}/kernel.elf"], check=True,
                            capture_output=True, text=True).stdout
    symbols = [line.split() for line in output.splitlines() if " U " not in line]
    code = [(int(address, 16), name) for address, kind, name in symbols if kind in "tTwW"]
    starts = sorted({address for address, _ in code})
    for row in rows(machine):
        found = [address for address, name in code if name == row.symbol]
        assert found, f"nm does not know the caller of {row.line}"
        assert row.offset < row.length, row.line
        nexts = [start for start in starts if start > found[0]]
        assert row.length <= (nexts[0] - found[0] if nexts else row.length), row.line


def test_iounmap_removes_the_row_and_the_mapping(machine):
    address, status = machine.run(f"ioremap {FW_CFG:#x} 0x18")
    assert status == 0 and re.fullmatch(r"0x[0-9a-f]+\n", address)
    start = int(address, 16)
    assert [row.phys for row in rows(machine) if row.start == start] == [FW_CFG]
    assert machine.run(f"peek {start:#x} 8")[1] == 0
    assert machine.run(f"iounmap {start:#x}") == ("", 0)
    assert not [row for row in rows(machine) if row.start == start]
    output, status = machine.run(f"peek {start:#x} 8")
    assert status == 1 and re.fullmatch(r"failed: .+\n", output)


def test_ioremap_keeps_the_offset_in_the_page(machine):
    address = int(machine.run("ioremap 0x9000678 0x1000")[0], 16)
    assert address & 0xfff == 0x678
    row = next(row for row in rows(machine) if row.start == address & ~0xfff)
    assert (row.phys, row.size) == (0x9000000, 3 * 4096)
    assert machine.run(f"iounmap {address:#x}") == ("", 0)


def test_peripheral_id_of_the_uart(machine):
    """A register read through a mapping of our own: PL011's PrimeCell identification."""
    address = int(machine.run("ioremap 0x9000000 0x1000")[0], 16)
    values = [int(machine.run(f"peek {address + 0xfe0 + 4 * i:#x}")[0], 16) for i in range(2)]
    assert values == [0x11, 0x10]
    machine.run(f"iounmap {address:#x}")


def test_vmalloc_and_vfree(machine):
    address = int(machine.run("vmalloc 0x3000")[0], 16)
    row = next(row for row in rows(machine) if row.start == address)
    assert (row.size, row.pages, row.kinds) == (0x4000, 3, ["vmalloc"])
    assert machine.run(f"poke {address + 0x1ff8:#x} 0x12345678 32")[1] == 0
    assert int(machine.run(f"peek {address + 0x1ff8:#x} 32")[0], 16) == 0x12345678
    assert machine.run(f"vfree {address:#x}") == ("", 0)
    assert not [row for row in rows(machine) if row.start == address]


def test_iomem_has_ram_with_the_kernel_inside(machine):
    listing = machine.run("cat /proc/iomem")[0]
    assert re.search(r"^[0-9a-f]{8,}-[0-9a-f]{8,} : System RAM\n(  .*\n)*?"
                     r"  [0-9a-f]+-[0-9a-f]+ : Kernel code\n", listing, re.M), listing
    assert re.search(r"^  .* : Kernel data$", listing, re.M), listing
    starts = [int(line.split("-")[0], 16) for line in listing.splitlines() if line[0] != " "]
    assert starts == sorted(starts)


def test_interrupts_count(machine):
    """The timer ticks, and typing raises the UART's count."""
    def counts():
        lines = machine.run("cat /proc/interrupts")[0].splitlines()
        return {line.split()[-1]: int(line.split()[1]) for line in lines if ":" in line.split()[0]}
    before = counts()
    machine.run("sleep 1")
    after = counts()
    raised = [name for name in before if after[name] > before[name]]
    assert len(raised) >= 2, f"{before}\n{after}"


@pytest.mark.parametrize("command", [
    "help", "ls /", "echo hello", "ps", "dmesg", "date", "uptime", "vmallocinfo", "iomem",
    "cat /proc/version", "cat /proc/meminfo", "cat /proc/uptime", "cat /proc/buddyinfo",
    "cat /proc/slabinfo", "cat /proc/kallsyms | cat",
])
def test_command_works(machine, command):
    output, status = machine.run(command)
    assert status == 0 and output.strip()


@pytest.mark.parametrize("command, output", [
    ("echo one; echo two", "one\ntwo\n"),
    ("echo through a pipe | cat", "through a pipe\n"),
    ("echo into a file > /tmp/x; cat /tmp/x", "into a file\n"),
    ("false_command_x; echo $?", r"(.*\n)?127\n"),
    ("echo abx\x7fc", "abc\n"),
])
def test_shell(machine, command, output):
    assert re.fullmatch(output, machine.type(command))


def test_history(machine):
    machine.type("echo remember")
    assert machine.type("\x1b[A").endswith("remember\n")


def test_rtc_tells_the_hosts_date(machine):
    """Year to second; a slow host may take a while between asking and comparing."""
    before = time.time()
    said = machine.run("date")[0].strip()
    seconds = calendar.timegm(time.strptime(said, DATE_FORMAT))
    assert before - 2 <= seconds <= time.time() + 2, said


REGIONS = {
    "arm": {0xbfe00000: "a short-lived map of high memory", 0xff800000: "the device tree's window",
            0xffff0000: "the exception vectors"},
    "arm64": {0xfffffbfffe800000: "PCI I/O ports"},
}


def test_each_region_has_a_name(machine, arch):
    for address, name in REGIONS[arch].items():
        assert machine.run(f"walk {address:#x} | grep owner")[0] == f"owner      {name}\n"
