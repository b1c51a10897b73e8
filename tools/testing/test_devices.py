# SPDX-License-Identifier: MIT
"""What the large mappings are for: PCI behind its window, flash, the static windows, early looks.

Each test reads what a user would read: lspci, dmesg, vmallocinfo, ptdump.
"""

import re
import subprocess
import time

import pytest

import ptdump
import vmallocinfo
from ptdump import KIB, MIB
from qemu import ROOT, Machine

HOST_BRIDGE, EDU = "1b36:0008", "1234:11e8"
ECAM_HIGH, ECAM_LOW = 0x4010000000, 0x3F000000
FLASH_BANK1, VIRTIO = 0x04000000, 0x0A000000

PAGE = 4 * KIB
BLOCK = {"arm64": 2 * MIB, "arm": MIB}  # on arm two sections, side by side
DEVICE_MEMORY = {"arm64": r".* DEVICE/nGnRE", "arm": r"IO .* DEV/SHARED"}

DEVICES = "-device edu -device virtio-rng-device"
BRIDGES = " ".join(f"-device pcie-root-port,id=port{n},chassis={n},slot={n},addr={n:#x}"
                   for n in range(1, 17)) + " -device edu,bus=port16"


def highmem_off(command):
    return [word + ",highmem=off" if word.startswith("virt,") else word for word in command]


@pytest.fixture(scope="module")
def machine(arch):
    """A machine with an edu on PCI and a random-number generator on virtio-mmio."""
    with Machine(arch, extra=DEVICES, log="devices") as booted:
        booted.expect_prompt()
        yield booted


def rows(machine):
    return vmallocinfo.parse(machine.run("vmallocinfo")[0])


def row_of(machine, phys):
    found = [row for row in rows(machine) if row.phys == phys]
    assert len(found) == 1, f"one row of 0x{phys:x}, not {[row.line for row in found]}"
    return found[0]


def assert_made_of(machine, row, size, leaf):
    """The row's mapping is that long, and made of that leaf only."""
    lines = ptdump.meeting(machine.run("ptdump")[0], machine.arch, row.start, row.end)
    assert [(line.end - line.start, line.leaf) for line in lines] == [(size, leaf)]
    assert re.match(DEVICE_MEMORY[machine.arch], lines[0].words)


def pci_devices(machine):
    output, status = machine.run("lspci")
    assert status == 0, output
    return output.splitlines()


def test_lspci_lists_the_host_bridge_and_edu(machine):
    assert pci_devices(machine) == [f"00:00.0 Class 0600: {HOST_BRIDGE}",
                                    f"00:01.0 Class 00ff: {EDU}"]


def test_ecam_row(machine, arch):
    """arm64 maps the window whole; arm one unit of 16 buses, on demand."""
    row = row_of(machine, ECAM_HIGH)
    size, caller = {"arm64": (256 * MIB + PAGE, "pci_ecam_create"),
                    "arm": (16 * MIB + PAGE, "pci_ecam_add_bus")}[arch]
    assert (row.size, row.symbol) == (size, caller)


def test_ecam_leaves(machine, arch):
    size, leaf = {"arm64": (256 * MIB, 2 * MIB), "arm": (16 * MIB, 16 * MIB)}[arch]
    assert_made_of(machine, row_of(machine, ECAM_HIGH), size, leaf)


def test_edu_answers_through_a_mapping_by_hand(machine):
    """Device and vendor of 00:01.0, 32 KiB into the ECAM; on arm the mapping is a supersection."""
    address = int(machine.run(f"ioremap {ECAM_HIGH:#x} {16 * MIB:#x}")[0], 16)
    assert machine.run(f"peek {address + 0x8000:#x}") == ("0x11e81234\n", 0)
    assert machine.run(f"iounmap {address:#x}") == ("", 0)


def test_pci_windows_are_claimed(machine):
    iomem = machine.run("iomem")[0]
    for line in ("10000000-3efeffff : pcie@10000000", "4010000000-401fffffff : PCI ECAM",
                 "8000000000-ffffffffff : pcie@10000000"):
        assert re.search(rf"^{line}$", iomem, re.M), iomem
    ports = machine.run("cat /proc/ioports")[0]
    assert re.search(r"^00000000-0000ffff : pcie@10000000$", ports, re.M), ports


def test_low_ecam(arch):
    """With highmem=off: 16 MiB, below 4 GiB; arm maps its one unit by sections."""
    with Machine(arch, extra=DEVICES, edit=highmem_off, log="devices-low") as machine:
        machine.expect_prompt()
        assert f"00:01.0 Class 00ff: {EDU}" in pci_devices(machine)
        row = row_of(machine, ECAM_LOW)
        caller = {"arm64": "pci_ecam_create", "arm": "pci_ecam_add_bus"}[arch]
        assert (row.size, row.symbol) == (16 * MIB + PAGE, caller)
        assert_made_of(machine, row, 16 * MIB, BLOCK[arch])


def test_devices_behind_bridges(arch):
    """Each of 16 bridges gets a bus. The last has edu: arm needs a second unit to reach it."""
    with Machine(arch, extra=BRIDGES, log="devices-bridge") as machine:
        machine.expect_prompt()
        found = pci_devices(machine)
        assert f"10:00.0 Class 00ff: {EDU}" in found, found
        assert len([line for line in found if re.match(r"00:\w\w\.0 Class 0604: ", line)]) == 16
        units = [row.phys for row in rows(machine) if row.symbol.startswith("pci_ecam")]
        assert units == [ECAM_HIGH, ECAM_HIGH + 16 * MIB][:{"arm64": 1, "arm": 2}[arch]]


def test_flash_is_identified_and_unmapped(machine):
    log = machine.run("dmesg | grep CFI:")[0]
    assert "CFI: 2 x 32 MiB, 32 bits, Intel extended" in log
    assert not [row.line for row in rows(machine) if row.size == 64 * MIB + PAGE]
    bank0 = machine.run("explain 0 0x4000000")[0]
    assert re.search(r"section pair|block of 2 MiB", bank0), bank0


@pytest.mark.parametrize("phys, size", [(VIRTIO, 16 * KIB), (FLASH_BANK1, 2 * MIB)])
def test_static_rows(machine, arch, phys, size):
    row = row_of(machine, phys)
    assert (row.size, row.symbol, row.offset, row.kinds) == (size, "iotable_init", 0, ["ioremap"])
    assert_made_of(machine, row, size, BLOCK[arch] if size >= 2 * MIB else PAGE)


def test_an_ioremap_inside_the_static_flash_is_answered_from_it(machine):
    before, row = rows(machine), row_of(machine, FLASH_BANK1)
    output, status = machine.run(f"ioremap 0x{FLASH_BANK1 + 0x1234:x} 0x1000")
    assert status == 0 and int(output, 16) == row.start + 0x1234
    assert rows(machine) == before
    machine.run(f"iounmap {output.strip()}")
    assert rows(machine) == before


def test_virtio_transports_are_read_through_the_static_window(machine):
    line = machine.run("dmesg | grep virtio-mmio")[0]
    assert re.search(r"virtio_mmio@[0-9a-f]+: rng \(id 4, version \d\)\n"
                     r".*32 transports, 1 with a device\n", line), line
    assert line.count("\n") == 2
    window = [row.line for row in rows(machine) if VIRTIO <= row.phys < VIRTIO + 0x4000]
    assert len(window) == 1, window


def test_early_looks(machine):
    log = machine.run("dmesg")[0]
    assert re.search(r"early: PL031 at 0x9010000: part 0x031, designer 0x41",
                     log)
    assert "early: GIC at 0x8000000: version 2" in log
    assert log.index("early: PL031") < log.index("Virtual kernel memory layout")
    assert not re.search(r"early_ioremap.*(leak|still)", log), "each slot is given back"


def skip_first_call(arch, function, socket):
    """Lets a machine that waits for GDB go, but returns at once from its first call of function."""
    deadline = time.monotonic() + 30
    while not socket.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    script = [f"target remote {socket}", f"hbreak {function}", "continue", "return", "detach"]
    subprocess.run(["gdb-multiarch", "-batch", "-nx", "-iex", "set confirm off",
                    *(word for line in script for word in ("-ex", line)),
                    f"{ROOT}/build/{arch}/kernel.elf"],
                   check=True, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)


def test_forgotten_early_mapping_is_reported(arch, tmp_path):
    """At the end of boot, by slot; early_ioremap_debug tells what was mapped there."""
    socket = tmp_path / "gdb"
    with Machine(arch, append="early_ioremap_debug", log="devices-leak",
                 extra=f"-S -gdb unix:{socket},server=on,wait=off") as machine:
        skip_first_call(arch, "early_iounmap", socket)
        log = machine.expect_prompt()
    mapped = re.search(r"ioremap: slot 0: 0x9010000, size 0x1000 => (0x[0-9a-f]+)$", log, re.M)
    report = log.partition("boot: initcalls and drivers")[2]
    assert f"early_ioremap: slot 0 is still mapped: {mapped[1]}, size 0x1000\n" in report, log
    assert "early_ioremap: slots leaked: 1 " in report, log


def test_early_look_at_gic_version_3(arch):
    def version3(command):
        return [word.replace("gic-version=2", "gic-version=3") for word in command]

    with Machine(arch, edit=version3, log="devices-gic3") as machine:
        assert "early: GIC at 0x8000000: version 3" in machine.expect_prompt()
