# SPDX-License-Identifier: MIT
"""The grader is not fooled, and says what happened in every form that it offers."""

import base64
import json
import os
import re
import signal
import subprocess
import xml.etree.ElementTree as xml

import pytest

from labs import lab_number, locate, read, solution, starter, with_function, wrong_solution
import child
import report
from grade import Asked, globals_of, grade_files, grade_folder, run_checks, run_guests
from manifest import BadInput
from qemu import ROOT, make
from workspace import NotGraded, prepare

LAB = lab_number(3)
FILE, FUNCTION = "mm/early_ioremap.c", "__early_ioremap"
HEAD = "static void *__early_ioremap(phys_addr_t phys, unsigned long size, pgprot_t prot)\n"


@pytest.fixture(scope="module")
def base():
    return prepare(LAB, ["arm64"])


def grade(base, files, check=""):
    return grade_files(LAB, files, Asked(("arm64",), check), base=base)


def hand_in(folder, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(folder / path), exist_ok=True)
        (folder / path).write_text(text)


def reasons(result):
    return " ".join(reason for check in result.results for reason in check.came)


# --- Submissions that want points without work ---

PASSES = "".join(f'\\n    ok 1 {case.split(".")[1]}' for check in LAB.check
                 for case in check["cases"])
HOSTILE = {
    "prints that all is well": (f"""{{
	printk(KERN_INFO "KTAP version 1\\n1..1{PASSES}\\n");
	return NULL;
}}""", "expected"),
    "ends early with status 0": ("""{
	__attribute__((noreturn)) void exit(int status);
	exit(0);
}""", "ended with exit status 0 before the case was over"),
    "prints that all is well, and ends": (f"""{{
	__attribute__((noreturn)) void _exit(int status);
	printk(KERN_INFO "begin\\n{PASSES}\\nend\\n");
	_exit(0);
}}""", "ended with exit status 0 before the case was over"),
    "ends itself by a signal": ("""{
	int raise(int signal);
	raise(9);
	return NULL;
}""", "ended by signal 9"),
    "never ends": ("""{
	for (;;)
		;
}""", "an endless loop?"),
    "prints one line without end": ("""{
	long write(int fd, const void *data, unsigned long size);
	for (;;)
		write(1, "never a new line", 16);
}""", "printed more than 4 MiB"),
    "prints without end": ("""{
	for (;;)
		printk(KERN_INFO "%1000d\\n", 1);
}""", "printed more than 4 MiB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_points_without_work(name, base, monkeypatch):
    body, reason = HOSTILE[name]
    monkeypatch.setattr(child, "CPU_SECONDS", 2)
    check = "" if name == "prints that all is well" else "offset"
    result = grade(base, with_function(LAB, FILE, FUNCTION, HEAD + body), check)
    assert result.points == 0
    assert reason in reasons(result)


def test_loops_in_many_cases_cost_no_hours(base, monkeypatch):
    """Three cases that do not end are enough; the rest is not run, and says why."""
    monkeypatch.setattr(child, "CPU_SECONDS", 1)
    monkeypatch.setattr(child, "TOGETHER", 2)
    result = grade(base, with_function(LAB, FILE, FUNCTION, HEAD + HOSTILE["never ends"][0]))
    assert "not run, because 4 cases before it: an endless loop?" in reasons(result)
    ran = {row["name"] for row in LAB.guest}
    assert not any(row.points for row in result.results if row.name not in ran | {"leaks"})


def test_constructor_earns_nothing(base):
    """It runs before the runner does, and ends the program."""
    files = solution(LAB)
    files[FILE] += f"""
__attribute__((noreturn)) void _exit(int status);
static void __attribute__((constructor)) early(void)
{{
	printk(KERN_INFO "begin{PASSES}\\n");
	_exit(0);
}}
"""
    assert grade(base, files).points == 0


def test_own_tests_and_makefile_are_not_looked_at(tmp_path):
    """A whole tree of them, around a starter's files."""
    files = {path: starter.starter_source(LAB, path, read(path)) for path in LAB.taken}
    cheat = "all:\n\t@echo '100/100 in all'\n%:\n\t@touch $@; chmod +x $@\n"
    hand_in(tmp_path, {**files, "Makefile": cheat, "tools/testing/host/Makefile": cheat,
                       "tools/lab/lab.py": "print('100/100')\n", "kernel/base/kunit.h": "#error\n",
                       "tools/testing/host/main.c": "int main(void) { return 0; }\n",
                       "mm/tests/early_ioremap_test.c": "", "kernel/base/kunit.c": ""})
    result = grade_folder(LAB, Asked(("arm64",), where=str(tmp_path)))
    assert result.points == 0 and "is yours to write" in reasons(result)


@pytest.mark.parametrize("text, reason", [
    ("int printk(const char *fmt, ...)\n{\n\treturn 0;\n}\n", "defines printk for all files"),
    ("void *kmalloc(size_t size, unsigned int gfp)\n{\n\treturn NULL;\n}\n", "defines kmalloc"),
    ("#include <mm/tests/early_ioremap_test.c>\n", "which is not a header of this tree"),
    (f'#include "{ROOT}/mm/page.h"\n', "which is not a header of this tree"),
    ("static int broken(void) { return missing; }\n", "error: ‘missing’ undeclared"),
])
def test_file_is_refused(base, text, reason):
    files = solution(LAB)
    files[FILE] += text
    result = grade(base, files, "kinds")
    assert result.points == 0
    assert reason in reasons(result).replace("'missing'", "‘missing’")


def test_case_of_the_same_name_is_not_the_graders(base):
    files = solution(LAB)
    files[FILE] += """
#include <kernel/base/kunit.h>
static void fine(struct kunit *test)
{
}
static const struct kunit_case cases[] = {
	{ .run_case = fine, .name = "kinds_of_memory_test" }, {},
};
static const struct kunit_suite early_ioremap_suite = { .name = "early_ioremap", .cases = cases };
kunit_test_suite(early_ioremap_suite);
"""
    assert grade(base, files, "kinds").points == 0


def test_helpers_of_the_compiler_do_not_count(tmp_path):
    """GCC puts __x86.get_pc_thunk.si into a 32-bit object, or does not."""
    (tmp_path / "x.s").write_text(".globl __x86.thunk\n__x86.thunk:\n.globl name\nname: .long 0\n")
    subprocess.run(["gcc", "-c", "x.s"], cwd=tmp_path, check=True)
    assert globals_of(str(tmp_path / "x.o")) == {"name"}


def test_each_grade_has_a_new_tag():
    assert prepare(LAB, ["arm64"]).tag != prepare(LAB, ["arm64"]).tag


def test_check_that_nothing_runs_is_no_pass(base):
    """No program, no kernel: no reason to fail, and none to give points."""
    for row in ({**LAB.check[0], "program": "gone"}, LAB.guest[0]):
        with pytest.raises(NotGraded, match=f"no (program|kernel) here runs {row['name']}"):
            if "program" in row:
                run_checks([row], "", base, {})
            else:
                run_guests(LAB, [row], {}, "")


# --- What is taken ---

def test_link_out_of_the_submission_is_refused(tmp_path):
    os.makedirs(tmp_path / "mm")
    os.symlink(os.path.join(ROOT, FILE), tmp_path / FILE)
    with pytest.raises(BadInput, match="symbolic link"):
        grade_folder(LAB, Asked(where=str(tmp_path)))


@pytest.mark.parametrize("content, reason", [
    (None, "is missing"), (b"\xff\xfe", "not a text"), (b" " * (1 << 20) + b"\n", "larger than")])
def test_file_that_cannot_be_taken(tmp_path, content, reason):
    os.makedirs(tmp_path / "mm")
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(BadInput, match=reason):
        grade_folder(LAB, Asked(where=str(tmp_path)))


# --- The clock protects this machine only ---

def test_slow_machine_is_no_verdict(base, monkeypatch):
    monkeypatch.setattr(child, "HOST_SECONDS", 0.01)
    with pytest.raises(NotGraded):
        grade(base, with_function(LAB, FILE, FUNCTION, HEAD + HOSTILE["never ends"][0]), "offset")


def test_nothing_is_left_running(tmp_path):
    """Not even what the program has started."""
    script = tmp_path / "program"
    script.write_text(f"#!/bin/sh\nsleep 1000 &\necho $! >{tmp_path}/pid\n")
    script.chmod(0o755)
    assert child.run([str(script)])[0] == 0
    pid = int((tmp_path / "pid").read_text())
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True,
                               text=True, check=False).stdout.strip()
        if not state or state.startswith("Z"):
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail(f"process {pid} lives on")


# --- What a grade says ---

@pytest.fixture(scope="module")
def partial(base):
    """Some points, in some checks."""
    wrong = next(wrong for wrong in LAB.wrong if wrong["name"] == "size-ignored")
    return grade(base, wrong_solution(LAB, wrong))


def test_reason_can_be_acted_on(partial):
    failed, = (result for result in partial.results if result.came)
    text = report.reason(failed)
    line = re.search(r"came: +arm64: mm/tests/early_ioremap_test.c:(\d+): expected", text)
    assert line and "early_memunmap(virt, 0xfff)" in "\n".join(
        read("mm/tests/early_ioremap_test.c").splitlines()[int(line[1]) - 5:int(line[1]) + 5])
    assert "asked: An unmap with another address" in text
    assert "again: make grade LAB=3 CHECK=unmap ARCH=arm64" in text


def test_forms_agree(partial):
    wanted = {result.name: result.points for result in partial.results}
    assert sum(wanted.values()) == partial.points == 85
    data = json.loads(report.as_json(partial))
    assert data["points"] == 85 and data["of"] == 100 and data["version"] == LAB.version()
    assert {row["name"]: row["points"] for row in data["results"]} == wanted
    scope = json.loads(report.as_gradescope(partial))
    assert scope["score"] == 85 and sum(row["max_score"] for row in scope["tests"]) == 100
    assert {row["name"]: row["score"] for row in scope["tests"]} == wanted
    room = json.loads(base64.b64decode(report.as_classroom(partial)))
    assert {row["name"]: row["score"] for row in room["tests"]} == wanted
    assert room["max_score"] == 100 and room["status"] == "fail"
    suite = xml.fromstring(report.as_junit(partial).encode())
    assert {case.get("name") for case in suite if len(case)} == {"unmap"}
    assert suite.get("failures") == "1" and suite.get("tests") == "8"


SHAPES = {
    "gradescope": {"score", "execution_time", "output", "output_format", "test_output_format",
                   "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests",
                   "leaderboard"},
    "gradescope test": {"score", "max_score", "status", "name", "name_format", "number", "output",
                        "output_format", "tags", "visibility", "extra_data"},
    "classroom": {"version", "status", "max_score", "tests", "markdown"},
    "classroom test": {"name", "status", "score", "message", "test_code", "filename", "line_no",
                       "duration"},
}


def test_forms_have_the_published_shape(partial):
    """Each key is one that the service knows, with a value of its type."""
    scope = json.loads(report.as_gradescope(partial))
    assert scope.keys() <= SHAPES["gradescope"] and scope["visibility"] == "visible"
    for row in scope["tests"]:
        assert row.keys() <= SHAPES["gradescope test"] and row["status"] in ("passed", "failed")
        assert 0 <= row["score"] <= row["max_score"] and row["output"]
    room = json.loads(base64.b64decode(report.as_classroom(partial)))
    assert room.keys() <= SHAPES["classroom"] and room["version"] == 1
    assert {"name", "status", "score"} <= room["tests"][0].keys()
    for row in room["tests"]:
        assert row.keys() <= SHAPES["classroom test"] and row["status"] in ("pass", "fail")
        assert isinstance(row["line_no"], int) and isinstance(row["message"], str)
    suite = xml.fromstring(report.as_junit(partial).encode())
    assert suite.tag == "testsuite" and {"name", "tests", "failures", "errors"} <= set(suite.keys())
    for case in suite:
        assert case.tag == "testcase" and {"name", "classname"} <= set(case.keys())
        assert [(child.tag, bool(child.get("message"))) for child in case] in (
            [], [("failure", True)])


def test_the_guides_workflow_is_named_as_classroom_wants():
    """Points are found by these names only: the README of its reporter."""
    text = re.search(r"(?s)## GitHub Classroom.*?```yaml\n(.*?)```", read("docs/instructors.md"))[1]
    assert re.search(r"^name: Autograding Tests$", text, re.M)
    assert re.findall(r"^  ([\w-]+):$", text, re.M) == ["run-autograding-tests"]
    step = re.search(r"- id: (\w+)", text)[1]
    assert f'env: {{{step.upper()}_RESULTS: "${{{{ steps.{step}.outputs.result }}}}"}}' in text
    assert f"runners: {step}}}" in text


def test_make_grade(tmp_path):
    """From the command line: both versions, the points, the file, and the exit status."""
    hand_in(tmp_path, {**with_function(LAB, FILE, FUNCTION, HEAD + "{\n\treturn NULL;\n}"),
                       "lab.json": '{"version": "0123456789ab"}'})
    done = make("grade", "LAB=3", f"DIR={tmp_path}", "ARCH=arm64", "CHECK=kinds",
                f"GRADESCOPE={tmp_path}/results.json")
    assert f"version {LAB.version()}, begun with version 0123456789ab (arm64)" in done.stdout
    assert "0/10   in all" in done.stdout and done.returncode != 0
    assert json.loads((tmp_path / "results.json").read_text())["score"] == 0


@pytest.mark.parametrize("choices, complaint", [
    ([], "say which lab, for example LAB=3"), (["LAB=99"], "LAB=99: there is no such lab"),
    (["LAB=0"], "lab 0 has no graded part"), (["LAB=3", "CHECK=x"], "CHECK=x: lab 3 has no such"),
    (["LAB=3", "DIR=/nowhere"], "DIR=/nowhere is not a folder")])
def test_nonsense_gets_one_message(choices, complaint):
    done = make("grade", *choices)
    message, *rest = done.stderr.splitlines()
    assert message.startswith(complaint) and len(rest) <= 1 and not done.stdout
