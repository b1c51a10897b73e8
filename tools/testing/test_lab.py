# SPDX-License-Identifier: MIT
"""Labs are cut out of the solved tree: the places are found, and a starter gives nothing away."""

import json
import os
import re
import subprocess
import sys

import pytest

from labs import GRADED, lab_number, locate, read, starter
import manifest
from manifest import BadInput, BadManifest, all_labs, check_lab, load
from qemu import ROOT, Machine, make
from update import update

sys.path.append(os.path.join(ROOT, "tools", "book"))
import slides  # noqa: E402, pylint: disable=wrong-import-position

LABS = pytest.mark.parametrize("lab", GRADED, ids=lambda lab: lab.folder.split("/")[-1])


# --- Finding functions ---

def test_places_are_those_of_ctags():
    """For every C function of the kernel; the few that do not fit are refused."""
    paths = [path for path in starter.tracked()
             if re.match(r"(arch|boot|drivers|kernel|mm)/.*\.c$", path)]
    listed = subprocess.run(
        ["ctags", "--output-format=json", "--fields=+ne", "--kinds-c=f", "--languages=C", "-f", "-",
         *paths], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    refused, wrong = [], []
    for tag in map(json.loads, listed.splitlines()):
        try:
            place = locate.find_function(read(tag["path"]), tag["name"], tag["path"])
        except locate.NotFound as error:
            refused.append(str(error))
            continue
        if place.end != tag["end"] or not place.head < tag["line"] <= place.opening:
            wrong.append(f"{tag['path']}:{tag['line']}: {tag['name']}: {place}")
    assert not wrong and len(listed.splitlines()) > 2000
    names = {error.split(": ")[1] for error in refused if "SYSCALL_DEFINE" not in error}
    assert len(names) < 6, names


@pytest.mark.parametrize("text, complaint", [
    ("int f(void);\n", "is not defined there"),
    ("\tint f(void)\n{\n}\n", "is not defined there"),
    ("int f(void) { return 0; }\n", "is not defined there"),
    ("int f(void)\n{\n}\n\nint f(void)\n{\n}\n", "is defined 2 times"),
    ("int f(void)\n{\n#ifdef A\n}\n#endif\n", "a line of the preprocessor"),
    ("int f(void)\n{\n\tif (a) {\n}\n", "braces do not match"),
    ("int f(void)\n{\n\treturn 0;\n", "does not end"),
])
def test_what_does_not_fit_is_refused(text, complaint):
    with pytest.raises(locate.NotFound, match=complaint):
        locate.find_function(text, "f", "x.c")


def test_body_is_replaced_and_function_removed():
    text = ("/* a */\nint a;\n\n/* f\n * is */\nint f(int x,\n\tint y)\n{\n\treturn '}';\n}\n"
            "\nint g;\n")
    assert locate.replace_body(text, "f", ["\treturn 1;"], "x.c") == text.replace("'}'", "1")
    assert locate.remove_function(text, "f", "x.c") == "/* a */\nint a;\n\nint g;\n"
    assert locate.function_text(text, "f", "x.c").startswith("int f(int x,")
    assert locate.replace_function(text, "f", "int f;\n", "x.c").endswith("*/\nint f;\n\nint g;\n")


# --- Manifests ---

@pytest.mark.parametrize("lab", all_labs(), ids=lambda lab: lab.folder)
def test_manifest_fits_the_tree(lab):
    check_lab(lab)


@pytest.mark.parametrize("spoil, complaint", [
    (lambda lab: lab.hole[0].update(function="gone"), "gone.. is not defined there"),
    (lambda lab: lab.wrong[0].update(function="gone"), "gone.. is not defined there"),
    (lambda lab: lab.wrong[0].update(name="gone"), "there is no file .*wrong/gone.c"),
    (lambda lab: lab.wrong[0].update(loses=["gone"]), "there is no check ..gone"),
    (lambda lab: lab.hole[0].update(check="gone"), "there is no check ..gone"),
    (lambda lab: lab.hole[0].update(functoin="x"), "says ..functoin.., which is unknown"),
    (lambda lab: lab.check[0].pop("asks"), "lacks ..asks"),
    (lambda lab: lab.guest[0]["steps"].append(["", "slto 0"]), "slto is not a word"),
    (lambda lab: lab.guest[0]["steps"].append(["", "slot 0"]), "slot takes 4 arguments"),
    (lambda lab: lab.hidden.append("mm/gone.c"), "there is no file mm/gone.c"),
])
def test_manifest_that_does_not_fit_is_refused(spoil, complaint):
    lab = load("03-early-ioremap")
    spoil(lab)
    with pytest.raises(BadManifest, match=complaint):
        check_lab(lab)


@LABS
def test_cases_are_in_tests_that_a_starter_lacks(lab):
    hidden = "".join(read(path) for path in lab.hidden)
    for check in lab.check:
        for case in check["cases"]:
            suite, name = case.split(".")
            assert f'.name = "{suite}"' in hidden
            assert name == "*" or f"KUNIT_CASE({name})" in hidden, case


def test_lab_list_has_a_line_for_each():
    lines = make("lab-list").stdout.splitlines()[1:-1]
    assert [int(line.split()[0]) for line in lines] == [lab.number for lab in all_labs()]
    assert all(lab.title in line and lab.time in line for lab, line in zip(all_labs(), lines))


@pytest.mark.parametrize("deck", slides.decks())
def test_no_slide_shows_what_a_lab_asks_for(deck):
    shown = {found.groups() for found in slides.CODE.finditer(read(f"docs/{deck}"))}
    assert not shown & {(hole["function"], hole["file"]) for lab in GRADED for hole in lab.hole}


# --- Starters ---

@pytest.fixture(scope="module")
def starters(tmp_path_factory):
    """The folder of each lab's starter, made by make."""
    folders = {}

    def get(lab):
        if lab.number not in folders:
            folder = tmp_path_factory.mktemp("labs") / f"lab{lab.number}"
            done = make("lab", f"LAB={lab.number}", f"DIR={folder}")
            assert done.returncode == 0 and f"less {lab.folder}/README.md" in done.stdout
            folders[lab.number] = folder
        return folders[lab.number]
    return get


def in_starter(folder, *arguments):
    clean = {name: value for name, value in os.environ.items()
             if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(["make", "-s", *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env=clean, check=False)


def everything_in(folder):
    """All that the repository holds: every version of every file."""
    done = subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=folder,
                          check=True, capture_output=True)
    return done.stdout.decode(errors="replace")


@LABS
def test_starter_gives_nothing_away(lab, starters):
    folder = starters(lab)
    assert starter.git(str(folder), "log", "--format=%s").splitlines() == [starter.subject(lab)]
    assert starter.git(str(folder), "status", "--porcelain") == ""
    files = set(starter.git(str(folder), "ls-files").splitlines())
    assert not files & set(lab.hidden)
    assert not [name for name in files if name.startswith(".github/")]
    assert {os.path.basename(name) for name in files if name.startswith("docs/labs/")} == {
        "README.md"}
    texts = everything_in(folder)
    assert "yours_to_write(" in texts
    for hole in lab.hole:
        lines = locate.function_text(read(hole["file"]), hole["function"], "").split("\n{\n")[1]
        body = "\n".join(lines.split("\n")[:-1])
        assert body not in texts and body in read(hole["file"])
    for path in lab.hidden:
        assert read(path) not in texts


def contract(text, function):
    """The comment above a function, and its head."""
    place = locate.find_function(text, function, "")
    return text.split("\n")[place.comment:place.opening]


@LABS
def test_contract_comments_stay(lab, starters):
    for hole in lab.hole:
        solved, open_one = (contract(text, hole["function"]) for text in (
            read(hole["file"]), (starters(lab) / hole["file"]).read_text()))
        assert open_one == solved


@LABS
@pytest.mark.parametrize("compiler", ["LLVM=0", "LLVM=1"])
def test_stubs_compile_without_a_warning(lab, arch, compiler, starters):
    objects = [f"build/check/{path[:-2]}.o" for path in lab.taken
               if not path.startswith("arch/") or path.startswith(f"arch/{arch}/")]
    done = in_starter(starters(lab), f"ARCH={arch}", compiler, "WERROR=1", "BUILD=build/check",
                      *objects)
    assert done.returncode == 0 and "warning" not in done.stderr, done.stderr


@LABS
def test_list_of_host_programs_is_whole(lab, starters):
    """No program wants a file that a starter lacks."""
    done = in_starter(starters(lab), "-n", "-f", "tools/testing/host/Makefile")
    assert done.returncode == 0, done.stderr
    listed = in_starter(starters(lab), "-f", "tools/testing/host/Makefile", "list").stdout
    assert f"/{lab.example['program']}_test" in listed
    assert not any(f"/{name}_test'" in listed for name in lab.programs)


@LABS
def test_starter_grades_its_examples(lab, starters):
    """They fail, each with a reason; with the solution they pass."""
    folder = starters(lab)
    for variant in lab.example["variants"]:
        objects = f"build/host/{variant}"
        if os.path.exists(os.path.join(ROOT, objects)):  # of all that does not differ
            subprocess.run(["cp", "-a", "--parents", objects, str(folder)], cwd=ROOT, check=True)
    done = in_starter(folder, "grade")
    points = sum(check["points"] for check in lab.check)  # no machine runs in a starter
    assert re.search(rf" 0/{points} +in all", done.stdout) and done.returncode != 0, done.stdout
    assert done.stdout.count("came:") >= len(lab.check)
    assert "does not compile" not in done.stdout, done.stdout
    for path in lab.taken:
        (folder / path).write_text(read(path))
    done = in_starter(folder, "grade")
    starter.git(str(folder), "checkout", ".")
    assert re.search(rf"{points}/{points} +in all", done.stdout), done.stdout
    assert done.returncode == 0


def test_starter_boots_and_says_what_is_missing(starters):
    """Its build takes the solved tree's objects, and compiles what differs."""
    lab = lab_number(3)
    folder = starters(lab)
    subprocess.run(["cp", "-a", "--parents", "build/arm64", str(folder)], cwd=ROOT, check=True)
    assert in_starter(folder, "ARCH=arm64").returncode == 0
    with Machine("arm64", log="lab3", edit=lambda command: [
            word.replace(f"{ROOT}/build", f"{folder}/build") for word in command]) as machine:
        text = machine.expect_prompt()
    for name in ("early_ioremap_setup", "__early_ioremap", "early_ioremap_leak_check"):
        assert text.count(f"lab 3: mm/early_ioremap.c:{name}() is yours to write") == 1


@pytest.mark.parametrize("lab, place, complaint", [
    ("3", "", "say where the starter goes"),
    ("", "x", "say which lab"),
    ("77", "x", "LAB=77: there is no such lab; there are 0, "),
    ("-3", "x", "LAB=-3: there is no such lab"),
    ("0", "x", "lab 0 has nothing to write"),
    ("3", f"{ROOT}/build/x", "is inside this tree"),
    ("3", "full", "exists already"),
    ("3", "full/file", "exists already"),
    ("3", "gone/x", "there is no folder"),
    ("3", "a,b", "has a comma"),
])
def test_bad_place_leaves_nothing(tmp_path, monkeypatch, lab, place, complaint):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    with pytest.raises(BadInput, match=complaint):
        starter.make_starter(manifest.find_lab(lab), place)
    assert os.listdir(tmp_path) == ["full"] and (tmp_path / "full" / "file").read_text() == "mine"


def test_bad_input_is_one_message():
    done = make("lab", "LAB=3", "DIR=build/x")
    message, *rest = done.stderr.splitlines()
    assert message.startswith("DIR=build/x is inside this tree") and len(rest) <= 1
    assert done.returncode != 0 and not os.path.exists(os.path.join(ROOT, "build/x"))


def small_tree(_lab, folder, _root):
    starter.write_file(folder, "file", "text")


def test_failure_on_the_way_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(starter, "write_tree", small_tree)
    monkeypatch.setattr(starter, "subject", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        starter.make_starter(lab_number(3), str(tmp_path / "x"))
    assert os.listdir(tmp_path) == []


def test_empty_folder_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(starter, "write_tree", small_tree)
    assert starter.make_starter(lab_number(3), str(tmp_path)) == str(tmp_path)
    assert starter.git(str(tmp_path), "ls-files").split() == ["file"]


# --- Updates ---

@pytest.fixture
def mended(tmp_path):
    """(a starter of lab 3, the solved tree with the lab mended)."""
    tree = tmp_path / "solved"
    for path in starter.tracked():
        os.makedirs((tree / path).parent, exist_ok=True)
        starter.shutil.copy2(os.path.join(ROOT, path), tree / path)
    starter.git(str(tree), "init", "-q")
    starter.git(str(tree), "add", "-A", "-f")
    folder = tmp_path / "work"
    starter.make_starter(manifest.find_lab("3", str(tree)), str(folder), str(tree))
    for path, old, new in (
            ("mm/early_ioremap.c", "/* Whether a page-table entry", "/* MENDED: Whether an entry"),
            ("docs/labs/03-early-ioremap/README.md", "## Step 1:", "## MENDED Step 1:"),
            ("docs/labs/03-early-ioremap/example_test.c", "Examples of", "MENDED examples of")):
        text = (tree / path).read_text()
        assert old in text
        (tree / path).write_text(text.replace(old, new))
    return folder, tree


def edit(folder, path, old, new):
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1))


def commit(folder):
    starter.git(str(folder), *starter.IDENTITY, "commit", "-a", "-q", "-m", "My work")


def test_update_keeps_the_work_and_refuses_what_it_could_lose(mended):
    folder, tree = mended
    edit(folder, "mm/early_ioremap.c", "\treturn NULL;", "\treturn slots; /* my work */")
    with pytest.raises(BadInput, match="has work that is not committed"):
        update(str(folder), str(tree))
    (folder / "notes").write_text("mine")
    starter.git(str(folder), "add", "notes")
    commit(folder)

    edit(folder, "mm/early_ioremap.c", "/* Whether a page-table entry", "/* mine")
    commit(folder)
    before = starter.git(str(folder), "rev-parse", "HEAD")
    with pytest.raises(BadInput, match="changed the same lines of mm/early_ioremap.c"):
        update(str(folder), str(tree))
    assert starter.git(str(folder), "rev-parse", "HEAD") == before
    assert starter.git(str(folder), "status", "--porcelain") == ""
    assert "/* mine" in (folder / "mm/early_ioremap.c").read_text()

    starter.git(str(folder), "reset", "-q", "--hard", "HEAD~1")
    assert "went from version" in update(str(folder), str(tree))
    text = (folder / "mm/early_ioremap.c").read_text()
    assert "my work" in text and "MENDED" in text and "yours_to_write(3)" in text
    assert "MENDED" in (folder / "docs/labs/03-early-ioremap/README.md").read_text()
    assert "MENDED" in (folder / "mm/tests/lab3_test.c").read_text()
    assert (folder / "notes").read_text() == "mine"
    assert "already" in update(str(folder), str(tree))
    assert starter.git(str(folder), "status", "--porcelain") == ""


def test_update_wants_a_starter(tmp_path):
    done = make("lab-update", f"DIR={tmp_path}")
    assert done.returncode != 0 and "is not a starter: it has no lab.json" in done.stderr
    assert "say which starter" in make("lab-update").stderr
