# SPDX-License-Identifier: MIT
"""A kernel that checks its locks: it finds each kind of mistake, and none in itself.

On arm64 only: the checks are the same code on both, and a build takes its time."""

import time

import pytest

from qemu import Machine, make

pytestmark = pytest.mark.xdist_group("test_locks-arm64")  # one build at a time

MISTAKES = {
    "SPINLOCKUP": r"provoke_spinlockup\+\S+ takes a lock that this processor has",
    "LOCK_ORDER": r"provoke_lock_order\+\S+ takes a lock inside another, which is also done the "
                  r"other way round: in provoke_lock_order",
    "LOCK_SLEEP": r"schedule\+\S+ sleeps with a lock held, taken by provoke_lock_sleep",
}


@pytest.fixture(scope="module", autouse=True)
def build():
    done = make("all", "ARCH=arm64", "DEBUG_LOCKS=1")
    assert done.returncode == 0, done.stderr


def booted(log, **options):
    def edit(command):
        return [word.replace("/build/arm64/", "/build/arm64-locks/") for word in command]
    return Machine("arm64", smp=4, edit=edit, log=log, timeout=60, **options)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_a_panic_that_names_the_code(name):
    with booted(f"locks-{name}") as machine:
        machine.expect_prompt()
        machine.child.send(f"echo {name} > /sys/kernel/debug/provoke-crash/DIRECT\r")
        machine.expect([f"Kernel panic - not syncing: locks: {MISTAKES[name]}"])


def test_the_kernel_makes_none():
    """Programs, pipes, files, a key that interrupts, and areas from several processors at once."""
    with booted("locks-none") as machine:
        machine.expect_prompt()
        for command in ("ls / | cat", "ps", "cat /proc/*/maps", "cat /proc/1/maps /proc/2/stat",
                        "cat /proc/vmallocinfo /proc/interrupts /proc/slabinfo", "mkdir /tmp/a",
                        "echo a > /tmp/a/b; cat /tmp/a/b", "vmstress 8 50 1 &", "vmstress 57 50 2",
                        "vmstorm 1 1", "ioremap 0x10000000 0x1000", "kill 99",
                        "cat /dev/zero > /dev/null &"):
            machine.run(command)
        for command in ("insmod /lib/modules/edu.ko", "cat /proc/modules", "rmmod edu"):
            assert machine.run(command)[1] == 0, "a module calls the checks, too"
        machine.child.send("sleep 100\r")
        time.sleep(1)  # until it runs
        machine.child.send("\x03")
        machine.expect_prompt()
        assert machine.poweroff() == 0


def test_the_tests_inside_make_none():
    with booted("locks-selftest", append="selftest") as machine:
        text, status = machine.wait_exit(timeout=180)
    assert "locks:" not in text and " 0 failed cases" in text
    assert status == 0
