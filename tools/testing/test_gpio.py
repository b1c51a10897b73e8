# SPDX-License-Identifier: MIT
"""The power key: a pin of the PL061, pressed from outside, turns the machine off."""

import json
import re
import socket

import pytest

from qemu import Machine


def press_power(path):
    """What a user does by system_powerdown in the monitor."""
    with socket.socket(socket.AF_UNIX) as qmp:
        qmp.connect(path)
        with qmp.makefile("rw", encoding="utf-8") as stream:
            for command in ("qmp_capabilities", "system_powerdown"):
                stream.write(json.dumps({"execute": command}) + "\n")
                stream.flush()
                while "return" not in json.loads(stream.readline()):
                    pass  # the greeting, and events


@pytest.fixture(scope="module")
def pressed(arch, tmp_path_factory):
    """(what debugfs says of the pins, /proc/interrupts, the text of the end, QEMU's status)"""
    path = str(tmp_path_factory.mktemp("qmp") / "s")
    with Machine(arch, extra=f"-qmp unix:{path},server=on,wait=off", log="gpio") as machine:
        machine.expect_prompt()
        pins = machine.run("cat /sys/kernel/debug/gpio")[0]
        interrupts = machine.run("interrupts")[0]
        press_power(path)
        return pins, interrupts, *machine.wait_exit()


def test_the_pin_has_its_user(pressed):
    assert re.fullmatch(r"gpiochip0: GPIOs 0-7, parent: 9030000\.pl061, 9030000\.pl061:\n"
                        r" gpio-3   \(GPIO Key Poweroff   \) in  lo\n", pressed[0]), pressed[0]


def test_the_pin_is_an_interrupt_of_its_own(pressed):
    """The chip has a line of the GIC, and the key a line of the chip. None has fired yet."""
    rows = re.findall(r"^ *\d+: +(\d+) (\S+) +(\d+) (\w+) +(.*)$", pressed[1], re.M)
    assert ("0", "GIC-0", "39", "Level", "9030000.pl061") in rows, pressed[1]
    assert ("0", "pl061", "3", "Edge", "GPIO Key Poweroff") in rows, pressed[1]


def test_the_power_key_ends_the_machine(pressed):
    text, status = pressed[2:]
    assert re.search(r"gpio-keys gpio-keys: GPIO Key Poweroff \(code 116\) is pressed\n"
                     r".*reboot: Power down\n", text), text
    assert status == 0
