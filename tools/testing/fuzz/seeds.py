#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""seeds.py DIRECTORY: the inputs that fuzzing starts from, in one folder a fuzzer.

Real things where there are some: QEMU's device trees and those in the shapes of real boards,
programs of userland, an archive by tools/mkcpio.py. `make` has built both architectures.
"""

import glob
import os
import subprocess
import sys
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
ARCHS = ("arm64", "arm")

# What QEMU's trees lack. Small, so that a changed byte changes something.
TREES = {
    "reserved": """/memreserve/ 0x41000000 0x1000;
/ {
    #address-cells = <1>; #size-cells = <1>;
    memory@40000000 { device_type = "memory"; reg = <0x40000000 0x10000000>; };
    memory@60000000 { device_type = "memory"; reg = <0x60000000 0x1000 0x70000000 0x1000>; };
    reserved-memory {
        #address-cells = <1>; #size-cells = <1>; ranges;
        firmware@42000000 { reg = <0x42000000 0x1000>; no-map; };
        buffer@43000000 { reg = <0x43000000 0x1000>; status = "okay"; };
    };
    chosen {
        bootargs = "mem=64M -- x"; stdout-path = "serial0:115200";
        linux,initrd-start = <0x44000000>; linux,initrd-end = <0 0x44001000>;
    };
    aliases { serial0 = "/bus@9000000/uart@0"; };
    bus@9000000 {
        #address-cells = <1>; #size-cells = <1>; compatible = "simple-bus";
        ranges = <0 0x9000000 0x10000>;
        uart@0 { compatible = "arm,pl011", "arm,primecell"; reg = <0 0x1000>; };
    };
};""",
    "interrupts": """/ {
    #address-cells = <2>; #size-cells = <2>; interrupt-parent = <1>;
    memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x8000000>; };
    gic: intc@8000000 {
        compatible = "arm,cortex-a15-gic"; interrupt-controller; #interrupt-cells = <3>;
        reg = <0 0x8000000 0 0x10000 0 0x8010000 0 0x10000>; phandle = <1>;
    };
    rtc@9010000 {
        compatible = "arm,pl031", "arm,primecell"; reg = <0 0x9010000 0 0x1000>;
        reg-names = "registers"; interrupts = <0 2 4 0 3 4>;
    };
    timer { compatible = "arm,armv7-timer"; interrupts-extended = <1 1 13 4>, <&gic 1 14 4>; };
};""",
}

FILE_LIST = """dir /bin 0755
nod /dev/console 0600 c 5 1
file /init seed.txt 0755
file /bin/longer/name seed.txt 0644
"""

LINES = {
    "glob": ["mem*[a-c]?\0memblock", "[!]x-z\\*]*\0a*b", "*a*a*b\0aaaaaaaa", "\\\0x"],
    "number": ["\0000x1fK", "\00018446744073709551615", "\001-0777\n", "\002+99", "\003ffffG",
               "\004101", "\005zz"],
    "param": ["console=ttyAMA0 mem=0x10M loglevel=7 quiet -- -c \"cat /proc/iomem\"",
              "a=\"b c\" \"mem=1G\" mem=-1 =x loglevel=\"\" unknown", "--", " mem= "],
    "shell": ["echo \"$HOME ${LIST}\" 'a $x' \\$ $? $1 $# $$ # comment\n",
              "A=1 B=$LIST; cat </proc/iomem | grep x >>out 2>&1 && true || false & exit 3",
              "echo a\\\nb $(x) `y` ${HOME \"\"", "<a >b 7>&8 c; ;", "'"],
    "vsprintf": ["\1\0\x0a\x04\0\0\x40" + "\x39\x30\0\0\0\0\0\x80" + "text",
                 "\1\x9f\x1e\x0c\3\4\7" + "\xff" * 8 + "string",
                 "\0%-#8.3llx %+d%% %5c %zu %hhd %*i %o %X", "\0%08d%",
                 "\0%99999999999d%.99999999999x"],
}


def write(directory, fuzzer, name, data):
    path = os.path.join(directory, fuzzer, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


def read(*parts):
    with open(os.path.join(ROOT, *parts), "rb") as file:
        return file.read()


def compile_tree(source, form="dts"):
    """dtc's output: the tree without the padding that QEMU leaves in it."""
    return subprocess.run(["dtc", "-q", "-I", form, "-O", "dtb"], input=source, check=True,
                          capture_output=True).stdout


def qemu_tree(directory, arch, gic):
    qemu = {"arm64": "qemu-system-aarch64", "arm": "qemu-system-arm"}[arch]
    cpu = {"arm64": "cortex-a57", "arm": "cortex-a15"}[arch]
    blob = os.path.join(directory, "qemu.dtb")
    machine = f"virt,gic-version={gic},dumpdtb={blob}"
    subprocess.run([qemu, "-M", machine, "-cpu", cpu, "-nic", "none", "-nographic"], check=True,
                   capture_output=True, stdin=subprocess.DEVNULL)
    return compile_tree(read(blob), "dtb")


def smp_module(arch):
    """A module for a kernel of several processors, as the fuzzer is compiled."""
    subprocess.run(["make", "-s", "-C", ROOT, "modules", f"ARCH={arch}", "SMP=2",
                    "MODULES=drivers/misc/hello"], check=True, stdout=subprocess.DEVNULL)
    build = {"arm64": "arm64", "arm": "arm-smp"}[arch]
    return read("build", build, "drivers/misc/hello.ko")


def main(directory):
    os.makedirs(directory, exist_ok=True)
    trees = {name: compile_tree(f"/dts-v1/;\n{source}".encode()) for name, source in TREES.items()}
    for path in glob.glob(os.path.join(ROOT, "drivers/of/tests/trees/*.dts")):
        trees[os.path.splitext(os.path.basename(path))[0]] = compile_tree(read(path))
    for arch, gic in (("arm64", 3), ("arm", 2)):
        trees[f"qemu-{arch}"] = qemu_tree(directory, arch, gic)
    for name, blob in trees.items():
        write(directory, "fdt", name, blob)
        write(directory, "of", name, blob)
    for arch in ARCHS:
        write(directory, "elf", arch, read("build", arch, "userland/bin/true"))
        write(directory, "module", arch, smp_module(arch))
    for fuzzer, lines in LINES.items():
        for number, line in enumerate(lines):
            write(directory, fuzzer, f"line{number}", line.encode("latin-1"))
    for name, level, strategy, wbits in (("stored", 0, zlib.Z_DEFAULT_STRATEGY, 31),
                                         ("fixed", 9, zlib.Z_FIXED, 31),
                                         ("dynamic", 9, zlib.Z_DEFAULT_STRATEGY, 31),
                                         ("stream", 9, zlib.Z_DEFAULT_STRATEGY, -15)):
        packer = zlib.compressobj(level, zlib.DEFLATED, wbits, 9, strategy)
        data = packer.compress(TREES["reserved"].encode()) + packer.flush()
        write(directory, "gunzip", name, data)
    write(directory, ".", "seed.txt", b"seed\n")
    names = write(directory, ".", "cpio.list", FILE_LIST.encode())
    archive = write(directory, "cpio", "archive", b"")
    subprocess.run([sys.executable, os.path.join(ROOT, "tools/mkcpio.py"), names, directory,
                    archive], check=True)
    packed = write(directory, "cpio", "packed", b"\0\0" + zlib.compress(read(archive), 9, 31))
    write(directory, "cpio", "both", read(archive) + read(packed))


if __name__ == "__main__":
    main(*sys.argv[1:])
