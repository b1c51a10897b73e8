# SPDX-License-Identifier: MIT
"""Device trees in the shapes of real boards: what the kernel reads out of them is what they say.

The kernel's own drivers/of runs on this machine (drivers/of/tests/read_tree.c), and every line of
it is compared with spec_tree.py, a reading by the specification: the trees in the folder
drivers/of/tests/trees, and random ones. Of each board's tree some lines are also written out here,
by hand.
"""

import os
import subprocess

import pytest

import spec_tree
from qemu import ROOT, make
from random_tree import Maker, flatten

MAKEFILE = "tools/testing/host/Makefile"
PROGRAM = "build/host/arm64-tables/read_tree"
TREES = os.path.join(ROOT, "drivers/of/tests/trees")
FACTS = ("reg", "irq", "device", "console")

GIC = "/interrupt-controller@"
BUS = "/bus@8000000/motherboard"
KNOWN = {
    "vexpress": [
        f"reg {BUS}/iofpga@300000000/uart@a0000 0 0x1c0a0000 0x1000",
        f"irq {BUS}/iofpga@300000000/uart@a0000 0 {GIC}2c001000 0 6 4",
        f"irq {BUS}/iofpga@300000000/not-in-the-map@180000 0 bad",
        f"console {BUS}/iofpga@300000000/uart@a0000",
        f"device 1c170000.rtc {BUS}/iofpga@300000000/rtc@170000",
    ],
    "juno": [
        f"irq {BUS}-bus@300000000/mmc@50000 0 {GIC}2c010000 0 160 4",
        f"irq {BUS}-bus@300000000/kmi@60000 0 {GIC}2c010000 0 165 4",
        f"irq /pcie@40000000/slot@2,0 0 {GIC}2c010000 0 139 4",
        f"irq /pcie@40000000/slot@4,0 0 {GIC}2c010000 0 137 4",
        f"reg {GIC}2c010000/v2m@10000 0 0x2c1d0000 0x10000",
    ],
    "fvp": [
        f"reg {BUS}-bus@8000000/iofpga-bus/virtio@130000 0 0x1c130000 0x200",
        f"irq {BUS}-bus@8000000/iofpga-bus/virtio@130000 0 {GIC}2f000000 0 42 4",
        f"console {BUS}-bus@8000000/iofpga-bus/serial@90000",
    ],
    "bcm2835": [
        "reg /soc/serial@7e201000 0 0x3f201000 0x200",
        "irq /soc/interrupt-controller@7e00b200 0 /soc/local_intc@40000000 8 4",
        "irq /soc/spi@7e204000/touch@1 0 /soc/gpio@7e200000 17 2",
        "console /soc/serial@7e215040",
    ],
    "am335x": [
        "reg /ocp/interconnect@44c00000/segment@200000/target-module@9000/serial@0 0 "
        "0x44e09000 0x1000",
        "irq /ocp/serial@481aa000 1 /ocp/gpio@44e07000 4 2",
    ],
    "omap3": [
        "irq /ocp@68000000/i2c@48070000/twl@48/rtc 0 /ocp@68000000/i2c@48070000/twl@48 11",
        "reg /ocp@68000000/gpmc@6e000000/ethernet@5,0 0 0x2c000000 0xff",
        "device 48002520.pbias /ocp@68000000/l4@48000000/scm@2000/syscon@270/pbias@2b0",
        "console /ocp@68000000/serial@49020000",
    ],
    "stm32mp": [
        f"irq /soc/interrupt-controller@5000d000 5 {GIC}a0021000 0 23 4",
        "irq /soc/i2c@5c002000/stpmic@33/onkey 1 /soc/i2c@5c002000/stpmic@33 1 0",
        "irq /soc/serial@40010000 0 /soc/interrupt-controller@5000d000 30 4",
    ],
    "imx6": [
        "irq /soc/aips/serial@2020000 0 /soc/aips/gpc@20dc000 0 26 4",
        "irq /soc/aips/gpc@20dc000 0 /soc/interrupt-controller@a01000 0 89 4",
        "irq /soc/pcie@1ffc000/bridge@0 0 /soc/aips/gpc@20dc000 0 122 4",
        "device twins-too:part:leds /twins-too/part/leds",
    ],
    "mvebu": [
        "reg /soc/internal-regs/serial@12000 0 0xf1012000 0x100",
        "reg /soc/bootrom 0 0xfff00000 0x200000",
        "reg /defaults/device@1000 0 0x90000800 0x100",
        "device closed:device@1000 /closed/device@1000",
    ],
}
# What must not become a device: below a bus that is off, below what is no simple bus.
ABSENT = {
    "juno": ["kmi@70000"],
    "fvp": ["off-bus", "deeper", "serial@a0000", "virtio@140000"],
    "am335x": ["serial@0", "i2c@0", "serial@481aa000"],
    "omap3": ["nand@0,0", "twl@48"],
}


@pytest.fixture(scope="module")
def program():
    done = make("-f", MAKEFILE, PROGRAM)
    assert done.returncode == 0, done.stderr
    return os.path.join(ROOT, PROGRAM)


def kernel_reads(program, paths):
    """[the kernel's lines] of each of the blobs."""
    done = subprocess.run([program, *paths], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    found = []
    for line in done.stdout.splitlines():
        if line.startswith("tree "):
            found.append([])
        elif line.split(" ")[0] in FACTS:
            found[-1].append(line)
    return found


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_board_tree(program, tmp_path, name):
    path = tmp_path / f"{name}.dtb"
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", path, f"{TREES}/{name}.dts"],
                   check=True)
    (lines,) = kernel_reads(program, [path])
    assert lines == spec_tree.read(path.read_bytes())
    assert not set(KNOWN[name]) - set(lines)
    made = [line.rpartition("/")[2] for line in lines if line.startswith("device ")]
    assert not set(ABSENT.get(name, [])) & set(made)


def test_each_tree_is_known():
    assert {f"{name}.dts" for name in KNOWN} == set(os.listdir(TREES))


@pytest.mark.parametrize("batch", range(4))
def test_random_trees(program, tmp_path, batch):
    paths = []
    for seed in range(batch * 50, batch * 50 + 50):
        paths.append(tmp_path / f"{seed}.dtb")
        paths[-1].write_bytes(flatten(Maker(seed).root))
    facts = {}
    for path, lines in zip(paths, kernel_reads(program, paths), strict=True):
        assert lines == spec_tree.read(path.read_bytes()), path
        for line in lines:
            kind = "bad" if line.endswith(" bad") else line.split(" ")[0]
            facts[kind] = facts.get(kind, 0) + 1
    # Trees that say nothing would agree, too.
    assert all(facts.get(kind, 0) > 100 for kind in ("reg", "irq", "bad", "device")), facts
