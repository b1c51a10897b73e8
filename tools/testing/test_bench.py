# SPDX-License-Identifier: MIT
"""`make bench`: its figures repeat, grow as the book says, and do not get worse than the budget."""

import os
import re
import sys
import xml.etree.ElementTree

import pytest

from qemu import ROOT, make

sys.path.insert(0, os.path.join(ROOT, "tools", "bench"))
import bench  # noqa: E402
import budget  # noqa: E402
import chart  # noqa: E402
import profiler  # noqa: E402

PAGE = "ioremap 0x10000000 0x1000"


@pytest.fixture(scope="module")
def results(arch):
    return bench.run(arch, f"build/{arch}")


def pair(results, command):
    return next(entry["pair"] for entry in results if entry["command"] == command)


@pytest.mark.parametrize("some", ["0x100000", "boot"])
def test_two_runs_agree(arch, some):
    first = bench.run(arch, f"build/{arch}", some)
    assert first and first == bench.run(arch, f"build/{arch}", some)


def test_cost_hardly_grows_with_live_areas(results):
    """Also where the first gap is used up, and the mark above the areas has moved on."""
    live = [entry for entry in results if entry["name"] == "ioremap 4K"]
    assert max(entry["live"] for entry in live) >= 10000
    assert all(entry["pair"] < 1.5 * pair(results, PAGE) for entry in live)


def test_larger_leaves_cost_less_than_pages(results):
    assert pair(results, "ioremap 0x10000000 0x200000") < \
        pair(results, "ioremap 0x10001000 0x200000") / 3


def test_boot_does_not_grow_with_memory(arch, results):
    for memory in {"arm64": ["64M", "4G"], "arm": ["64M", "2G"]}[arch]:
        (line,) = bench.answers(arch, f"build/{arch}", ["boot"], memory=memory)
        cost = int(bench.ANSWER.search(line)["make"])
        assert cost < 1.02 * pair(results, "boot"), memory


def test_a_static_mapping_costs_least(results):
    assert pair(results, "ioremap 0x0a000000 0x1000") < pair(results, PAGE) / 3


def test_no_figure_is_worse_than_its_budget(arch, results):
    compiler = budget.compiler(f"build/{arch}")
    agreed = budget.read(arch, compiler)
    if agreed is None:
        pytest.skip(f"no budget for {compiler}: make bench BUDGET=1 writes one")
    assert not bench.worse(arch, f"build/{arch}", agreed, results)
    assert agreed.keys() == {entry["command"] for entry in results}


def test_an_area_may_have_bad_luck_with_its_place(arch, results):
    """Not everywhere, and a page has no place."""
    entries = [{**entry, "pair": 9999} for entry in results if entry["command"] in (PAGE, "page")]
    fair = {PAGE: pair(results, PAGE) * 1.2, "page": pair(results, "page")}
    assert bench.worse(arch, f"build/{arch}", fair, entries) == \
        [f"page: 9999 guest instructions, budget {fair['page']}"]
    (first, _) = bench.worse(arch, f"build/{arch}", {PAGE: 100, "page": 100}, entries)
    assert re.fullmatch(rf"{PAGE}: [67]\d\d guest instructions, budget 100", first)


def figures(arch, row):
    """Our figure and Linux's, as the book writes them."""
    (agreed,) = [costs for version, costs in budget.read_all()[arch].items() if " 12." in version]
    ours, linux = agreed.get(row["command"]), row.get("linux", {}).get(arch)
    return [f"{ours:,}" if ours else "–", f"{sum(linux):,}" if linux else "–"]


def test_the_book_says_the_figures():
    """The table of docs/cost.md is GCC 12's budget."""
    with open(os.path.join(ROOT, "docs", "cost.md"), encoding="utf-8") as file:
        table = [line for line in file.read().splitlines() if line.startswith("| ")][1:]
    rows = {row["command"]: row for row in bench.measures("arm64")}
    for row, line in zip(rows.values(), table, strict=True):
        assert line.startswith(f"| {row['name']} | ")
        assert line.endswith(" | ".join(["", *figures("arm64", row), *figures("arm", row), ""])
                             .rstrip()), row["command"]


def test_a_worse_figure_is_named():
    agreed = {"page": 100, "kmalloc 64": 200}
    results = [{"command": "page", "pair": 103}, {"command": "kmalloc 64", "pair": 204}]
    assert budget.exceeded(agreed, results) == ["page: 103 guest instructions, budget 100"]


def test_the_curves_have_every_population(results, arch):
    """Each figure is as high as it is large, in the colour of the name beside the curve."""
    svg = xml.etree.ElementTree.fromstring(chart.growth(arch, results))
    name = "{http://www.w3.org/2000/svg}%s"
    lines = {line.get("stroke"): [tuple(map(float, point.split(",")))
                                  for point in line.get("points").split()]
             for line in svg.findall(name % "polyline")}
    named = {text.get("fill"): text.text for text in svg.findall(name % "text")}
    rows = sorted((entry["live"], entry["pair"], sum(entry["linux"] or [])) for entry in results
                  if entry["name"] == "ioremap 4K")
    assert len(rows) >= 4
    costs = {"Mercator": [ours for _, ours, _ in rows],
             "Linux 6.1": [linux for _, _, linux in rows if linux]}
    scale = (chart.HEIGHT - chart.BOTTOM - chart.TOP) / max(sum(costs.values(), []))
    for colour, points in lines.items():
        assert [x for x, _ in points] == sorted({x for x, _ in points}), "from few to many"
        heights = [chart.HEIGHT - chart.BOTTOM - y for _, y in points]
        assert heights == pytest.approx([scale * cost for cost in costs[named[colour]]], abs=0.06)


def test_a_profile_names_the_functions(arch, results):
    """Their sum is the measured pair, and the two readings of the counter around each half."""
    found = profiler.profile(arch, f"build/{arch}", "ioremap-4k")
    executed, different = profiler.total(found)
    assert {"ioremap", "iounmap", "kfree"} <= found.keys()
    assert 0 <= executed - pair(results, PAGE) < 100
    assert executed / 2 < different <= executed and found["kfree"][0] == found["kfree"][1]


def test_the_book_says_how_much_code_boot_runs(arch):
    """A block is four to five instructions, which the book rounds to thousands."""
    said = re.search(r"about\s+(\d+),000\s+different\s+instructions\s+run",
                     open(os.path.join(ROOT, "docs", "cost.md"), encoding="utf-8").read())
    executed, different = profiler.total(profiler.profile(arch, f"build/{arch}", "boot"))
    assert different == pytest.approx(int(said[1]) * 1000, rel=0.05)
    assert executed > 50 * different


def test_a_profile_of_nothing_lists_what_there_is(arch):
    done = make("profile", f"ARCH={arch}", "OP=nonsense")
    assert done.returncode and "no operation is named 'nonsense'" in done.stderr
    assert "  ioremap-4k-1000\n" in done.stderr and "  boot\n" in done.stderr


def test_latency_measures_what_it_knows(machine):
    for what in "syscall", "switch":
        output, status = machine.run(f"latency {what}")
        assert status == 0 and 0 < int(bench.ANSWER.search(output)["make"]) < 1000000
    output, status = machine.run("latency nothing")
    assert status == 2 and "nothing is neither syscall nor switch" in output.replace(": ", " ")


@pytest.mark.parametrize("command, reason", [
    ("bench nonsense", "failed: unknown operation nonsense: ioremap ioremap-holes vmalloc"),
    ("bench find", "failed: usage: bench find LIVE"),
    ("bench ioremap 0x10000000 0x1000 10 x", "failed: usage: bench OP [PHYS] [SIZE] [LIVE]"),
    ("bench find 1", "failed: LIVE is at least 2"),
    ("bench ioremap 0x9000000", "failed: usage: bench ioremap PHYS SIZE [LIVE]"),
    ("bench vmalloc 0", "failed: size is 0"),
    ("bench fixmap", "failed: usage: bench fixmap PHYS [LIVE]"),
    ("bench ioremap 0x40000000 0x1000", "failed: the range meets RAM"),
    ("bench ioremap 0x10000000 0x1000 1000001", "failed: 1000001 is too large"),
])
def test_a_refusal_is_one_line_and_leaves_nothing(machine, command, reason):
    before = machine.run("vmallocinfo")[0]
    output, status = machine.run(command)
    assert status == 1 and reason in output and len(output.splitlines()) == 1
    assert machine.run("vmallocinfo")[0] == before
