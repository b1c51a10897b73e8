# SPDX-License-Identifier: MIT
"""Hidden checks: GRADER_EXTRA adds host tests and checks of a running kernel to a lab."""

import os

import pytest

from labs import lab_number, solution, with_holes
from extra import with_extra
from grade import Asked, grade_files
from manifest import BadInput
from qemu import make

LAB = lab_number(4)
TOML = """
[[check]]
name = "hidden-host"
points = 5
program = "hidden"
cases = ["hidden.last_byte"]
asks = "The last byte of a range is memory, the one behind it is not."
look = "Count to the last byte."

[[guest]]
name = "hidden-guest"
points = 5
steps = [["", "memory {ram} 0x8000000", "unreserved 0x30000000 0x1000"]]
asks = "In a running kernel memblock has the machine's RAM."
look = "memblock_add() is called for each bank."
"""
TEST = """
#include <kernel/base/kunit.h>
#include <mm/tests/memblock_fixture.h>

static int init(struct kunit *test)
{
	memblock_fixture_init(test);
	return 0;
}

static void last_byte(struct kunit *test)
{
	memblock_add(0x1000, 0x1000);
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x1fff));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0x2000));
}

static const struct kunit_case cases[] = { KUNIT_CASE(last_byte), {} };
static const struct kunit_suite hidden_suite = { .name = "hidden", .init = init, .cases = cases };
kunit_test_suite(hidden_suite);
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "04-memblock"
    os.makedirs(place)
    (place / "lab.toml").write_text(TOML)
    (place / "hidden_test.c").write_text(TEST)
    (place / "tests.mk").write_text("$(call test,hidden,$(BOTH),extra/hidden_test.c $(MEMBLOCK))\n")
    return tmp_path


def grade(files, lab, check):
    return grade_files(lab, files, Asked(("arm64",), check, extra="../kept")).results[0]


@pytest.mark.xdist_group("lab-extra")
def test_hidden_checks_give_points_and_reasons(folder):
    lab = with_extra(LAB, str(folder))
    assert lab.points == LAB.points + 10 and lab.taken == LAB.taken
    open_lab = with_holes(LAB, LAB.hole)
    for name in ("hidden-host", "hidden-guest"):
        assert grade(solution(LAB), lab, name).points == 5
        result = grade(open_lab, lab, name)
        assert result.points == 0 and "yours to write" in " ".join(result.came)
        assert result.command == f"make grade LAB=4 CHECK={name} ARCH=arm64 GRADER_EXTRA=../kept"


def test_other_labs_are_as_they_were(folder):
    assert with_extra(lab_number(3), str(folder)) == lab_number(3)
    assert with_extra(LAB, "") is LAB


@pytest.mark.parametrize("spoil, complaint", [
    (lambda place: (place / "lab.toml").write_text("x"), "lab.toml: Expected"),
    (lambda place: os.remove(place / "lab.toml"), "lab.toml: .* No such file"),
    (lambda place: (place / "lab.toml").write_text("[[hole]]\n"), "only ..check.. and ..guest.."),
    (lambda place: (place / "lab.toml").write_text(
        TOML.replace("hidden-host", LAB.check[0]["name"])),
     "the lab has a check .* already"),
    (lambda place: (place / "lab.toml").write_text(TOML.replace("points = 5", "")), "lacks"),
])
def test_folder_that_does_not_fit_is_refused(folder, spoil, complaint):
    spoil(folder / "04-memblock")
    with pytest.raises(BadInput, match=complaint):
        with_extra(LAB, str(folder))


def test_make_names_a_folder_that_is_not_there():
    done = make("grade", "LAB=4", "GRADER_EXTRA=/nowhere")
    assert done.stderr.startswith("GRADER_EXTRA=/nowhere is not a folder") and not done.stdout
