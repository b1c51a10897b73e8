# SPDX-License-Identifier: MIT
"""A class is graded: each work in a sandbox, hostile ones hurt no other, and nothing is done twice.

Without GNU parallel, or a kind of sandbox, the tests that need it are skipped, and say so.
`tools/setup.sh class` installs what the tests of a class need.
"""

import csv
import importlib.machinery
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import pytest

from labs import insert, lab_number, read, solution, with_holes, wrong_solution
import overview
import sandbox
from qemu import ROOT

LAB = lab_number(3)
FILE = "mm/early_ioremap.c"
CLASS = os.path.join(ROOT, "tools", "lab", "class")


os.environ.pop("UNSAFE", None)
COMPLAINTS = {kind: sandbox.complaint(*kind, sandbox.ROOT) for kind in sandbox.KINDS}


def skipped_for(reason):
    return pytest.mark.skipif(bool(reason), reason=reason or "-")


needs_class = skipped_for(
    "; ".join(COMPLAINTS.values()) if all(COMPLAINTS.values()) else
    "" if shutil.which("parallel") else "GNU parallel is not installed")
EACH_KIND = [pytest.param(kind, id=kind[1], marks=skipped_for(reason))
             for kind, reason in COMPLAINTS.items()]


@pytest.fixture(params=EACH_KIND)
def kind(request, monkeypatch):
    """The one kind of sandbox that there is in a test."""
    monkeypatch.setattr(sandbox, "KINDS", [request.param])
    return request.param


def load_class():
    """tools/lab/class as a module: it is a program, so it has no .py."""
    loader = importlib.machinery.SourceFileLoader("lab_class", CLASS)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("lab_class", loader))
    loader.exec_module(module)
    return module


def run_class(*words, **environment):
    return subprocess.run([sys.executable, CLASS, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, **environment}, stdin=subprocess.DEVNULL, check=False)


def hand_in(folder, name, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(folder / name / path), exist_ok=True)
        (folder / name / path).write_text(text)


# --- The sandbox ---

def in_sandbox(script, *readable):
    return sandbox.run(sandbox.probe(), ["/bin/sh", "-c", script], readable)


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("script, said", [
    ("touch /usr/x", "Read-only file system"),
    (f"ls {ROOT}", "No such file"),
    ("ls /root /home", "No such file"),
    ("cat /proc/net/dev | grep -v lo: | wc -l", "2"),
    ("ls /proc | grep -c '^[0-9]'", None),
    ("head -c 1G /dev/zero >/tmp/x; ls -l /tmp/x", str(sandbox.FILE_BYTES)),
    ("kill -9 -1; echo alive", None),
])
def test_sandbox_gives_nothing(script, said):
    status, output = in_sandbox(script)
    assert said is None or said in output.decode()
    if "/proc |" in script:
        assert int(output) < 10 and status == 0


BOMB = """import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("script, reason, name, limit", [
    (f"python3 -c '{BOMB}'", "processes", "PROCESSES", 50),
    ("x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done", "of memory", "MEMORY_BYTES", 100 << 20),
    ("while :; do :; done", "s of processor time", "CPU_SECONDS", 2),
])
def test_sandbox_ends_what_takes_too_much(script, reason, name, limit, monkeypatch):
    monkeypatch.setattr(sandbox, name, limit)
    with pytest.raises(sandbox.Stopped, match=reason):
        in_sandbox(script)


def commands():
    """The command lines of all processes."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            found.append(pathlib.Path(f"/proc/{pid}/cmdline").read_bytes())
        except OSError:
            continue  # it has ended
    return found


@pytest.mark.usefixtures("kind")
def test_clock_is_no_verdict_and_nothing_runs_on(monkeypatch):
    make_command = sandbox.probe()
    monkeypatch.setattr(sandbox, "CLOCK_SECONDS", 2)
    wait = f"9{os.getpid()}"
    with pytest.raises(sandbox.TooSlow):
        sandbox.run(make_command, ["/bin/sh", "-c", f"sleep {wait} & sleep {wait}"], [])
    deadline = time.monotonic() + 10
    while any(wait.encode() in line for line in commands()):
        assert time.monotonic() < deadline


def test_no_sandbox_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(sandbox.NoSandbox, match="bubblewrap is not installed; podman is not"
                       " installed. UNSAFE=1 grades"):
        sandbox.probe()
    monkeypatch.setenv("UNSAFE", "1")
    assert sandbox.probe()(["true"], [], tmp_path) == ["true"]


def no_sandbox_here(_command, _readable, _place):
    return ["/bin/sh", "-c", "echo it may not; exit 1"]


def test_next_kind_is_tried_when_one_cannot(monkeypatch):
    broken = (no_sandbox_here, "true", "first")
    monkeypatch.setattr(sandbox, "KINDS", [broken, (sandbox.as_it_is, "true", "second")])
    assert sandbox.probe() is sandbox.as_it_is
    monkeypatch.setattr(sandbox, "KINDS", [broken])
    with pytest.raises(sandbox.NoSandbox, match="first cannot make one here: it may not. UNSAFE"):
        sandbox.probe()


# --- A class ---

FORK = """#ifdef CONFIG_HOST
	int fork(void);
	for (;;)
		fork();
#endif"""
TALK = '	printk(KERN_INFO "100/100\\n{\\n \\"points\\": 100,\\n \\"of\\": 100,\\n}\\n/ # ");'


def with_lines(lines):
    row = {"file": FILE, "function": "__early_ioremap"}
    return {FILE: insert(solution(LAB)[FILE], row, lines.split("\n"), [])}


@pytest.fixture
def open_folder():
    """Where the sandbox can read: that of root is made without root's rights."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield pathlib.Path(name)


@needs_class
@pytest.mark.xdist_group("lab-class")
def test_class_is_graded_and_hostile_work_is_told(open_folder):
    folder, out = open_folder / "in", open_folder / "out"
    wrong = next(wrong for wrong in LAB.wrong if wrong["name"] == "size-ignored")
    hand_in(folder, "all right", solution(LAB))
    hand_in(folder, "copy", {FILE: read(FILE).replace("first_pfn", "begin")})
    hand_in(folder, "wrong", wrong_solution(LAB, wrong))
    hand_in(folder, "talks", {FILE: with_lines(TALK)[FILE].replace("\treturn slot->virt;",
                                                                   "\treturn NULL;")})
    hand_in(folder, "forks", with_lines(FORK))
    hand_in(folder, "links", {"mm/other.c": ""})
    os.symlink("/etc/passwd", folder / "links" / FILE)
    hand_in(folder, "large", {FILE: ""})
    os.truncate(folder / "large" / FILE, 1 << 40)

    done = run_class("grade", "--lab", 3, "--jobs", 2, folder, out)
    assert done.returncode == 0, done.stdout + done.stderr
    with open(out / "overview.csv", encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    points = {name: (row["points"], row["state"]) for name, row in rows.items()}
    assert points == {"all right": ("100", "graded"), "copy": ("100", "graded"),
                      "wrong": ("85", "graded"), "talks": (rows["talks"]["points"], "graded"),
                      "forks": ("0", "stopped"), "links": ("", "refused"),
                      "large": ("", "refused")}
    assert int(rows["talks"]["points"]) < 40
    assert rows["wrong"]["first_reason"].startswith("unmap: arm64")
    assert "symbolic link" in rows["links"]["first_reason"]
    assert rows["forks"]["first_reason"] == f"it had more than {sandbox.PROCESSES} processes"
    assert (rows["copy"]["alike"], rows["copy"]["alike_percent"]) == ("all right", "100")
    assert "all right" in (out / "overview.html").read_text()

    log = (out / "joblog").read_text()
    hand_in(folder, "late", with_holes(LAB, LAB.hole))
    os.remove(out / "results" / "wrong.json")
    again = run_class("grade", "--lab", 3, "--jobs", 2, folder, out)
    assert again.returncode == 0 and (out / "joblog.before").read_text() == log
    names = {re.search(r"\bwork/(\w+)\.json", line)[1] for line in
             (out / "joblog").read_text().splitlines()[1:]}
    assert names == {"late", "wrong"}


@pytest.mark.parametrize("words, complaint", [
    (["--lab", "3", "/nowhere", "out"], "/nowhere is not a folder"),
    (["--lab", "99", "in", "out"], "LAB=99: there is no such lab"),
    (["--lab", "3", "--extra", "/nowhere", "in", "out"], "GRADER_EXTRA=/nowhere is not a folder"),
])
def test_nonsense_gets_one_message(words, complaint, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = run_class("grade", *words, UNSAFE="1")
    assert done.returncode == 2 and done.stderr.startswith(complaint)
    assert os.listdir(tmp_path) == []


def test_folder_without_work_is_told(tmp_path):
    if not shutil.which("parallel"):
        pytest.skip("GNU parallel is not installed")
    done = run_class("grade", "--lab", 3, tmp_path, tmp_path / ".out", UNSAFE="1")
    assert done.returncode == 2 and "has no folders" in done.stderr


@pytest.mark.parametrize("status, output, state", [
    (0, b'warning\n{\n "points": 3\n}\n', "graded"),
    (3, b"not graded, run again: QEMU does not start\n", "not graded"),
    (2, b"LAB=9: there is no such lab\n", "refused"),
    (0, b"100/100\n", "not graded"),
    (1, b"bwrap: execvp python3: No such file\n", "not graded"),
    (137, b"100/100\n", "refused"),
    (-9, b"", "refused"),
])
def test_answer_of_the_sandbox_is_read_with_care(status, output, state):
    assert load_class().read_answer(status, output)["state"] == state


# --- Who wrote alike ---

def test_alike_sees_through_new_names_and_comments():
    text = solution(LAB)
    renamed = {FILE: text[FILE].replace("first_pfn", "begin").replace("pages", "count").replace(
        "/* last < phys", "/* mine: last < phys")}
    wrong = next(wrong for wrong in LAB.wrong if wrong["name"] == "end-wraps")
    works = {"a": overview.work_of(LAB, text), "b": overview.work_of(LAB, renamed),
             "c": overview.work_of(LAB, wrong_solution(LAB, wrong)),
             "d": overview.work_of(LAB, with_holes(LAB, LAB.hole))}
    assert overview.most_alike(works)["a"] == ("b", 100)
    assert 50 < overview.alikeness(works["a"], works["c"]) < 100
    assert overview.alikeness(works["a"], works["d"]) < 20
