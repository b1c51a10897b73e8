# SPDX-License-Identifier: MIT
"""Dates that 31 or 32 bits of seconds cannot hold."""

import re
import sys

import pytest

from emulated import ROOT

sys.path.insert(0, str(ROOT / "tools" / "testing"))

from qemu import Machine  # noqa: E402  pylint: disable=wrong-import-position


@pytest.mark.parametrize("base, shown", [
    ("2038-01-19T03:14:06", "Tue Jan 19 03:1?:?? UTC 2038"),  # the last seconds of 31 bits
    ("2040-02-29T12:00:00", "Wed Feb 29 12:0?:?? UTC 2040"),
    ("2100-02-28T23:59:57", "Mon Mar  1 00:0?:?? UTC 2100"),  # no leap year
    ("2106-02-07T06:00:00", "Sun Feb  7 06:0?:?? UTC 2106"),  # the last hour of 32 bits
])
@pytest.mark.parametrize("arch", ["arm64", "arm"])
def test_dates_beyond_2038(arch, base, shown):
    with Machine(arch, mem="64M", log="date", extra=f"-rtc base={base}") as machine:
        machine.expect_prompt()
        text = machine.type("sleep 4; date; uptime")
    assert re.match(shown.replace("?", r"\d") + "\n", text), text
    assert re.search(r"^\d\d:\d\d:\d\d up 0:\d\d:\d\d$", text, re.M), text
