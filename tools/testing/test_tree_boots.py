# SPDX-License-Identifier: MIT
"""Machines whose device tree says something in another way than QEMU's, as real boards' trees do.

Each machine starts through rawboot's shim with QEMU's own tree and a piece of source laid over it.
"""

import re
import subprocess

import pytest

import ptdump
from qemu import ROOT, Machine
from rawboot import TREE_SIZE, raw

UARTS = {0: "pl011@9000000", 1: "pl011@9040000"}


def boot(arch, name, piece, **places):
    name = f"tree-{name}"
    return Machine(arch, log=name, edit=raw(arch, name, nodes=f"/ {{ {piece} }};", **places))


# ---- the console that the tree names -------------------------------------------------------------

OPEN = "pl011@9040000 { status = \"okay\"; };"
ALIASES = 'aliases { serial0 = "/pl011@9000000"; serial1 = "/pl011@9040000"; };'
# QEMU from version 9 on has aliases of its own.
NO_ALIASES = "aliases { /delete-property/ serial0; /delete-property/ serial1; };"
NO_PATH = "chosen { /delete-property/ stdout-path; };"

# (name, piece, command line, which UART is the console, what it is called)
CONSOLES = [
    ("alias", ALIASES + 'chosen { stdout-path = "serial0:115200n8"; };', "", 0, "ttyAMA0"),
    ("alias1", ALIASES + 'chosen { stdout-path = "serial1"; };', "", 1, "ttyAMA1"),
    ("path", NO_ALIASES + 'chosen { stdout-path = "/pl011@9040000"; };', "", 1, "ttyAMA0"),
    ("old-name", NO_PATH + 'chosen { linux,stdout-path = "/pl011@9000000"; };', "", 0, "ttyAMA0"),
    ("serial0", ALIASES + NO_PATH, "", 0, "ttyAMA0"),
    ("by-name", ALIASES + 'chosen { stdout-path = "serial0"; };', "console=ttyAMA1", 1, "ttyAMA1"),
    ("same-name", ALIASES + 'chosen { stdout-path = "serial0"; };', "console=ttyAMA0", 0,
     "ttyAMA0"),
    ("no-driver", NO_ALIASES + 'chosen { stdout-path = "/pl031@9010000"; }; '
     'pl011@9000000 { status = "fail"; };', "", 1, "ttyAMA0"),
]


@pytest.mark.parametrize("name, piece, append, uart, tty", CONSOLES, ids=[r[0] for r in CONSOLES])
def test_console(arch, name, piece, append, uart, tty):
    """QEMU's machine has two with secure=on; the second stands first in the tree. The test listens
    to one of them only."""
    lines = ["-serial", "null"] * uart + ["-serial", "mon:stdio"] + ["-serial", "null"] * (1 - uart)
    extra = (*lines, "-semihosting-config", "enable=on")
    with boot(arch, f"console-{name}", OPEN + piece, machine=",secure=on", append=append,
              extra=extra) as machine:
        machine.expect_prompt()
        log = machine.run("dmesg")[0]
        at = UARTS[uart].partition("@")[2]
        assert re.search(rf"uart-pl011 {at}\.pl011: {tty} at MMIO", log), log
        assert f"console [{tty}] enabled" in log
        others = len(re.findall("left alone, the console is another UART", log))
        assert others == (0 if name == "no-driver" else 1), log
        assert machine.poweroff() == 0


# ---- interrupts ----------------------------------------------------------------------------------

NEXUS = """
	aliases { serial0 = "/motherboard/inner/serial@0"; };
	chosen { stdout-path = "serial0:115200n8"; };
	pl011@9000000 { status = "disabled"; };
	motherboard {
		compatible = "simple-bus";
		#address-cells = <2>;
		#size-cells = <1>;
		ranges = <0 0 0 0x09000000 0x10000>;
		#interrupt-cells = <1>;
		interrupt-map-mask = <0 0 63>;
		interrupt-map = <0 0 3 0x8002 0 0 0 2 4>, <0 0 1 0x8002 0 0 0 1 4>;
		inner {
			compatible = "simple-bus";
			#address-cells = <1>;
			#size-cells = <1>;
			ranges = <0 0 0 0x10000>;
			serial@0 {
				compatible = "arm,pl011", "arm,primecell";
				reg = <0 0x1000>;
				interrupts = <1>;
			};
		};
	};
"""


def test_interrupt_through_a_nexus(arch):
    with boot(arch, "nexus", NEXUS) as machine:
        machine.expect_prompt()
        assert re.search(r"GIC-0 +33 .*uart-pl011$", machine.run("interrupts")[0], re.M)


# (name, piece, whether the virtual timer is used)
TIMERS = [
    ("names", 'timer { interrupt-names = "phys", "virt"; '
     "interrupts = <1 14 0x104>, <1 11 0x104>; };", True),
    ("names-first", 'timer { interrupt-names = "virt", "sec-phys", "phys", "hyp-phys"; '
     "interrupts = <1 11 0x104>, <1 13 0x104>, <1 14 0x104>, <1 10 0x104>; };", True),
    ("phys-only", 'timer { interrupt-names = "sec-phys", "phys"; '
     "interrupts = <1 13 0x104>, <1 14 0x104>; };", False),
    ("second-node", 'timer { status = "disabled"; }; timer-ns { compatible = "arm,armv7-timer", '
     '"arm,armv8-timer"; interrupts = <1 13 0x104>, <1 14 0x104>, <1 11 0x104>, <1 10 0x104>; };',
     True),
    ("third-node", 'timer { interrupts = <1 99 4>; }; timer-b { compatible = "arm,armv7-timer"; }; '
     'timer-c { compatible = "arm,armv7-timer"; '
     "interrupts = <1 13 0x104>, <1 14 0x104>, <1 11 0x104>, <1 10 0x104>; };", True),
]


@pytest.mark.parametrize("name, piece, virt", TIMERS, ids=[row[0] for row in TIMERS])
def test_timer(arch, name, piece, virt):
    with boot(arch, f"timer-{name}", piece) as machine:
        log = machine.expect_prompt()
        assert f"running at 62.50MHz ({'virt' if virt else 'phys'})" in log
        assert "no interrupt within" not in log
        assert machine.run("sleep 1") == ("", 0)


def test_timer_whose_line_is_another(arch):
    """The boot goes on, but says that time will stand still."""
    piece = "timer { interrupts = <1 13 0x104>, <1 14 0x104>, <1 9 0x104>, <1 10 0x104>; };"
    with boot(arch, "timer-wrong", piece) as machine:
        assert "timer: no interrupt within 100 ms" in machine.expect_prompt()


# ---- what is there, and what is not --------------------------------------------------------------

OFF = """
	pl031@9010000 { status = "disabled"; };
	pl061@9030000 { status = "disabled"; };
	off {
		compatible = "simple-bus";
		status = "STATUS";
		#address-cells = <2>;
		#size-cells = <2>;
		ranges;
		inner {
			compatible = "simple-bus";
			#address-cells = <2>;
			#size-cells = <2>;
			ranges;
			rtc@9010000 {
				compatible = "arm,pl031", "arm,primecell";
				reg = <0 0x9010000 0 0x1000>;
				interrupts = <0 2 4>;
				status = "okay";
			};
			virtio@a000000 { compatible = "virtio,mmio"; reg = <0 0xa000000 0 0x200>; };
		};
	};
"""


@pytest.mark.parametrize("status, there", [("okay", True), ("disabled", False), ("fail-hw", False)])
def test_bus_that_is_off(arch, status, there):
    """Nothing below it is made or touched; not even the first look at the clock's identity."""
    with boot(arch, f"bus-{status}", OFF.replace("STATUS", status)) as machine:
        log = machine.expect_prompt()
        assert ("setting system clock" in log) == there
        assert ("early: PL031 at 0x9010000" in log) == there
        assert ("9010000" in machine.run("iomem")[0]) == there
        assert ("rtc-pl031" in machine.run("interrupts")[0]) == there
        assert (f"virtio-mmio: {33 if there else 32} transports" in log), log


PERIPHID = """
	soc {
		compatible = "simple-bus";
		#address-cells = <1>;
		#size-cells = <1>;
		ranges = <0x7e000000 0 0x08e00000 0x01000000>;
		serial@7e200000 {
			compatible = "arm,pl011", "arm,primecell";
			reg = <0x7e200000 0x200>;
			interrupts = <0 1 4>;
			PROPERTY
		};
	};
	pl011@9000000 { status = "disabled"; };
	aliases { serial0 = "/soc/serial@7e200000"; };
	chosen { stdout-path = "serial0:115200n8"; };
"""


def test_identification_by_the_tree(arch):
    """A window that ends before the cell's own identification: the tree is taken at its word."""
    piece = PERIPHID.replace("PROPERTY", "arm,primecell-periphid = <0x00341011>;")
    with boot(arch, "periphid", piece) as machine:
        assert "earlycon: pl011 at MMIO 0x0000000009000000" in machine.expect_prompt()
        assert "09000000-090001ff : serial@7e200000" in machine.run("iomem")[0]


def test_identification_is_asked_for_otherwise(arch):
    with boot(arch, "no-periphid", PERIPHID.replace("PROPERTY", "")) as machine:
        machine.expect([r"no PrimeCell answers at 0x9000000-0x90001ff"])
        machine.expect(["no driver has taken the console"])


# ---- memory --------------------------------------------------------------------------------------

NO_MAP = """
	reserved-memory {
		#address-cells = <2>;
		#size-cells = <2>;
		ranges;
		spin-table@%(page)x { no-map; reg = <0 %(page)#x 0 0x1000>; };
	};
"""
# Where the image is linked and where rawboot has it lie.
KERNEL = {"arm": (0xc0000000, 0x40000000), "arm64": (0xffff800008000000, 0x44000000)}


def kernel_end(arch):
    """The physical address of the first whole page behind the image."""
    lines = subprocess.run(["nm", f"build/{arch}/kernel.elf"], cwd=ROOT, capture_output=True,
                           text=True, check=True).stdout.splitlines()
    end = next(int(line.split()[0], 16) for line in lines if line.endswith(" _end"))
    virtual, physical = KERNEL[arch]
    return end - virtual + physical


def test_no_map_page_beside_the_kernel(arch):
    """In the 2 MiB that the kernel itself lies in: the page has no mapping, all else stays RAM."""
    page = kernel_end(arch) + 0x3000
    assert page % 0x200000, "move it: this page begins a pair of its own"
    with boot(arch, "no-map-page", NO_MAP % {"page": page}) as machine:
        log = machine.expect_prompt()
        assert "left out" not in log
        iomem = machine.run("cat /proc/iomem")[0]
        assert f"\n{page:08x}-{page + 0xfff:08x} : reserved\n" in iomem
        code = re.search(r"^  ([0-9a-f]+)-[0-9a-f]+ : Kernel code$", iomem, re.M)
        assert code and re.search(r"^  .* : Kernel data$", iomem, re.M)
        for address in (int(code[1], 16), page - 0x1000, page + 0x1000):
            text, status = machine.run(f"ioremap {address:#x} 0x1000")
            assert status == 1 and "meets RAM" in text
        lowmem = re.search(r" lowmem : 0x([0-9a-f]+)", log)
        virtual = int(lowmem[1], 16) + page - 0x40000000
        for offset, status in ((-1, 0), (0, 1), (0xfff, 1), (0x1000, 0)):
            assert machine.run(f"peek {virtual + offset:#x} 8")[1] == status
        assert machine.run(f"ioremap {page:#x} 0x1000")[1] == 0


TREE = 0x4a000000  # rawboot's place for it, and TREE_SIZE is what it takes there


def memory_until(end):
    return f"memory@40000000 {{ reg = <0 0x40000000 0 {end - 0x40000000:#x}>; }};"


def window_of(machine, arch):
    """What is cached between vmalloc space and the fixmap's slots: sizes, from ptdump."""
    text = machine.run("cat /sys/kernel/debug/kernel_page_tables")[0]
    start, end = {"arm": (0xff800000, 0xffc80000),
                  "arm64": (0xfffffbfffd800000, 0xfffffbfffe000000)}[arch]
    return [line for line in ptdump.meeting(text, arch, start, end)
            if "MEM/" in line.words]


@pytest.mark.parametrize("place", ["in-ram", "outside"])
def test_window_shows_the_tree_only(arch, place):
    """The tree is the last that RAM holds, or the first behind it. A register right behind has one
    mapping: nothing shows it as memory."""
    end = TREE + TREE_SIZE if place == "in-ram" else TREE
    with boot(arch, f"window-{place}", memory_until(end), initrd=0x48000000) as machine:
        log = machine.expect_prompt()
        assert ("device tree at 0x4a000000 is outside of RAM: copied to" in log) == (end == TREE)
        window = window_of(machine, arch)
        assert sum(line.end - line.start for line in window) == TREE_SIZE
        assert all(line.leaf == 0x1000 and "ro NX" in line.words for line in window), window
        assert machine.run(f"ioremap {end:#x} 0x1000")[1] == 0
        text, status = machine.run(f"ioremap {end - 0x1000:#x} 0x2000")
        assert status == 1 and "meets RAM" in text
        assert machine.run("cat /proc/handoff")[1] == 0


def test_window_is_not_mapped_again(arch):
    """mem= leaves the tree's memory out. ioremap() may have what was left out, but not the pages
    that the window still shows."""
    with Machine(arch, append="mem=64M", log="tree-window-mem") as machine:
        at = re.search(r"device tree   (0x[0-9a-f]+)", machine.expect_prompt())
        tree = int(at[1], 16)
        assert tree >= 0x44000000
        size = sum(line.end - line.start for line in window_of(machine, arch))
        for start, length in ((tree, 1), (tree + size - 1, 1), (tree - 0x1000, 2 * size)):
            text, status = machine.run(f"ioremap {start:#x} {length:#x}")
            assert status == 1 and "the device tree's window shows a page of the range" in text
            assert "device tree's window" in machine.run(f"explain {start:#x} {length:#x}")[0]
        for start in (tree - 0x1000, tree + size):
            assert machine.run(f"ioremap {start:#x} 0x1000")[1] == 0


# ---- values without a NUL ------------------------------------------------------------------------

NO_NUL = """
	chosen {
		bootargs = [6c 6f 67 6c 65 76 65 6c 3d 34];
		stdout-path = [2f 70 6c 30 31 31 40 39 30 30 30 30 30 30];
	};
	memory@40000000 { device_type = [6d 65 6d 6f 72 79]; status = [6f 6b 61 79]; };
	psci { method = [68 76 63]; };
"""


def test_strings_without_nul(arch):
    """The last byte of the property is the last of the string."""
    with boot(arch, "no-nul", NO_NUL) as machine:
        machine.expect_prompt()
        assert machine.run("cat /proc/cmdline")[0] == "loglevel=4\n"
        log = machine.run("dmesg")[0]
        assert "earlycon: pl011 at MMIO" in log and "PSCIv1.1 detected" in log
        assert machine.poweroff() == 0
