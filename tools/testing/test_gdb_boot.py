# SPDX-License-Identifier: MIT
"""`mc` where nothing can help it: the first instruction, the first tables, a kernel that died."""

import os
import re
import struct

import pytest

from gdb_session import Gdb, Session
from qemu import ROOT

FIRST_TABLES = {"arm64": "map_image", "arm": "map_image"}
LOADED = {"arm64": 0x40200000, "arm": 0x40010000}
HOME = {"arm64": 0x40200000, "arm": 0x40208000}
LINKED = {"arm64": 0xffff800008000000, "arm": 0xc0208000}
UBOOT = {"arm64": "/usr/lib/u-boot/qemu_arm64/u-boot.bin",
         "arm": "/usr/lib/u-boot/qemu_arm/u-boot.bin"}
MODE_IS_OFF = 'received: "0"'


def mode(gdb):
    return gdb.run("maintenance packet qqemu.PhyMemMode")


def rows(text):
    """What `mc where` says, by the first word of each line."""
    return {line[:15].strip(): line[15:] for line in text.splitlines()}


@pytest.fixture(scope="module")
def booting(arch):
    """A machine that has not executed an instruction."""
    with Session(arch, stopped=True, log="test_gdb_boot") as opened:
        opened.attach()
        yield opened


def test_before_the_first_instruction(booting, arch):
    """QEMU's own code at reset: GDB has symbols of the virtual addresses only."""
    found = rows(booting.gdb.run("mc where"))
    assert "MMU off" in found["level"]
    assert found["image"].startswith(f"at physical {LOADED[arch]:#x}")
    assert found["names"] == "mean virtual addresses"
    walk = booting.gdb.run("mc walk start_kernel")
    assert walk.startswith("The MMU is off.") and " nothing\n" in walk and "QEMU " in walk
    assert MODE_IS_OFF in mode(booting.gdb)


def test_at_the_kernels_first_instruction(booting, arch):
    booting.gdb.run("to-kernel")
    found = rows(booting.gdb.run("mc where"))
    assert f"linked for {LINKED[arch]:#x}" in found["image"]
    assert ("will move" in found["image"]) == (arch == "arm")
    assert found["pc"].startswith(f"{LOADED[arch]:#x} _head+0x0/")
    assert found["names"] == f"mean physical addresses, with _text at {LOADED[arch]:#x}"
    assert "not in use yet" in found["swapper_pg_dir"]
    assert booting.gdb.run(f"mc who {LINKED[arch]:#x}") == "kernel code\n"
    assert "in use" not in booting.gdb.run("mc fixmap")  # nothing, and no error


def test_in_the_middle_of_early_map(booting, arch):
    """Some tables are made, others not."""
    booting.gdb.run("hbreak early_map")
    booting.gdb.run("continue")
    assert booting.gdb.run(f"mc walk {LINKED[arch]:#x}").count(" nothing\n") == 1
    booting.gdb.run("hbreak dcache_inval_poc")
    booting.gdb.run("continue")
    text = booting.gdb.run(f"mc walk {LINKED[arch] + 0x123:#x}")
    assert f"physical   0x{HOME[arch] + 0x123:016x}\n" in text
    assert "owner      kernel code\n" in text and text.startswith("The MMU is off.")
    dump = booting.gdb.run("mc ptdump")
    assert re.search(rf"^0x0*{LINKED[arch]:x}-0x\w+ .* ro x ", dump, re.M)
    assert booting.gdb.run("mc vmallocinfo") == "" or arch == "arm64"
    assert MODE_IS_OFF in mode(booting.gdb)


def test_when_the_mmu_is_on(booting, arch):
    """The identity map is there for a while, and GDB tells the two halves apart."""
    booting.gdb.run("hbreak start_kernel")
    booting.gdb.run("continue")
    found = rows(booting.gdb.run("mc where"))
    assert "MMU on" in found["level"] and found["names"] == "mean virtual addresses"
    table = {"arm64": "TTBR1_EL1", "arm": "TTBR0"}[arch]
    assert "(swapper_pg_dir)" in found[table]
    text = booting.gdb.run(f"mc walk {HOME[arch]:#x}")
    assert f"physical   0x{HOME[arch]:016x}\n" in text and text.endswith(": agree\n")
    assert re.match(r"0x\w+ start_kernel\+0x\w+/", found["pc"]) and "ro x SHD" in found["pc"]


def test_boots_own_code_is_freed_at_its_end(booting):
    """Not earlier: it is running."""
    assert booting.gdb.run("mc who start_kernel") == "boot's own code and data\n"
    booting.gdb.run("hbreak start_init")
    assert "start_init" in booting.gdb.run("continue")
    assert booting.gdb.run("mc who start_kernel") == "boot's own memory, freed\n"


def test_a_device_is_not_read(booting, arch):
    """A table's entry that leads to a device: the walk stops there, and says so."""
    table = int(booting.gdb.run("python print(gdb.parse_and_eval("
                                "'(unsigned long)&swapper_pg_dir'))").strip(), 0)
    size, entry = {"arm64": (8, 0x09000003), "arm": (4, 0x09000001)}[arch]
    place = table + size * {"arm64": 300, "arm": 0xd00}[arch]
    address = {"arm64": 0xffff000000000000 + (300 << 39), "arm": 0xd0000000}[arch]
    kind = {8: "unsigned long", 4: "unsigned int"}[size]
    booting.gdb.run(f"set variable *({kind} *){place:#x} = {entry:#x}")
    said = booting.gdb.run(f"mc walk {address:#x}")
    booting.gdb.run(f"set variable *({kind} *){place:#x} = 0")
    assert said == "mc walk: physical 0x9000000: not in RAM, so it is not read\n"
    assert MODE_IS_OFF in mode(booting.gdb)


def test_run_explains_itself(booting):
    assert "`continue` lets it go on" in booting.gdb.run("run")
    assert "`to-kernel`" in booting.gdb.run("start")


@pytest.mark.parametrize("cpu", [None, "max"])
def test_a_kernel_that_died(arch, cpu):
    """-cpu max as well: the registers say how the tables look, not the processor's name."""
    command = "rdinit=/bin/false"
    with Session(arch, stopped=True, append=command, log="test_gdb_died",
                 extra=f"-cpu {cpu}" if cpu else "") as session:
        gdb = session.gdb
        session.attach()
        gdb.send("continue")
        session.machine.expect("Halted")
        session.interrupt()
        log = gdb.run("mc dmesg")
        assert "Kernel panic" in log and "Mercator" in log
        assert gdb.run("mc ps").split("\n")[2].split()[:2] == ["1", "0"]
        assert gdb.run("mc walk $pc").endswith(": agree\n")
        assert gdb.run("mc walk &init_task").endswith(": agree\n")
        assert " ioremap\n" in gdb.run("mc vmallocinfo")
        assert gdb.run("mc ptdump").count("\n") > 15
        assert "MMU on" in gdb.run("mc where") and MODE_IS_OFF in mode(gdb)


def test_a_stub_without_physical_addresses(arch):
    """As on a board: the same answers, through the kernel's own linear map."""
    commands = ["mc where", "mc walk $sp", "mc ptdump", "mc vmallocinfo", "mc iomem", "mc ps",
                "mc dmesg"]
    with Session(arch, log="test_gdb_stub") as session:
        session.attach()
        with_packet = [session.gdb.run(command) for command in commands]
        session.gdb.run("python import mercator.target; mercator.target.MODE = 'Qboard.Phys:'")
        without = [session.gdb.run(command) for command in commands]
        session.detach()
    assert without == with_packet and all(without)


def entry_point(arch, name):
    """Where a program begins. All are linked for the same address."""
    program = os.path.join(ROOT, "build", arch, "userland", "bin", f"{name}.elf")
    with open(program, "rb") as file:
        return struct.unpack_from({"arm64": "<24xQ", "arm": "<24xI"}[arch], file.read())[0]


def test_the_first_stop_is_in_a_program(arch):
    """Names mean virtual addresses from there on, as they do in the kernel."""
    with Session(arch, stopped=True, log="test_gdb_first_stop") as session:
        session.attach()
        session.gdb.run("to-kernel")
        session.gdb.run(f"hbreak *{entry_point(arch, 'init'):#x}")
        assert session.gdb.run("continue").endswith("names mean virtual addresses.\n")
        found = rows(session.gdb.run("mc where"))
        assert found["names"] == "mean virtual addresses" and "MMU on" in found["level"]
        assert "\nowner      kernel data\n" in session.gdb.run("mc walk &tty_port")


def test_in_a_program(arch):
    """The processor may not read the kernel now; GDB can, and high memory of arm as well."""
    entry = entry_point(arch, "echo")
    with Session(arch, mem={"arm64": "4G", "arm": "3G"}[arch], log="test_gdb_program") as session:
        gdb = session.gdb
        session.attach()
        low = gdb.mc("walk (unsigned long)high_memory - 1")["physical"]
        gdb.run(f"hbreak *{entry:#x}")
        gdb.send("continue")
        session.machine.child.send("echo seen\r")
        gdb.answer()
        found, own = rows(gdb.run("mc where")), gdb.mc("walk $pc")
        kernel, tasks = gdb.run("mc walk init_stack"), gdb.run("mc ps")
        session.detach()
        session.machine.expect_prompt()
    assert found["level"] == {"arm64": "EL0t, MMU on", "arm": "USR mode, MMU on"}[arch]
    pid = re.search(r"\(the tables of pid (\d+), echo\)",
                    found[{"arm64": "TTBR0_EL1", "arm": "TTBR0"}[arch]])
    assert re.search(rf"^ +{pid[1]} +\d+ R +echo$", tasks, re.M)
    assert own["physical"] == own["qemu"] and own["steps"][-1]["words"][0] == "USR"
    assert (own["physical"] > low) == (arch == "arm")  # arm64 has no high memory
    assert "\nphysical   0x000000004" in kernel and "\nowner      kernel data\n" in kernel
    assert kernel.endswith("nothing: differs, it was asked as a program, which may not access"
                           " this\n")


def test_at_el2(arch):
    """The kernel is started one level higher than it runs."""
    with Session(arch, stopped=True, extra="-M virtualization=on", log="test_gdb_el2") as session:
        session.attach()
        session.gdb.run("to-kernel")
        found = rows(session.gdb.run("mc where"))
        session.gdb.run("hbreak start_kernel")
        session.gdb.run("continue")
        later = rows(session.gdb.run("mc where"))
    assert found["level"] == {"arm64": "EL2h, MMU off", "arm": "HYP mode, MMU off"}[arch]
    assert later["level"] == {"arm64": "EL1h, MMU on", "arm": "SVC mode, MMU on"}[arch]


def firmware_instead(arch):
    """Edits a command line: U-Boot, and no kernel in memory."""
    def edit(command):
        at = command.index("-kernel")
        return [*command[:at], "-bios", UBOOT[arch], *command[at + 4:]]
    return edit


def test_in_the_firmware(arch):
    """U-Boot has tables of its own, of 40 bits on arm64 and of another format on arm."""
    with Session(arch, stopped=True, edit=firmware_instead(arch), log="test_gdb_uboot") as session:
        session.attach()
        session.gdb.send("continue")
        session.machine.expect("any key")
        session.interrupt()
        found, walk = rows(session.gdb.run("mc where")), session.gdb.run("mc walk $pc")
        refused = session.gdb.run("mc vmallocinfo")
        assert found["image"].startswith("not found in memory")
        if arch == "arm64":
            assert "(firmware's), from 0x0, 4 levels" in found["TTBR0_EL1"]
            assert walk.startswith("bits 39:39 = 0, ") and walk.endswith(": agree\n")
        else:
            assert found["tables"] == "not decoded: long descriptors (TTBCR.EAE)"
            assert walk == "long descriptors (TTBCR.EAE)\n"
        assert re.fullmatch(r"mc vmallocinfo: the kernel of .* is not found in memory: .*\n",
                            refused)
        assert MODE_IS_OFF in mode(session.gdb)


def test_no_machine_and_no_kernel(arch):
    gdb = Gdb(f"build/{arch}/kernel.elf", "-x", "tools/gdb/mercator.py")
    said = gdb.run("mc where")
    gdb.close()
    assert said == ("mc where: no machine: `make debug` starts one, and `target remote` connects to"
                    " one that runs\n")
