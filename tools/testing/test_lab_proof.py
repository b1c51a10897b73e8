# SPDX-License-Identifier: MIT
"""Each lab measures what it says: its solution has all points, and what is wrong loses its own.

On arm64, as `make test` has two minutes for all labs; `make lab-proof` runs both architectures.
"""

import pytest

from labs import ARCHS, GRADED, solution, with_holes, wrong_solution
from grade import grade_files
from workspace import prepare

LABS = pytest.mark.parametrize("lab", GRADED, ids=lambda lab: lab.folder.split("/")[-1])


def rows(kind):
    """(lab, row) of each lab's table."""
    return pytest.mark.parametrize("lab, row", [
        pytest.param(lab, row, id=f"{lab.number}-{row.get('name') or row['function']}")
        for lab in GRADED for row in getattr(lab, kind)])


@pytest.fixture(scope="session")
def base_of():
    """The grader's objects of a lab, compiled once."""
    bases = {}

    def get(lab):
        if lab.number not in bases:
            bases[lab.number] = prepare(lab, ARCHS)
        return bases[lab.number]
    return get


def lost(lab, files, base_of, check=None):
    """{check: reasons} of the checks that have no points."""
    grade = grade_files(lab, files, ARCHS, check, base=base_of(lab))
    assert check or grade.of == lab.points
    assert all(result.points in (0, result.of) for result in grade.results)
    return {result.name: result.came for result in grade.results if not result.points}


@LABS
def test_solution_has_all_points(lab, base_of):
    assert lost(lab, solution(lab), base_of) == {}


@LABS
def test_starter_loses_every_check_and_says_why(lab, base_of):
    reasons = lost(lab, with_holes(lab, lab.hole), base_of)
    assert reasons.keys() == {check["name"] for check in lab.check}
    for check in lab.check:
        assert any("yours to write" in reason for reason in reasons[check["name"]]), reasons


@rows("hole")
def test_each_hole_alone_fails_its_check(lab, row, base_of):
    reasons = lost(lab, with_holes(lab, [row]), base_of, row["check"])
    assert any(f"{row['function']}() is yours to write" in text for text in reasons[row["check"]])


@rows("wrong")
def test_wrong_solution_loses_what_it_should(lab, row, base_of):
    assert sorted(lost(lab, wrong_solution(lab, row), base_of)) == sorted(row["loses"])


@LABS
def test_there_are_three_wrong_solutions(lab):
    assert len(lab.wrong) >= 3
    assert {check["name"] for check in lab.check} == set().union(
        *(wrong["loses"] for wrong in lab.wrong), *({hole["check"]} for hole in lab.hole))
