# SPDX-License-Identifier: MIT
"""The guided tours: each step's place is in the source, and each tour runs to its end."""

import json
import os
import re
import sys

import pytest

from gdb_session import Session
from qemu import ROOT

sys.path.insert(0, os.path.join(ROOT, "tools", "gdb"))
from mercator import tours  # noqa: E402  pylint: disable=wrong-import-position

# What the last step of a tour shows when all went well.
LAST = {
    "boot": r"---\[ .* \]---(?s:.*)RW NX SHD",
    "early_ioremap": r"\(gdb\) mc fixmap\n(?!(?s:.*)early_ioremap 0)",
    "ioremap": r"physical   0x0000000009030000\n",
    "sections": r"SECT\nphysical   0x0000000010300000\n",
    "blocks": r"BLK (?s:.*)physical   0x00000000103fffff\n",
    "iounmap": r"  nothing\nowner ",
    "fault": r"fixup_exception",
    "switch": r"(?s:.*)\$\d+ = ",
}


@pytest.mark.parametrize("name", tours.names())
def test_each_place_is_in_the_source(name, arch):
    tour = tours.read(name, arch)
    for step in tour["step"] if tour else []:
        tours.find_place(arch, step["at"], step.get("text"))
        assert 1 < len(re.findall(r"[.?:](?:\s|$)", step["say"])) < 8 and step["show"]


def test_a_place_that_is_gone_is_named(arch):
    with pytest.raises(tours.BadTour, match="there is no function no_such_function"):
        tours.find_place(arch, "no_such_function")
    with pytest.raises(tours.BadTour, match="__iounmap.. in mm/ioremap.c has no text 'nowhere'"):
        tours.find_place(arch, "__iounmap", "nowhere")
    assert tours.find_place(arch, "map_area").file == "mm/ioremap.c"


@pytest.mark.parametrize("name", tours.names())
def test_a_tour_to_its_end(name, arch):
    tour = tours.read(name, arch)
    if tour is None:
        pytest.skip("a tour of the other architecture")
    early = "start" in tour
    with Session(arch, stopped=early, log=f"test_tour_{name}") as session:
        session.attach()
        gdb = session.gdb
        if early:
            gdb.run("to-kernel")
        assert f"{name:<14} {tour['title']}" in gdb.run("mc tour")
        said = gdb.run(f"mc tour {name}")
        for number, step in enumerate(tour["step"], 1):
            typed = re.search(r"^Type at the shell.*: (.*)$", said, re.M)
            gdb.send("mc next")
            if typed:
                session.machine.child.send(typed[1] + "\r")
            said = gdb.answer()
            assert said.startswith(f"{name} {number}/{len(tour['step'])}: "), said
            assert step["at"] in said.split("\n")[0] and step["say"] in said
            assert not re.search(r"^mc \w+: |Error|No symbol", said, re.M), said
        assert re.search(LAST[name], said), said
        assert "That was the last step." in said
        assert "is over" in gdb.run("mc next") and "there is no tour" in gdb.run("mc next")


def test_a_tour_can_be_left(arch):
    with Session(arch, log="test_tour_left") as session:
        session.attach()
        assert "there is no tour ship" in session.gdb.run("mc tour ship")
        session.gdb.run("mc tour ioremap")
        assert session.gdb.run("complete mc tour io").split() == [
            "mc", "tour", "ioremap", "mc", "tour", "iounmap"]
        assert session.gdb.run("mc tour leave") == "Left ioremap.\n"
        assert session.gdb.run("mc next") == "mc next: there is no tour: `mc tour` lists them\n"


def test_the_data_of_a_step(arch):
    """And of a stop before it, at a breakpoint: then the step is still to come."""
    with Session(arch, stopped=True, log="test_tour_data") as session:
        session.attach()
        gdb = session.gdb
        gdb.run("to-kernel")
        assert gdb.mc("tour boot") == {"steps": 5}
        gdb.run("hbreak map_image")
        first, said = gdb.mc("next"), gdb.run("mc next -json")
        elsewhere = json.loads(said[said.index("{\""):])  # GDB itself says which breakpoint it is
        assert first["frame"].startswith("#0  early_map (") and "The MMU is off" in first["say"]
        assert [first[key] for key in ("tour", "step", "steps", "arrived")] == ["boot", 1, 5, True]
        assert [row["command"] for row in first["show"]] == ["mc where"]
        assert "MMU off" in first["show"][0]["said"] and "`mc next` goes on" in first["next"][0]
        assert not elsewhere["arrived"] and elsewhere["step"] == 1
        assert "map_image" in elsewhere["frame"]
