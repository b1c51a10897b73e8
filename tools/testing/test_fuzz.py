# SPDX-License-Identifier: MIT
"""A short run of each fuzzer: from the seeds, with the same random numbers every time.

`make fuzz` looks longer. The programs are those of tools/testing/fuzz/Makefile. The tests at the
end are about what runs them.
"""

import os
import shlex
import subprocess

import pytest

from host32 import CHOICE, ask, compile_command, list_commands
from qemu import ROOT, make

FUZZ = "tools/testing/fuzz"
MAKEFILE = f"{FUZZ}/Makefile"
BUILD = "build/fuzz/"
SEEDS = f"{BUILD}seeds"
RUNS = 1000


def libfuzzer_is_there():
    """Clang names a library that it does not have without a path."""
    name = f"libclang_rt.fuzzer-{os.uname().machine}.a"
    try:
        done = subprocess.run(["clang", f"-print-file-name={name}"], capture_output=True, text=True)
    except FileNotFoundError:
        return False
    return os.path.exists(done.stdout.strip())


@pytest.fixture(scope="module")
def seeds():
    make("-f", MAKEFILE, *CHOICE, "seeds")
    assert os.path.isdir(os.path.join(ROOT, SEEDS, "shell"))


@pytest.fixture(scope="module")
def programs():
    if not libfuzzer_is_there():
        pytest.skip("Clang's libFuzzer is not installed: `make doctor` names the package")
    make("-f", MAKEFILE, *CHOICE, "-j2", "-k", "all")  # a failure is one of its own test


def run_fuzzer(command, folder, *choice):
    *_, program = words = shlex.split(command)
    built = make("-f", MAKEFILE, *choice, program)
    assert built.returncode == 0, f"does not build:\n{built.stderr}"
    start = f"{SEEDS}/{os.path.basename(program)}"
    seeds = [f"{start}/{name}" for name in sorted(os.listdir(os.path.join(ROOT, start)))]
    done = subprocess.run([*words, "-seed=1", f"-runs={RUNS}", "-timeout=60",
                           f"-artifact_prefix={folder}/", f"-seed_inputs={','.join(seeds)}",
                           str(folder)],
                          cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=300)
    assert done.returncode == 0, f"replay with the file named below\n{done.stderr[-6000:]}"
    assert f"seed corpus: files: {len(seeds)}" in done.stderr


@pytest.mark.xdist_group("fuzz")
@pytest.mark.parametrize("command", list_commands(MAKEFILE), ids=lambda line: line.split(BUILD)[-1])
def test_fuzz(command, seeds, programs, tmp_path):
    run_fuzzer(command, tmp_path, *CHOICE)


# --- where there is no libFuzzer ---

@pytest.mark.xdist_group("fuzz")
def test_fuzz_without_libfuzzer(seeds, tmp_path):
    """The same, with the driver that HOST32=arm has in libFuzzer's place."""
    choice = ["HOST32=arm", "BUILD=build/fuzz-arm", "FUZZERS=fdt"]
    command, = (line for line in list_commands(MAKEFILE, *choice) if "/32/" in line)
    run_fuzzer(command, tmp_path, *choice)


BRANCHES = """
int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size)
{
	static volatile int last = 0x7fffffff;

	if (size > 2 && data[0] == 'F')
		if (data[1] == 'U')
			if (data[2] == 'Z')
				BREAK;
	return 0;
}
"""


@pytest.mark.parametrize("defect, message", [
    ("last += 1", "signed integer overflow"),
    ("__builtin_trap()", "ended in signal"),
    ("while (last);", "ended in signal 14"),
    ("last = data[size]", "heap-buffer-overflow"),
])
def test_driver_finds_what_is_behind_branches(tmp_path, defect, message):
    """And keeps the input, with which the program breaks again."""
    answer = ask(HOST32="arm")
    if message.startswith("heap") and "address" not in answer["SANITIZE32"]:
        pytest.skip("AddressSanitizer does not run under this qemu-arm")
    (tmp_path / "target.c").write_text(BRANCHES.replace("BREAK", defect))
    compiler = [*compile_command(answer), "-g"]
    for words in (["-c", f"{ROOT}/{FUZZ}/driver.c"],
                  ["-fno-sanitize-recover=all", "-fsanitize-coverage=trace-pc", "-o", "target",
                   "target.c", "driver.o"]):
        subprocess.run([*compiler, *words], cwd=tmp_path, check=True)
    for inputs in (["-runs=1000000", "-timeout=3"], ["-timeout=3", "found"]):
        done = subprocess.run([*shlex.split(answer["RUN32"]), "./target", *inputs], cwd=tmp_path,
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 77 and message in done.stderr
        kept = done.stderr.split("Test unit written to ./")[1].split()[0]
        assert (tmp_path / kept).read_bytes().startswith(b"FUZ")
        (tmp_path / kept).rename(tmp_path / "found")


# --- make fuzz ---

def test_only_the_chosen_fuzzers_are_built(tmp_path):
    lines = make("-f", MAKEFILE, *CHOICE, f"BUILD={tmp_path}", "FUZZERS=glob", "-n", "all").stdout
    assert f"-o {tmp_path}/64/glob" in lines and f"-o {tmp_path}/32/glob" in lines
    for other in ("cpio", "shell"):
        assert f"-o {tmp_path}/64/{other}" not in lines


def test_an_unknown_fuzzer_is_refused():
    done = make("-f", MAKEFILE, *CHOICE, "FUZZERS=glob nothing", "list")
    assert done.returncode != 0 and not done.stdout
    assert "there is no nothing, use some of cpio elf fdt glob gunzip" in done.stderr


@pytest.mark.parametrize("script, verdict, detail", [
    ("echo INFO: Seed: 1", "nothing found", None),
    ("echo 'INFO: Seed: 1'; echo Test unit written to found/x; exit 77",
     "FOUND", "replay: ./program found/x"),
    ("echo 'INFO: Seed: 1'; echo a.c:1: runtime error; echo Test unit written to found/x; exit 77",
     "FOUND", "a.c:1: runtime error"),
    ("echo 'no such library'; exit 127", "could not start", "no such library"),
    ("echo INFO: Seed: 1; exit 9", "ended with status 9, no input kept", None),
])
def test_fuzz_says_what_happened(tmp_path, script, verdict, detail):
    (tmp_path / "program").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "program").chmod(0o755)
    (tmp_path / "build/fuzz/seeds/program").mkdir(parents=True)
    done = subprocess.run([f"{ROOT}/{FUZZ}/run.sh", "1", "./program"], cwd=tmp_path,
                          capture_output=True, text=True)
    first, *others = done.stdout.splitlines()
    assert first.endswith(f": {verdict}") and not done.stderr
    assert done.returncode == (verdict != "nothing found")
    assert detail is None or any(line.strip() == detail for line in others), done.stdout
