# SPDX-License-Identifier: MIT
"""User mode cannot reach the kernel; the kernel's own mistakes are reported, not silent."""

import re

import pytest

from qemu import Machine

SIGSEGV_STATUS = 128 + 11

KERNEL = {"arm64": {"lowmem": 0xffff000000000000, "text": 0xffff800008000000},
          "arm": {"lowmem": 0xc0000000, "text": 0xc0208000}}


@pytest.mark.parametrize("kind", ["read", "write", "exec"])
@pytest.mark.parametrize("place", ["lowmem", "text"])
def test_user_access_to_the_kernel_kills_that_process(machine, arch, place, kind):
    address = KERNEL[arch][place]
    output, status = machine.run(f"access {address:#x} {kind}")
    assert status == SIGSEGV_STATUS
    assert re.search(rf"access\[\d+\]: segmentation fault: .*{address:#x}", output)
    assert machine.run("echo alive") == ("alive\n", 0)


def test_user_access_to_a_device_kills_that_process(machine):
    uart = re.search(r"0x([0-9a-f]+)-\S+ +8192 \S+ phys=0x0000000009000000",
                     machine.run("vmallocinfo")[0])[1]
    assert machine.run(f"access 0x{uart}")[1] == SIGSEGV_STATUS


def test_a_null_pointer_is_no_memory(machine):
    assert machine.run("access 0")[1] == SIGSEGV_STATUS


CRASHES = {
    "PANIC": "Kernel panic - not syncing: dumptest",
    "BUG": r"kernel BUG at drivers/misc/lkdtm\.c:\d+",
    "EXCEPTION": r"that address: the first page: a NULL pointer",
    "EXHAUST_STACK": r"kernel stack overflow: sp 0x[0-9a-f]+ ran out of its stack, "
                     r"0x[0-9a-f]+-0x[0-9a-f]+ of echo\[\d+\]\n.*Internal error: kernel stack",
    "WRITE_RO": r"permission fault, level \d\s+.*that address: kernel code",
    "EXEC_DATA": r"Unable to handle kernel execution of .*permission fault",
}


@pytest.mark.parametrize("name", CRASHES)
def test_a_crash_is_reported_with_names(arch, name):
    with Machine(arch, log=f"crash-{name}") as machine:
        machine.expect_prompt()
        machine.child.send(f"echo {name} > /sys/kernel/debug/provoke-crash/DIRECT\r")
        machine.expect(["Halted"])
        assert re.search(CRASHES[name], machine.text)
        assert re.search(r"Comm: echo", machine.text)
        assert re.search(r"(provoke|recurse)\w*\+0x", machine.text), "no symbol in the backtrace"


def test_an_overflow_names_the_stack_that_it_left(arch):
    with Machine(arch, log="overflow") as machine:
        machine.expect_prompt()
        machine.child.send("echo EXHAUST_STACK > /sys/kernel/debug/provoke-crash/DIRECT\r")
        machine.expect(["Halted"])
        sp, start, end = (int(word, 16) for word in re.search(
            r"sp (0x\w+) ran out of its stack, (0x\w+)-(0x\w+)", machine.text).groups())
    size = {"arm": 8 << 10, "arm64": 16 << 10}[arch]
    assert end - start == size and start % (2 * size) == 0
    assert start - 4096 < sp < start + 512  # one frame, or the room for the registers


VECTOR = {"arm": "vector_irq", "arm64": "el1_irq"}


def test_a_crash_in_an_interrupt_names_the_interrupted_code(arch):
    with Machine(arch, log="crash-interrupt") as machine:
        machine.expect_prompt()
        machine.child.send("echo BUG > /sys/kernel/debug/provoke-crash/INT_HARDWARE_ENTRY\r")
        machine.expect(["Halted"])
        trace = machine.text.partition("Call trace:")[2]
        names = re.findall(r"^\[[ .\d]+\]  (\w+)\+0x", trace, re.M)
    assert names[names.index("handle_irq"):] == ["handle_irq", VECTOR[arch], "cpu_startup_entry",
                                                 "start_kernel"]


MIB = 1 << 20


def tree_address(log, arch):
    """In its window, where the tree keeps its offset in a section or block."""
    row, back, unit = {"arm": (r" fdt : (0x\w+)", 0, MIB),
                       "arm64": (r" fixmap : 0x\w+ - (0x\w+)", 4 * MIB, 2 * MIB)}[arch]
    start = int(re.search(row, log)[1], 16) - back
    return start + int(re.search(r"device tree   (0x\w+)", log)[1], 16) % unit


@pytest.mark.parametrize("row, owner", [(".text", "kernel code"),
                                        (".rodata", "kernel read-only data"),
                                        ("tree", "the device tree's window|a fixmap slot")])
def test_a_write_to_read_only_memory_is_called_so(machine, arch, row, owner):
    log = machine.run("dmesg")[0]
    address = tree_address(log, arch) if row == "tree" else int(
        re.search(rf" {re.escape(row)} : (0x\w+)", log)[1], 16)
    assert machine.run(f"peek {address:#x} 8")[1] == 0
    output, status = machine.run(f"poke {address:#x} 0 8")
    assert status == 1 and re.fullmatch(
        rf"failed: write of {address:#x} faulted: read-only memory: ({owner})\n", output)


def test_a_device_that_does_not_answer_is_not_read_only(machine):
    address = machine.run("ioremap 0x9100000 0x1000")[0].strip()
    for command, access in ((f"peek {address}", "read"), (f"poke {address} 0", "write")):
        assert machine.run(command)[0].startswith(
            f"failed: {access} of {address} faulted: mapped, but nothing answers there")
    assert machine.run(f"iounmap {address}")[1] == 0


def test_a_warning_does_not_stop_the_kernel(machine):
    output, status = machine.run("echo WARNING > /sys/kernel/debug/provoke-crash/DIRECT")
    assert status == 0
    assert "WARNING: drivers/misc/lkdtm.c" in output


def test_panic_restarts_the_machine_when_told_to(arch):
    with Machine(arch, append="panic=-1", log="panic-restart", extra="-no-reboot") as machine:
        machine.expect_prompt()
        machine.child.send("echo PANIC > /sys/kernel/debug/provoke-crash/DIRECT\r")
        text, status = machine.wait_exit()
        assert "Kernel panic" in text and status == 0
