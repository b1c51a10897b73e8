# SPDX-License-Identifier: MIT
"""Modules: built in and outside the tree, loaded, named in reports, used, and removed without a
trace; damaged ones are refused with a reason."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest

import vmallocinfo
from module_build import MAKEFILE, outside_make
from module_file import ModuleFile
from qemu import Machine, ROOT, make

SOUND = ("vmcheck: every rule holds\n", 0)
SPACE = {"arm64": (0xffff800000000000, 0xffff800008000000), "arm": (0xbf000000, 0xbfe00000)}
OTHER = {"arm64": "arm", "arm": "arm64"}
SOURCES = os.path.join(ROOT, "tools", "testing", "modules")


def build_outside(folder, arch, sources, *choices):
    """Copies the sources to a folder outside the tree, and builds them there by three lines.
    Returns the modules' paths."""
    for path in sources:
        shutil.copy(os.path.join(ROOT, path), folder)
    names = [os.path.basename(path).removesuffix(".c") for path in sources]
    (folder / "Makefile").write_text(MAKEFILE.format(
        modules=" ".join(f"{name}.o" for name in names), tree=ROOT))
    done = outside_make(folder, f"ARCH={arch}", *choices)
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    return [path for name in names for path in (folder / "build").glob(f"*/{name}.ko")]


@pytest.fixture(scope="module")
def outside(arch, tmp_path_factory):
    """The modules of tools/testing/modules."""
    folder = tmp_path_factory.mktemp("outside")
    names = sorted(os.listdir(SOURCES))
    return build_outside(folder, arch, [os.path.join(SOURCES, name) for name in names])


def initramfs(folder, arch, modules, *rows):
    """The usual one with these modules and rows; what Machine does to boot with it."""
    with open(os.path.join(ROOT, "build", arch, "rootfs.list"), encoding="ascii") as file:
        text = file.read()
    text += "".join(f"file /lib/modules/{path.name} {path} 0644\n" for path in modules)
    (folder / "list").write_text(text + "".join(f"{row}\n" for row in rows), encoding="ascii")
    archive = str(folder / "initramfs.cpio")
    subprocess.run([sys.executable, os.path.join(ROOT, "tools/mkcpio.py"), folder / "list",
                    os.path.join(ROOT, "build", arch), archive], check=True)

    def edit(command):
        command[command.index("-initrd") + 1] = archive
        return command

    return edit


def hello(arch):
    with open(os.path.join(ROOT, "build", arch, "drivers/misc/hello.ko"), "rb") as file:
        return file.read()


def damaged(arch):
    """{name: (contents, the line that refuses it)}"""
    whole = hello(arch)
    relocs = {"arm64": ".rela.text", "arm": ".rel.text"}[arch]
    count = ModuleFile(whole).header("shnum")

    def change(function):
        copy = ModuleFile(whole)
        function(copy)
        return bytes(copy.data)

    cut = {f"cut{size}": (whole[:size], r"not an ELF file|cut off")
           for size in (1, 15, 51, 63, 500, len(whole) // 2, len(whole) - 1)}
    return cut | {
        "other-arch": (hello(OTHER[arch]),
                       rf"made for {OTHER[arch]} \(machine \d+\), and this is {arch}"),
        "other-class": (change(lambda f: f.data.__setitem__(4, 3 - f.data[4])),
                        r"not a \d\d-bit file"),
        "other-machine": (change(lambda f: f.set_header(machine=243)),
                          rf"made for another machine \(machine 243\), and this is {arch}"),
        "big-endian": (change(lambda f: f.data.__setitem__(5, 2)), "not little-endian"),
        "no-sections": (change(lambda f: f.set_header(shnum=0)), "no sections, or too many"),
        "section-header": (change(lambda f: f.set_header(shentsize=8)),
                           "the size of a section header is wrong"),
        "headers-outside": (change(lambda f: f.set_header(shoff=1 << 30)),
                            "section headers lie outside the file"),
        "no-names": (change(lambda f: f.set_header(shstrndx=count)), "no section with the sec"),
        "section-outside": (change(lambda f: f.set_section(".text", size=1 << 30)),
                            r"section \d+ lies outside the file"),
        "section-wraps": (change(lambda f: f.set_section(".text", offset=(1 << f.bits) - 8)),
                          r"section \d+ lies outside the file"),
        "alignment": (change(lambda f: f.set_section(".text", addralign=3)),
                      "alignment that is not a power of two"),
        "overlap": (change(lambda f: f.set_section(".modinfo", offset=0)),
                    r"section \d+ overlaps another part of the file"),
        "writable-code": (change(lambda f: f.set_section(".text", flags=7)),
                          r"section \d+ is both writable and executable"),
        "huge-bss": (change(lambda f: f.set_section(".bss", size=1 << 30)),
                     r"\d+ KiB are more than module space has"),
        "no-symbols": (change(lambda f: f.set_section(".symtab", type=1)),
                       "there is no table of symbols"),
        "symbol-section": (change(lambda f: f.set_symbol(2, shndx=count)),
                           "symbol 2 is in a section that does not exist"),
        "symbol-name": (change(lambda f: f.set_symbol(2, name=1 << 20)),
                        "symbol 2 has its name outside the names"),
        "symbol-common": (change(lambda f: f.set_symbol(2, shndx=0xfff2)),
                          "symbol 2 is common to several files"),
        "reloc-target": (change(lambda f: f.set_section(relocs, info=count)),
                         r"section \d+ is for a section that does not exist"),
        "reloc-type": (change(lambda f: f.set_reloc(relocs, 0, info=250)),
                       r"relocation 0 of \.text, type 250: it is not known here"),
        "reloc-place": (change(lambda f: f.set_reloc(relocs, 0, offset=1 << 20)),
                        r"relocation 0 of \.text, type \d+ R_A\w+: it lies outside its section"),
        "reloc-symbol": (change(lambda f: f.set_reloc(
            relocs, 0, info=(60000 << 8) + 2 if f.bits == 32 else (60000 << 32) + 257)),
            "there is no such symbol"),
        "reloc-form": (change(lambda f: f.set_section(relocs, type=13 - f.section(
            f.find(relocs), "type"))), "relocations of a form that this machine does not use"),
        "no-modinfo": (change(lambda f: f.replace(b"vermagic=", b"vermagix=")),
                       "it does not say what it is"),
        "bad-name": (change(lambda f: f.replace(b"name=hello", b"name=he/lo")),
                     "it does not say what it is"),
        "other-kernel": (change(lambda f: f.replace(b"vermagic=0", b"vermagic=9")),
                         r"made for kernel '9\S+ \w+.*', and this is '0\S+ \w+.*'"),
        "undefined": (change(lambda f: f.replace(b"\0printk\0", b"\0priMtk\0")),
                      "uses priMtk, which neither the kernel nor a loaded module exports"),
    }


@pytest.fixture(scope="module")
def refused(arch):
    return damaged(arch)


@pytest.fixture(scope="module")
def machine(arch, outside, refused, tmp_path_factory):
    """A machine with the modules built outside, the damaged ones, and a program that loads them."""
    folder = tmp_path_factory.mktemp("initramfs")
    rows = ["dir /lib/damaged 0755", "file /bin/modtest userland/tests/modtest 0755"]
    for name, (contents, _) in refused.items():
        (folder / name).write_bytes(contents)
        rows.append(f"file /lib/damaged/{name} {folder / name} 0644")
    edit = initramfs(folder, arch, outside, *rows)
    with Machine(arch, log="modules", edit=edit) as booted:
        booted.expect_prompt()
        yield booted


def insmod(machine, name, status=0):
    output, got = machine.run(f"insmod /lib/modules/{name}.ko")
    assert got == status, output
    return output


def areas(machine, symbol):
    """The rows of vmallocinfo whose caller is this function, or one of this module."""
    rows = vmallocinfo.parse(machine.run("cat /proc/vmallocinfo")[0])
    return [row for row in rows if row.symbol == symbol or f" [{symbol}]" in row.line]


def traces(machine):
    """What a module leaves behind, if it leaves anything: areas, free memory, objects in use."""
    used = [" ".join(row.split()[:2]) for row in machine.run("cat /proc/slabinfo")[0].splitlines()]
    return (machine.run("cat /proc/vmallocinfo")[0],
            re.search(r"MemFree: +(\d+) kB", machine.run("cat /proc/meminfo")[0])[1],
            used, machine.run("cat /proc/modules")[0])


def test_a_module_is_loaded_listed_and_removed(machine, arch):
    assert re.search(r"hello: loaded; 10000 bytes at [0-9a-f]{8,16}\n", insmod(machine, "hello"))
    listed = re.fullmatch(r"hello (\d+) 0 - Live 0x([0-9a-f]+)\n",
                          machine.run("cat /proc/modules")[0])
    area, = areas(machine, "move_module")
    assert area.start == int(listed[2], 16) and area.size == int(listed[1]) + 4096  # the guard
    assert SPACE[arch][0] <= area.start < area.end <= SPACE[arch][1]
    assert re.search(r"^hello +\d+ +0 *$", machine.run("lsmod")[0], re.M)
    taken, = areas(machine, "hello")
    assert taken.symbol == "take_memory" and taken.pages == 3, taken.line

    output, status = machine.run("rmmod hello")
    assert status == 0 and output.endswith("hello: removed\n")
    assert machine.run("cat /proc/modules")[0] == ""
    assert not areas(machine, "move_module") and not areas(machine, "hello")


def test_each_part_has_its_permissions(machine):
    """Code is executable and read-only, constants are read-only, data is not executable."""
    insmod(machine, "hello")
    area, = areas(machine, "move_module")
    parts = re.findall(r"^0x([0-9a-f]+)-0x[0-9a-f]+ +4K \S+ +(RW|ro) (x |NX)",
                       machine.run("ptdump")[0], re.M)
    inside = [(mode, run) for start, mode, run in parts
              if area.start <= int(start, 16) < area.end]
    owner = [machine.run(f"walk {area.start + page * 4096:#x}")[0] for page in (0, 1, 3)]
    machine.run("rmmod hello")
    assert inside == [("ro", "x "), ("ro", "NX"), ("RW", "NX")]
    assert "module hello, code" in owner[0] and "module hello, data" in owner[1]
    assert "the guard page of" in owner[2]


def test_its_names_are_in_kallsyms(machine):
    insmod(machine, "hello")
    rows = machine.run("cat /proc/kallsyms")[0].splitlines()
    first = next(n for n, row in enumerate(rows) if row.endswith("\t[hello]"))
    machine.run("rmmod hello")
    names = [row.split()[2] for row in rows[first:]]
    assert names == ["take_memory", "hello_exit"]  # the init function's code is freed
    assert all(re.match(r"[0-9a-f]{8,16} T \S+$", row) for row in rows[:first])
    assert not re.search(r"hello", machine.run("cat /proc/kallsyms")[0])


def test_a_module_that_is_used_stays(machine):
    """By another one: symbols are shared, and a backtrace names both."""
    insmod(machine, "shared")
    output = insmod(machine, "client")
    assert "client: number 1\n" in output
    assert re.search(r"WARNING: \S*shared\.c:\d+: from a module\n", output)
    assert re.search(r" shared_warn\+0x[0-9a-f]+/0x[0-9a-f]+ \[shared\]\n"
                     r"(?:.*\n)? *.* client_init\+0x[0-9a-f]+/0x[0-9a-f]+ \[client\]\n"
                     r"(?:.*\n)* *.* sys_(?:f|)init_module\+", output)  # and so back to the kernel
    assert re.search(r"^shared \d+ 1 client, Live 0x[0-9a-f]+$",
                     machine.run("cat /proc/modules")[0], re.M)
    assert re.search(r"^shared +\d+ +1 client$", machine.run("lsmod")[0], re.M)
    output, status = machine.run("rmmod shared")
    assert status == 1 and "module: shared: not removed: it is in use\n" in output
    assert machine.run("rmmod client shared") == ("", 0)


def test_the_same_name_twice(machine):
    insmod(machine, "shared")
    output = insmod(machine, "shared", status=1)
    machine.run("rmmod shared")
    assert "module: shared: a module of this name is loaded already\n" in output
    assert output.endswith("is not loaded: File exists\n")


def test_an_init_function_that_fails_leaves_nothing(machine):
    machine.run("insmod /lib/modules/failing.ko")
    before = traces(machine)
    output = insmod(machine, "failing", status=1)
    assert "module: failing: its init function failed with error -5\n" in output
    assert traces(machine) == before


def test_what_is_not_exported_is_not_found(machine):
    output = insmod(machine, "wants", status=1)
    assert "module: wants: it uses start_kernel, which neither the kernel nor" in output


def test_each_damaged_file_is_refused_with_its_reason(machine, refused):
    """In one line; and all of them together leave nothing. The first module that is ever loaded
    leaves the page table of module space."""
    machine.run("insmod /lib/modules/shared.ko; rmmod shared")
    before = traces(machine)
    wrong = []
    for name, (_, reason) in refused.items():
        output, status = machine.run(f"insmod /lib/damaged/{name}")
        lines = output.splitlines()
        if status != 1 or len(lines) != 2 or not re.search(rf"\] module: \S+: .*(?:{reason})",
                                                           lines[0]):
            wrong.append(f"{name}: {output}")
    assert not wrong, "\n".join(wrong)
    assert traces(machine) == before


def test_a_thousand_loads_leave_nothing(machine):
    machine.run("modtest /lib/modules/shared.ko shared 1")
    before = traces(machine)
    assert machine.run("modtest /lib/modules/shared.ko shared 1000", 60) == ("1000 rounds\n", 0)
    assert traces(machine) == before
    assert machine.run("vmcheck") == SOUND


def test_the_calls_check_their_arguments(machine):
    output = machine.run("modtest")[0]
    told = [line for line in output.splitlines() if "module: (from memory): " not in line]
    assert told == ["refusals checked"], output


def test_beyond_module_space_branches_have_veneers(machine, arch):
    """Two modules, each of more than half of the space: the second is out of reach of the kernel's
    code, and of the first one's."""
    insmod(machine, "shared")
    insmod(machine, "wide")
    assert re.search(r"far: \d+, then \d+\n", insmod(machine, "far"))
    wide = [row for row in areas(machine, "move_module") if row.size > 1 << 20]
    near = [SPACE[arch][0] <= row.start < SPACE[arch][1] for row in wide]
    assert near == [True, False], [row.line for row in wide]
    assert machine.run("vmcheck") == SOUND
    assert re.search(r"far: \d+, and gone\n", machine.run("rmmod far")[0])
    assert machine.run("rmmod wide shared") == ("", 0)


def test_without_an_exit_function_a_module_stays(machine):
    """Last, because it does."""
    insmod(machine, "stays")
    output, status = machine.run("rmmod stays")
    assert status == 1 and "stays: not removed: it has no exit function" in output


def test_while_other_processors_read_its_names(arch, tmp_path):
    """A table of names goes while three processors look for names."""
    assert make("all", f"ARCH={arch}", "SMP=4").returncode == 0
    modules = build_outside(tmp_path, arch, [os.path.join(SOURCES, "shared.c")], "SMP=4")
    edit = initramfs(tmp_path, arch, modules, "file /bin/modtest userland/tests/modtest 0755")
    with Machine(arch, smp=4, log="modules-smp", edit=edit, timeout=60) as machine:
        machine.expect_prompt()
        machine.run("modtest /lib/modules/shared.ko shared 1")
        before = machine.run("cat /proc/vmallocinfo")
        for _ in range(3):
            machine.type("cat" + 6 * " /proc/kallsyms" + " >/dev/null &")
        assert machine.run("modtest /lib/modules/shared.ko shared 50") == ("50 rounds\n", 0)
        give_up = time.monotonic() + 60
        while " cat" in (tasks := machine.run("ps")[0]):
            assert time.monotonic() < give_up, tasks
        assert machine.run("cat /proc/vmallocinfo") == before


# --- a driver ---

@pytest.fixture(scope="module")
def driver(arch, tmp_path_factory):
    """Lab 12's second form: a machine whose PL061 has no driver, and the driver as a module."""
    folder = tmp_path_factory.mktemp("driver")
    modules = build_outside(folder, arch, ["drivers/gpio/gpio-pl061.c",
                                           os.path.join(SOURCES, "wide.c")])
    with Machine(arch, append="initcall_blacklist=pl061_driver_init", log="driver-module",
                 mem="64M", edit=initramfs(folder, arch, modules)) as booted:
        log = booted.expect_prompt()
        assert "initcall: pl061_driver_init is on initcall_blacklist: not called\n" in log
        assert "platform gpio-keys: deferred probe still pending\n" in log
        assert booted.run("cat /sys/kernel/debug/devices_deferred") == ("gpio-keys\t\n", 0)
        yield booted


def test_a_driver_as_a_module_binds_works_and_stays_while_it_is_used(driver):
    insmod(driver, "gpio-pl061")
    assert driver.run("cat /sys/kernel/debug/devices_deferred") == ("", 0)
    assert "gpio-3   (GPIO Key Poweroff" in driver.run("cat /sys/kernel/debug/gpio")[0]
    assert re.search(r" pl061 +3 Edge +GPIO Key Poweroff", driver.run("interrupts")[0])
    assert re.search(r"^gpio_pl061 \d+ 1 - Live ", driver.run("cat /proc/modules")[0])
    mapped = driver.run("vmallocinfo | grep phys=0x0000000009030000")[0]
    assert mapped.endswith(" ioremap\n") and mapped.count("\n") == 1
    output, status = driver.run("rmmod gpio-pl061")
    assert status == 1 and "module: gpio_pl061: not removed: it is in use\n" in output


def test_more_than_there_is_memory_for_is_refused(driver, arch):
    """On arm module space itself is smaller than that."""
    if arch == "arm64":
        before = traces(driver)
        output = insmod(driver, "wide", status=1)
        assert "module: wide: there is not enough memory, or no address space for it\n" in output
        assert traces(driver) == before
