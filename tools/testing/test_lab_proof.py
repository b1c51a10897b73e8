# SPDX-License-Identifier: MIT
"""Each lab measures what it says: its solution has all points, and what is wrong loses its own.

`make test` proves it with all mutants of a lab in one program, on arm64 unless a lab asks for more
(archs_of()); `make test-long` grades each by itself, on both architectures. A kernel with a wrong
function runs those checks here that it must lose, and all of them there.
"""

import os

import pytest

from labs import (GRADED, LONG, all_mutants, archs_of, here, mutants, solution, with_holes,
                  wrong_function, wrong_solution, write_image)
import child
from grade import (Asked, build_complaints, grade_files, kernel_complaint, only_for, run_checks,
                   run_guests)
from guest import kernel_of
from workspace import clean_environment, prepare, workspace


def of_lab(lab, *values, name=""):
    """An item of a lab; all of one lab run in one process, which compiles once."""
    folder = lab.folder.split("/")[-1]
    return pytest.param(lab, *values, id=f"{folder}-{name}" if name else folder,
                        marks=pytest.mark.xdist_group(folder))


LABS = pytest.mark.parametrize("lab", [of_lab(lab) for lab in GRADED])
HOLES = pytest.mark.parametrize("lab, row", [
    of_lab(lab, row, name=row["function"]) for lab in GRADED for row in here(lab, lab.hole)])
WRONG = pytest.mark.parametrize("lab, row", [
    of_lab(lab, row, name=row["name"]) for lab in GRADED for row in here(lab, lab.wrong)])


@pytest.fixture(scope="module")
def built():
    """For each lab: the grader's objects, and a tree in which all mutants are compiled."""
    trees, open_trees = {}, []

    def get(lab):
        if lab.number not in trees:
            base, files = prepare(lab, archs_of(lab)), {} if LONG else all_mutants(lab)
            open_trees.append(workspace(base, files))
            tree = open_trees[-1].__enter__()
            assert LONG or build_complaints(tree, base, files) == {}
            assert LONG or not any(kernel_complaint(tree, base, arch, files)
                                   for arch in base.kernels)
            trees[lab.number] = base, tree
        return trees[lab.number]
    yield get
    for tree in open_trees:
        tree.__exit__(None, None, None)


def images(tree, base, number):
    """{architecture: the kernel of a mutant}."""
    kernels = {}
    for arch in base.kernels:
        path = os.path.join(tree, f"{arch}-{number}")
        write_image(kernel_of(tree, arch), number, path)
        kernels[arch] = kernel_of(tree, arch, path)
    return kernels


@pytest.fixture
def lost(built, monkeypatch):
    """Returns {check: reasons} of the checks without points; row None is the solution."""
    def graded(lab, row, base, check):
        files = (solution(lab) if row is None else wrong_solution(lab, row) if "loses" in row
                 else with_holes(lab, [row]))
        return {result.name: result.came for result in
                grade_files(lab, files, Asked(archs_of(lab), check), base=base).results
                if not result.points}

    def chosen(lab, row, base, tree, check):
        number = mutants(lab).index(row) + 1 if row else 0
        monkeypatch.setattr(child, "clean_environment",
                            lambda: {**clean_environment(), "LAB_MUTANT": f"{number:02}"})
        checks = [one for one in lab.check if check in ("", one["name"])]
        guests = [one for one in lab.guest if row is None or one["name"] in row.get("loses", ())]
        came = {**run_checks(checks, tree, only_for(base, checks), {}),
                **run_guests(lab, guests, images(tree, base, number), "")}
        return {name: reasons for name, reasons in came.items() if reasons}

    def get(lab, row, check=""):
        base, tree = built(lab)
        return graded(lab, row, base, check) if LONG else chosen(lab, row, base, tree, check)
    return get


@LABS
def test_solution_has_all_points(lab, lost):
    assert lost(lab, None) == {}


@LABS
def test_starter_loses_every_check_and_says_why(lab, built):
    grade = grade_files(lab, with_holes(lab, lab.hole), Asked(archs_of(lab)), base=built(lab)[0])
    assert grade.points == 0 and grade.of == lab.points
    for result in grade.results:
        assert any("yours to write" in reason for reason in result.came), result


@HOLES
def test_each_hole_alone_fails_its_check(lab, row, lost):
    reasons = lost(lab, row, row["check"])
    assert any(f"{row['function']}() is yours to write" in text for text in reasons[row["check"]])


@WRONG
def test_wrong_solution_loses_what_it_should(lab, row, lost):
    assert sorted(lost(lab, row)) == sorted(row["loses"])


@WRONG
def test_wrong_solution_is_another_than_the_solution(lab, row):
    """One that has become the solution proves nothing."""
    assert wrong_function(lab, row) not in solution(lab)[row["file"]]


@LABS
def test_there_are_three_wrong_solutions(lab):
    assert len(here(lab, lab.wrong)) >= 3
