# SPDX-License-Identifier: MIT
"""A short run of each fuzzer: from the seeds, with the same random numbers every time.

`make fuzz` looks longer. The programs are those of tools/testing/fuzz/Makefile.
"""

import os
import subprocess

import pytest

from qemu import ROOT, make

MAKEFILE = "tools/testing/fuzz/Makefile"
RUNS = 1000


def programs():
    lines = make("-f", MAKEFILE, "list").stdout.split()
    assert lines, f"{MAKEFILE} lists no fuzzer"
    return lines


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
    if not libfuzzer_is_there():
        pytest.skip("Clang's libFuzzer is not installed: `make doctor` names the package")
    done = make("-f", MAKEFILE, "-j2", "-k", "seeds", "all")
    assert os.path.isdir(os.path.join(ROOT, "build/fuzz/seeds/fdt")), done.stderr
    return "build/fuzz/seeds"


@pytest.mark.xdist_group("fuzz")
@pytest.mark.parametrize("program", programs(), ids=lambda path: path.removeprefix("build/fuzz/"))
def test_fuzz(program, seeds, tmp_path):
    built = make("-f", MAKEFILE, program)
    assert built.returncode == 0, f"does not build:\n{built.stderr}"
    name = os.path.basename(program)
    done = subprocess.run([f"./{program}", "-seed=1", f"-runs={RUNS}", "-timeout=60",
                           f"-artifact_prefix={tmp_path}/", str(tmp_path), f"{seeds}/{name}"],
                          cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=300)
    assert done.returncode == 0, f"replay with the file named below\n{done.stderr[-6000:]}"
