# SPDX-License-Identifier: MIT
"""Start the kernel as a bare loader would: every address is the test's own choice.

QEMU's -kernel decides where things go. Here QEMU's generic loader puts image, initramfs and device
tree where the test says, and a few instructions of our own (the shim) pass the tree's address on.
The processor enters at its reset level: EL3 with secure=on, EL2 or HYP with virtualization=on.
"""

import os
import struct
import subprocess
import sys

from qemu import ROOT, log_folder

sys.path.append(os.path.join(ROOT, "tools"))
import mkcpio  # noqa: E402

IMAGE = {"arm64": "Image", "arm": "zImage"}
SHIM = 0x4fff0000
TREE_SIZE = 0x10000  # more than QEMU's own needs

CHOSEN = """
/ {{
	chosen {{
		linux,initrd-start = /bits/ 64 <{start:#x}>;
		linux,initrd-end = /bits/ 64 <{end:#x}>;
		bootargs = "{append}";
	}};
}};
"""


def shim(arch, entry, tree):
    """Machine code: the tree's address into x0 or r2, then a branch to entry."""
    if arch == "arm64":  # ldr x0, tree; ldr x9, entry; br x9
        return struct.pack("<4I2Q", 0x58000080, 0x580000a9, 0xd61f0120, 0xd503201f, tree, entry)
    return struct.pack("<6I", 0xe59f2008, 0xe59ff008, 0, 0, tree, entry)  # ldr r2; ldr pc


def make_tree(command, directory, name, size, more):
    """QEMU's own tree for this machine, with more source behind it, of size bytes. The filler
    lies before the names of the properties, so that a kernel needs all of it."""
    filler = os.path.join(directory, f"{name}.filler")
    with open(filler, "wb") as file:
        file.write(bytes(size - TREE_SIZE))
    more += f'/ {{ filler {{ data = /incbin/("{filler}"); }}; }};'
    blob = os.path.join(directory, f"{name}.dtb")
    machine = command.index("-M") + 1
    dump = list(command)
    dump[machine] += f",dumpdtb={blob}"
    subprocess.run(dump, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    source = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", blob], check=True,
                            capture_output=True, text=True).stdout
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-S", str(size), "-o", blob, "-"],
                   check=True, capture_output=True, text=True, input=source + more)
    return blob


def padded(archive, path, size):
    """A copy of an archive, with a file of size bytes in front of the others."""
    first = mkcpio.entry(1, "/pad", mkcpio.S_IFREG | 0o644, b"#" * size)
    with open(archive, "rb") as old, open(path, "wb") as new:
        new.write(first + old.read())
    return path


def raw(arch, name, image=0x44000000, tree=0x4a000000, initrd=0x4c000000, tree_size=TREE_SIZE,
        machine="", append="", nodes="", pad=0, extra=()):
    """An edit for Machine: the same machine, started through the shim. nodes is source of a tree
    that is laid over QEMU's own; pad makes the initramfs larger; extra is options for QEMU."""
    def edit(command):
        directory = os.path.join(ROOT, "build", arch)
        logs = log_folder(arch)
        initramfs = os.path.join(directory, "initramfs.cpio")
        if pad:
            initramfs = padded(initramfs, os.path.join(logs, f"{name}.cpio"), pad)
        command = command[:command.index("-kernel")] + list(extra)
        command[command.index("-M") + 1] += machine
        chosen = CHOSEN.format(start=initrd, end=initrd + os.path.getsize(initramfs), append=append)
        blob = make_tree(command, logs, name, tree_size, chosen + nodes)
        code = os.path.join(logs, f"{name}.shim")
        with open(code, "wb") as file:
            file.write(shim(arch, image, tree))
        parts = [(os.path.join(directory, IMAGE[arch]), image), (blob, tree), (initramfs, initrd)]
        loads = [f"loader,file={path},addr={address:#x},force-raw=on" for path, address in parts]
        loads.append(f"loader,file={code},addr={SHIM:#x},force-raw=on,cpu-num=0")
        return command + [word for load in loads for word in ("-device", load)]
    return edit
