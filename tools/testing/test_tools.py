# SPDX-License-Identifier: MIT
"""The tools that judge everything else: would they notice?"""

import os
import subprocess
import sys

import pytest

from ktap import Report
from qemu import ROOT

GOOD = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: memblock
    1..2
    ok 1 adds
    ok 2 frees # SKIP not here
ok 1 memblock
"""


def test_ktap_accepts_a_good_report():
    report = Report(GOOD)
    assert not report.failures
    assert report.cases == [("adds", True, False), ("frees", True, True)]


def test_ktap_reads_through_time_stamps():
    stamped = "".join(f"[    0.123456] {line}\r\n" for line in GOOD.splitlines())
    assert not Report(stamped).failures


@pytest.mark.parametrize("damage, complaint", [
    (lambda text: "", "no plan"),
    (lambda text: "KTAP version 1\n1..0\n", "no test ran"),
    (lambda text: text.replace("    ok 1 adds\n", "    not ok 1 adds\n"), "not ok: adds"),
    (lambda text: text.replace("    ok 1 adds\n", ""), "planned 2 tests, saw 1"),
    (lambda text: text.replace("    1..2\n", ""), "result"),
    (lambda text: text[:text.index("    ok 2")], "planned 2 tests, saw 1"),
    (lambda text: text.replace("ok 1 memblock\n", ""), "planned 1 tests, saw 0"),
    (lambda text: text.replace("ok 1 memblock", "not ok 1 memblock"), "suite memblock failed"),
    (lambda text: text.replace("ok 2 frees", "ok 3 frees"), "has number 3"),
])
def test_ktap_refuses_a_damaged_report(damage, complaint):
    assert complaint in "\n".join(Report(damage(GOOD)).failures)


def gensyms(nm_output):
    return subprocess.run([sys.executable, f"{ROOT}/tools/gensyms.py"], input=nm_output, check=True,
                          capture_output=True, text=True).stdout


def test_gensyms_without_input_is_an_empty_table():
    table = gensyms("")
    assert "kallsyms_num:\n\t.long 0x0\n" in table
    for label in ("kallsyms_offsets:", "kallsyms_name_offsets:", "kallsyms_names:"):
        assert label in table


def test_gensyms_keeps_code_only():
    table = gensyms("ffff0000 T _text\nffff0000 t head\nffff0010 D variable\nffff0020 t $x\n"
                    "ffff0030 W weak\nffff0040 R _etext\n         U elsewhere\n")
    names = [line.split('"')[1] for line in table.splitlines() if ".asciz" in line]
    assert names == ["head", "weak", "_etext"]
    assert "kallsyms_offsets:\n\t.long 0x0\n\t.long 0x30\n\t.long 0x40\n" in table


def mkcpio(directory, listing):
    (directory / "list").write_text(listing)
    (directory / "program").write_bytes(b"12345")
    command = [sys.executable, f"{ROOT}/tools/mkcpio.py", "list", ".", "archive"]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    return done, directory / "archive"


def test_mkcpio_is_reproducible_and_aligned(tmp_path):
    listing = "# comment\n\ndir /bin 755\nfile /bin/p program 755\nnod /dev/console 600 c 5 1\n"
    done, archive = mkcpio(tmp_path, listing)
    assert done.returncode == 0
    first = archive.read_bytes()
    assert mkcpio(tmp_path, listing)[1].read_bytes() == first
    assert len(first) % 512 == 0
    assert [first.index(name) % 4 for name in (b"12345\0\0\0",)] == [0]
    assert first.count(b"070701") == 4 and b"TRAILER!!!" in first


@pytest.mark.parametrize("line", ["file /x missing 755", "link /a /b", "nod /d 6 b 1 2", "dir /x"])
def test_mkcpio_names_the_bad_line(tmp_path, line):
    done, _ = mkcpio(tmp_path, "dir /bin 755\n" + line + "\n")
    assert done.returncode != 0
    assert done.stderr.startswith("list:2: ") and done.stderr.count("\n") == 1


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with the tools of this machine, but for the instructors' and what installs them."""
    for folder in ("/usr/sbin", "/usr/bin", "/sbin", "/bin"):
        for name in os.listdir(folder):
            link = tmp_path / name
            if name not in ("bwrap", "parallel", "podman", "apt-get") and not link.is_symlink():
                link.symlink_to(os.path.join(folder, name))
    return {**os.environ, "PATH": str(tmp_path)}


def test_tools_of_a_class_are_installed_for_it_alone(bare_path):
    def told(*words):
        done = subprocess.run(["tools/setup.sh", *words], cwd=ROOT, env=bare_path,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    assert told() == (0, "")
    status, text = told("class")
    assert status == 1 and "Debian packages hold: bubblewrap parallel\n" in text
    status, text = told("clas")
    assert status == 2 and text.count("\n") == 1 and "`class`" in text


def test_doctor_is_content_without_the_tools_of_a_class(bare_path):
    done = subprocess.run(["tools/doctor.sh"], cwd=ROOT, env=bare_path, capture_output=True,
                          text=True, check=False)
    rows = [line.split() for line in done.stdout.splitlines()]
    optional = [row[0] for row in rows if row[3:4] == ["optional"]]
    assert optional == ["bwrap", "podman", "parallel"] and done.returncode == 0
