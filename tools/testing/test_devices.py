# SPDX-License-Identifier: MIT
"""What the large mappings are for: PCI behind its window, flash, the static windows, early looks.

Each test reads what a user would read: lspci, dmesg, vmallocinfo, ptdump.
"""

import re

import pytest

import vmallocinfo
from qemu import Machine

HOST_BRIDGE, EDU = "1b36:0008", "1234:11e8"
ECAM_HIGH, ECAM_LOW = 0x4010000000, 0x3F000000
FLASH_BANK1, VIRTIO = 0x04000000, 0x0A000000
MIB = 1 << 20

# How ptdump names a leaf: a page, the 2 MiB leaf (on arm a pair of sections), a supersection.
PAGE = {"arm64": r" PTE .*", "arm": r" IO  .*DEV/SHARED *"}
BLOCK = {"arm64": r" PMD .* BLK .*", "arm": r" IO  .* SECT *"}
SUPER = {"arm": r" IO  .* SUPER *"}

DEVICES = "-device edu -device virtio-rng-device"
BRIDGES = "-device pcie-root-port,id=port0,chassis=1,slot=1,addr=3 -device edu,bus=port0"


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


def leaves(machine, row):
    """The lines of ptdump that lie in the row."""
    lines = []
    for line in machine.run("ptdump")[0].splitlines():
        match = re.match(r"0x([0-9a-f]+)-0x([0-9a-f]+) ", line)
        if match and row.start <= int(match[1], 16) < row.end:
            lines.append(line)
    return lines


def assert_made_of(machine, row, size, kind):
    """ptdump has one line for the row's mapping, of this size and leaf."""
    lines = leaves(machine, row)
    assert len(lines) == 1 and re.fullmatch(rf"\S+ +{size}{kind}", lines[0]), lines


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
    size, caller = {"arm64": (256 * MIB + 4096, "pci_ecam_create"),
                    "arm": (16 * MIB + 4096, "pci_ecam_add_bus")}[arch]
    assert (row.size, row.symbol) == (size, caller)


def test_ecam_leaves(machine, arch):
    size, kind = ("16M", SUPER[arch]) if arch == "arm" else ("256M", BLOCK[arch])
    assert_made_of(machine, row_of(machine, ECAM_HIGH), size, kind)


def test_pci_windows_are_claimed(machine):
    iomem = machine.run("iomem")[0]
    for line in ("10000000-3efeffff : pcie@10000000", "4010000000-401fffffff : PCI ECAM",
                 "8000000000-ffffffffff : pcie@10000000"):
        assert re.search(rf"^{line}$", iomem, re.M), iomem
    ports = machine.run("cat /proc/ioports")[0]
    assert re.search(r"^00000000-0000ffff : pcie@10000000$", ports, re.M), ports


def test_low_ecam(arch):
    """With highmem=off: 16 MiB, below 4 GiB; sections on arm, blocks on arm64."""
    with Machine(arch, extra=DEVICES, edit=highmem_off, log="devices-low") as machine:
        machine.expect_prompt()
        assert f"00:01.0 Class 00ff: {EDU}" in pci_devices(machine)
        row = row_of(machine, ECAM_LOW)
        assert row.size == 16 * MIB + 4096
        assert_made_of(machine, row, "16M", BLOCK[arch])


def test_devices_behind_a_bridge(arch):
    """The bridge gets bus 1, so its device is found there."""
    with Machine(arch, extra=BRIDGES, log="devices-bridge") as machine:
        machine.expect_prompt()
        found = pci_devices(machine)
        assert f"01:00.0 Class 00ff: {EDU}" in found, found
        assert re.search(r"^00:03.0 Class 0604: ", "\n".join(found), re.M), found


def test_flash_is_identified_and_unmapped(machine):
    log = machine.run("dmesg | grep CFI:")[0]
    assert "2 chips of 32 MiB side by side, 32 bits, Intel extended" in log
    assert not [row.line for row in rows(machine) if row.size == 64 * MIB + 4096]
    bank0 = machine.run("explain 0 0x4000000")[0]
    assert re.search(r"section pair|block of 2 MiB", bank0), bank0


@pytest.mark.parametrize("phys, size, shown, leaf",
                         [(VIRTIO, 16384, "16K", PAGE), (FLASH_BANK1, 2 * MIB, "2M", BLOCK)])
def test_static_rows(machine, arch, phys, size, shown, leaf):
    row = row_of(machine, phys)
    assert (row.size, row.symbol, row.offset, row.kinds) == (size, "iotable_init", 0, ["ioremap"])
    assert_made_of(machine, row, shown, leaf[arch])


def test_an_ioremap_inside_the_static_flash_is_answered_from_it(machine):
    before, row = rows(machine), row_of(machine, FLASH_BANK1)
    output, status = machine.run(f"ioremap 0x{FLASH_BANK1 + 0x1234:x} 0x1000")
    assert status == 0 and int(output, 16) == row.start + 0x1234
    assert rows(machine) == before
    machine.run(f"iounmap {output.strip()}")
    assert rows(machine) == before


def test_virtio_transports_are_read_through_the_static_window(machine):
    line = machine.run("dmesg | grep virtio-mmio")[0]
    assert re.search(r"32 transports; virtio_mmio@[0-9a-f]+: rng \(id 4, version \d\)", line), line
    assert line.count("\n") == 1
    window = [row.line for row in rows(machine) if VIRTIO <= row.phys < VIRTIO + 0x4000]
    assert len(window) == 1, window


def test_early_looks(machine):
    log = machine.run("dmesg")[0]
    assert re.search(r"early: PL031 at 0x9010000: PrimeCell 0xb105f00d, part 0x031, designer 0x41",
                     log)
    assert "early: GIC distributor at 0x8000000: architecture version 2" in log
    assert log.index("early: PL031") < log.index("Virtual kernel memory layout")
    assert not re.search(r"early_ioremap.*(leak|still)", log), "each slot is given back"


def test_early_look_at_gic_version_3(arch):
    def version3(command):
        return [word.replace("gic-version=2", "gic-version=3") for word in command]

    with Machine(arch, edit=version3, log="devices-gic3") as machine:
        machine.expect(["GIC distributor at 0x8000000: architecture version 3"])
