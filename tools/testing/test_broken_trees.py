# SPDX-License-Identifier: MIT
"""A device tree that makes no sense ends in a shell, or in one message that says why.

Each machine starts through rawboot's shim, with QEMU's own tree and a piece of source in dtc's
language added to it: what the piece says again, it changes.
"""

import os
import random
import struct
import subprocess

import pytest

from qemu import Machine, log_folder
from rawboot import raw

SHELL = "/ # $"
MUTE = "no driver has taken the console: programs can neither be seen nor typed to"
NO_MEMORY = "panic - not syncing: the device tree names no memory"
NO_KERNEL = "panic - not syncing: the kernel, at .*, lies outside the memory that is used"
NO_TIMER = "panic - not syncing: the device tree names no timer"
NO_IRQCHIP = "panic - not syncing: no interrupt controller"
NO_INTERRUPTS = f"{NO_IRQCHIP}|{NO_TIMER}"
NO_INITRAMFS = "panic - not syncing: no initramfs"
NO_TREE = "panic - not syncing: no device tree"
ABORT = "panic - not syncing: .*external abort"
INITRAMFS = "panic - not syncing: the initramfs at"


def memory(*cells):
    return f"memory@40000000 {{ reg = <{' '.join(cells)}>; }};"


def reserved(*cells):
    return ("reserved-memory { #address-cells = <2>; #size-cells = <2>; "
            f"a@1 {{ no-map; reg = <{' '.join(cells)}>; }}; }};")


def rows(count, start, step, size):
    return " ".join(f"0 {start + i * step:#x} 0 {size:#x}" for i in range(count))


# (name, piece of source for the root node, what has to follow on the console)
BROKEN = [
    ("memory-odd", memory("0 0x40000ffd 0 0x1ffff000"), [SHELL]),
    ("memory-empty", memory("0 0x40000000 0 0"), [NO_MEMORY]),
    ("memory-wraps", memory("0 0x40000000 0xffffffff 0xffffffff"), ["wraps, ignored", NO_MEMORY]),
    ("memory-elsewhere", memory("0 0x80000000 0 0x20000000"), [NO_KERNEL]),
    ("memory-is-not-there", memory("0 0x40000000 1 0"), [ABORT]),
    ("memory-overlaps", 'memory@48000000 { device_type = "memory"; '
     'reg = <0 0x48000000 0 0x18000000 0 0x41000001 0 0x13>; };', [SHELL]),
    ("memory-in-pieces", 'memory@60000000 { device_type = "memory"; '
     f'reg = <{rows(130, 0x60000000, 0x400000, 0x200000)}>; }};', ["cannot resize memory array"]),
    ("cells-huge", "#address-cells = <0xffffffff>;", ["bad #address-cells", NO_MEMORY]),
    ("cells-none", "#address-cells = <0>;", ["no registers that the CPU can reach", NO_KERNEL]),
    ("cells-one", "#address-cells = <1>;", ["no pl011 answers", NO_MEMORY]),
    ("no-map-kernel", reserved("0 0x40200000 0 0x8000000"), [NO_KERNEL]),
    ("no-map-initrd", reserved("0 0x4c000000 0 0x1000000"), ["is in use, mapped", SHELL]),
    ("no-map-odd", reserved("0 0x50000123 0 0x1235"), [SHELL]),
    ("no-map-everything", reserved("0 0 0xffffffff 0"), ["is in use, mapped", "panic - not syn"]),
    ("parent-of-itself", "interrupt-parent = <0x9999>;", [NO_INTERRUPTS]),
    ("parents-in-a-ring", "intc@8000000 { interrupt-parent = <0x9003>; }; a { phandle = <0x9003>; "
     "interrupt-controller; #interrupt-cells = <3>; interrupt-parent = <0x8002>; };",
     [NO_INTERRUPTS]),
    ("gic-cells", "intc@8000000 { #interrupt-cells = <0xffffffff>; };", [NO_TIMER]),
    ("gic-in-ram", "intc@8000000 { reg = <0 0x48000000 0 0x1000 0 0x48001000 0 0x1000>; };",
     [NO_IRQCHIP]),
    ("timer-lines", "timer { interrupts = <1 100 4 1 99999999 4 1 0xffffffff 4>; };", [NO_TIMER]),
    ("timer-rate", "timer { clock-frequency = <1>; };", ["makes no sense, ignored", SHELL]),
    ("uart-in-a-hole", "pl011@9000000 { reg = <0 0x9100000 0 0x1000>; };",
     ["no pl011 answers", "no PrimeCell answers", MUTE]),
    ("uart-in-ram", "pl011@9000000 { reg = <0 0x48000000 0 0x1000>; };",
     ["no pl011 answers", "no PrimeCell answers", MUTE]),
    ("uart-far-away", "pl011@9000000 { reg = <0xff 0x48000000 0 0x1000>; };",
     ["no pl011 answers", "no PrimeCell answers", MUTE]),
    ("uart-misaligned", "pl011@9000000 { reg = <0 0x9000001 0 0x1000>; };",
     ["no pl011 answers", "no PrimeCell answers", MUTE]),
    ("uart-line", "pl011@9000000 { interrupts = <0 0xffffffe5 4>; };", [MUTE]),
    ("rtc-in-a-hole", "pl031@9010000 { reg = <0 0x9100000 0 0x1000>; };",
     ["no PrimeCell answers", SHELL]),
    ("bus-of-nothing", "b { #address-cells = <0>; #size-cells = <99>; ranges; compatible = "
     '"simple-bus"; rtc@1 { compatible = "arm,pl031"; reg = <1 2 3>; }; };', [SHELL]),
    ("pci-ranges", "pcie@10000000 { ranges = <0x1000000 0xffffffff 0xffffffff 0 0x3eff0000 "
     "0xffffffff 0xffffffff>; bus-range = <0 0xffffffff>; };", [SHELL]),
    ("pci-buses", "pcie@10000000 { bus-range = <5 3>; };", ["bus-range 5-3 makes no sense", SHELL]),
    ("pci-space-too-small", "pcie@10000000 { reg = <0 0x3f000000 0 0x1000>; };",
     ["reg has no room for the 1 MiB", SHELL]),
    ("pci-space-in-a-hole", "pcie@10000000 { reg = <0 0xf000000 0 0x1000000>; };",
     ["nothing answers at 0xf000000, where ECAM is to be", SHELL]),
    ("console-nowhere", 'chosen { stdout-path = "/nowhere"; };',
     ['stdout-path "/nowhere" leads to no node', SHELL]),
    ("console-is-no-device", 'chosen { stdout-path = "/chosen"; };',
     ["chosen, has no registers that the CPU can reach", SHELL]),
    # QEMU from version 9 on has an alias for the console, too.
    ("console-in-a-hole", 'aliases { /delete-property/ serial0; }; '
     'chosen { stdout-path = ""; bootargs = "earlycon=pl011,0x9100000"; };',
     ["no pl011 answers", SHELL]),
    ("arguments", r'chosen { bootargs = "\x01\xff\x1b[ %s%n mem=\" =\" loglevel=99999999999"; };',
     ["unknown parameter", SHELL]),
    ("initrd-backwards", "chosen { linux,initrd-start = <0x4d000000>; };",
     ["makes no sense, ignored", NO_INITRAMFS]),
    ("initrd-outside", "chosen { linux,initrd-end = <0xffffffff 0xffffffff>; };",
     [INITRAMFS]),
    ("initrd-cut", "chosen { linux,initrd-end = <0x4c001003>; };",
     ["runs past the end", INITRAMFS]),
    ("initrd-compressed", "chosen { linux,initrd-start = <0x4c000004>; };",
     ["not a cpio header of the form newc", INITRAMFS]),
    ("too-deep", "a { " * 70 + "}; " * 70, ["nested too deeply", NO_TREE]),
]


def dtc(arguments, data):
    done = subprocess.run(["dtc", "-q", "-f", *arguments], input=data, capture_output=True)
    assert done.stdout, done.stderr.decode()
    return done.stdout


def broken(arch, name, change):
    """An edit for Machine: change makes another tree, as bytes, of the one that raw() has made."""
    def edit(command):
        command = raw(arch, name)(command)
        path = os.path.join(log_folder(arch), f"{name}.dtb")
        with open(path, "rb") as file:
            tree = file.read()
        with open(path, "wb") as file:
            file.write(change(tree))
        return command
    return edit


@pytest.mark.parametrize("name, piece, lines", BROKEN, ids=[row[0] for row in BROKEN])
def test_broken_tree(arch, name, piece, lines):
    def change(tree):
        source = dtc(["-I", "dtb", "-O", "dts"], tree).decode()
        return dtc(["-I", "dts", "-O", "dtb"], f"{source}/ {{ {piece} }};".encode())
    name = f"tree-{name}"
    with Machine(arch, log=name, edit=broken(arch, name, change)) as machine:
        for line in lines:
            machine.expect([line])


def test_no_map_where_the_first_table_lies():
    """arm has it right below the image, outside the image's own borders."""
    piece = f"/ {{ {reserved('0 0x40205000 0 0x1000')} }};"
    with Machine("arm", log="tree-table", edit=raw("arm", "tree-table", nodes=piece)) as machine:
        machine.expect([NO_KERNEL])


def flip(seed):
    """Changes a few bytes and words of the structure and the strings."""
    def change(tree):
        dice = random.Random(seed)
        tree = bytearray(tree)
        header = struct.unpack(">10I", tree[:40])
        structure, strings, strings_size, structure_size = header[2], header[3], *header[8:]
        for _ in range(dice.choice([1, 1, 2, 4])):
            at = structure + dice.randrange(structure_size)
            if dice.randrange(3) == 0:
                at = strings + dice.randrange(strings_size)
            if dice.randrange(2):
                tree[at] ^= 1 << dice.randrange(8)
            else:
                struct.pack_into(">I", tree, at & ~3, dice.choice([0, 1, 3, 0xffffffff, 1 << 31]))
        return bytes(tree)
    return change


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bytes(arch, seed):
    name = f"tree-flip{seed}"
    with Machine(arch, log=name, edit=broken(arch, name, flip(seed))) as machine:
        machine.expect([SHELL, "Kernel panic - not syncing: [^\r\n]+", MUTE])
