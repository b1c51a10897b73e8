# SPDX-License-Identifier: MIT
"""What .vscode/ tells an editor: F5 stops in start_kernel(), and each file knows its compiler call.

The editor's part is played as its C/C++ extension plays it: GDB in MI mode, asynchronous, told the
commands of launch.json one by one. A first stop without a reason or a source file is that of a
connection, after which the extension continues. The next one is shown as the entry.
"""

import json
import os
import re
import subprocess

import pexpect
import pytest

import tree
from qemu import ROOT, make
from terminal import Terminal

TIMEOUT = 120  # only a session that hangs waits so long


def vscode(name):
    return json.loads(tree.read(f".vscode/{name}"))


def of_workspace(text):
    return text.replace("${workspaceFolder}", ROOT)


@pytest.fixture
def launch(arch):
    found, = [one for one in vscode("launch.json")["configurations"]
              if one["targetArchitecture"] == arch]
    return found


@pytest.fixture
def server(launch):
    """The task that runs before: QEMU, in a terminal, until the line that the editor waits for."""
    task, = [one for one in vscode("tasks.json")["tasks"]
             if one["label"] == launch["preLaunchTask"]]
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    terminal = Terminal([task["command"], *task["args"]], cwd=ROOT, env=env, timeout=TIMEOUT)
    ready = task["problemMatcher"]["background"]["endsPattern"]
    terminal.expect(ready.replace("^", r"(?m)^"))
    yield terminal
    terminal.close()


class Mi:
    """GDB as an editor runs it. Its records are kept in the order in which they came."""

    def __init__(self, launch):
        command = [launch["miDebuggerPath"], *launch["miDebuggerArgs"].split(),
                   f"--interpreter={launch['MIMode'].replace('gdb', 'mi2')}"]
        self.gdb = subprocess.Popen(command, cwd="/", text=True, stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE)
        self.records = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gdb.stdin.close()  # GDB ends at the end of its input
        self.gdb.wait(TIMEOUT)
        self.gdb.stdout.close()

    def command(self, text, may_fail=False):
        """Sends it as MI or, when it is not, for the console. Returns what the console said."""
        if not text.startswith("-"):
            text = "-interpreter-exec console " + json.dumps(text)
        start = len(self.records)
        self.gdb.stdin.write(f"77{text}\n")
        self.gdb.stdin.flush()
        for line in self.gdb.stdout:
            self.records.append(line.rstrip("\n"))
            if line.startswith("77^"):
                assert may_fail or not line.startswith("77^error"), f"{text}: {line}"
                return "".join(json.loads(record[1:]) for record in self.records[start:]
                               if record.startswith("~"))
        raise AssertionError(f"GDB ended at: {text}")

    def stops(self):
        return [record for record in self.records if record.startswith("*stopped")]

    def go_on(self):
        """Continues, and returns the record of the next stop."""
        before = len(self.stops())
        self.command("-exec-continue")
        while len(self.stops()) == before:
            line = self.gdb.stdout.readline()
            assert line, "GDB ended"
            self.records.append(line.rstrip("\n"))
        return self.stops()[-1]


def test_f5_stops_in_start_kernel(arch, launch, server):
    with Mi(launch) as gdb:
        gdb.command("-gdb-set mi-async on")
        for command in launch["customLaunchSetupCommands"]:
            gdb.command(of_workspace(command["text"]))
        connected, = gdb.stops()
        assert "frame={" in connected and "reason=" not in connected and "file=" not in connected
        assert launch["launchCompleteCommand"] == "exec-continue"
        stop = gdb.go_on()
        assert 'reason="breakpoint-hit"' in stop and 'func="start_kernel"' in stop
        file = re.search(r'fullname="([^"]*)"', stop)[1]
        assert file == os.path.join(ROOT, "boot", "main.c")
        # Without these two, the extension would not show that stop, or show it as an exception.
        assert launch["stopAtEntry"] is True
        assert launch["miDebuggerServerAddress"] == f"build/{arch}/gdb"
        assert of_workspace(launch["program"]) == os.path.join(ROOT, f"build/{arch}/kernel.elf")

        # The Debug Console: `-exec COMMAND` is for GDB's own console.
        assert "start_kernel" in gdb.command("mc where")
        gdb.command("-break-insert -f vmalloc_init")
        assert 'func="vmalloc_init"' in gdb.go_on()
        gdb.command("kill", may_fail=True)  # QEMU ends without an answer, which GDB may mind
    server.expect(pexpect.EOF)
    server.close()
    assert server.exitstatus == 0


def test_tasks_are_targets_of_make():
    """Each target that a task names is one of make's, and prints no complaint."""
    tasks = vscode("tasks.json")["tasks"]
    assert len({task["label"] for task in tasks}) == len(tasks)
    for task in tasks:
        done = make("-n", *task["args"])
        assert task["command"] == "make" and done.returncode == 0, done.stderr


def test_compile_commands(arch, tmp_path):
    """Every C file of the kernel and of userland has one, and it is the compiler's that works."""
    output = tmp_path / "compile_commands.json"
    script = make("-n", "compile-commands", f"ARCH={arch}").stdout
    assert script.endswith(f"compile_commands.py {arch} build/compile_commands.json\n")
    subprocess.run(["/usr/bin/python3", "tools/compile_commands.py", arch, output], cwd=ROOT,
                   check=True, timeout=TIMEOUT)
    entries = {entry["file"]: entry for entry in json.loads(output.read_text(encoding="utf-8"))}
    other = {"arm": "arm64", "arm64": "arm"}[arch]
    for path, belongs in [("mm/ioremap.c", arch), (f"arch/{arch}/ioremap.c", arch),
                          (f"arch/{other}/ioremap.c", other), ("userland/bin/iolab.c", arch)]:
        entry = entries[path]
        assert entry["output"].startswith(f"build/{belongs}-clang/") and entry["directory"] == ROOT
        words = ["-fsyntax-only" if word == "-c" else word for word in entry["arguments"]
                 if word not in ("-MMD", "-MP", "-o", entry["output"])]
        subprocess.run(words, cwd=ROOT, check=True, timeout=TIMEOUT)
    assert "tools/hidden.h" in entries[f"arch/{arch}/early_map.c"]["arguments"]
    listed = tree.files(".c", under=("mm", "kernel", "drivers", "boot"))
    missing = [path for path in listed if path not in entries
               and ("/tests/" not in path or path.endswith("_test.c"))]
    assert listed and not missing


FOLDERS = (*tree.TOP, ".ci", ".devcontainer", ".github", ".vscode")


def test_names_that_other_systems_can_keep():
    """No two differ in case only, and none has a character that Windows refuses."""
    names = tree.files(under=FOLDERS) + os.listdir(ROOT)
    folders = {os.path.dirname(name) for name in names}
    for kind in (names, folders):
        assert len({name.lower() for name in kind}) == len(kind)
    assert [name for name in names if re.search(r'[<>:"\\|?*]|[. ](/|$)', name)] == []


def test_line_ends_are_those_of_unix():
    """In the tree, and in a clone on any system."""
    wrong = []
    for name in tree.files(under=FOLDERS):
        with open(os.path.join(ROOT, name), "rb") as file:
            text = file.read()
        if b"\0" not in text and b"\r" in text:
            wrong.append(name)
    assert not wrong
    assert "* text=auto eol=lf" in tree.read(".gitattributes").splitlines()


def test_the_container_is_made_by_setup_sh():
    """From what .dockerignore lets through; the packages are setup.sh's, but for git and make."""
    build = json.loads(tree.read(".devcontainer/devcontainer.json"))["build"]
    assert build == {"dockerfile": "Dockerfile", "context": ".."}
    text = tree.read(".devcontainer/Dockerfile").replace("\\\n", " ")
    let_through = re.findall(r"^!(.*)$", tree.read(".dockerignore"), re.M)
    assert re.findall(r"^COPY (\S+) (\S+)$", text, re.M) == [(let_through[0], "/tmp/setup.sh")]
    run = " ".join(" ".join(re.findall(r"^RUN (.*)$", text, re.M)).split())
    assert re.findall(r"install -y --no-install-recommends ([^&]*)", run) == [
        "ca-certificates git make "]
    assert "&& /tmp/setup.sh &&" in run
