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
    "EXHAUST_STACK": r"kernel stack overflow: sp 0x[0-9a-f]+ ran out of its stack",
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
