# SPDX-License-Identifier: MIT
"""What cannot be built as a module is refused in one line, and what is one is not in the image."""

import re

import pytest

from module_build import MAKEFILE, outside_make
from qemu import ROOT, make


def test_a_module_that_does_not_compile_is_told(tmp_path):
    (tmp_path / "broken.c").write_text("int broken(void) { return nothing; }\n")
    (tmp_path / "Makefile").write_text(MAKEFILE.format(modules="broken.o", tree=ROOT))
    done = outside_make(tmp_path)
    assert done.returncode != 0 and re.search(rf"{tmp_path}/broken\.c:1:\d+: error", done.stderr)


@pytest.mark.parametrize("folder, modules, message", [
    ("plain", "", "obj-m is empty"),
    ("plain", "nothing.o", "obj-m names nothing.o, and there is no nothing.c in this folder"),
    ("a blank", "x.o", "has a blank in its path"),
])
def test_what_cannot_be_built_outside_is_told(tmp_path, folder, modules, message):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "Makefile").write_text(MAKEFILE.format(modules=modules, tree=ROOT))
    done = outside_make(tmp_path / folder)
    assert done.returncode != 0 and message in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("module", ["drivers/misc/nothing", "drivers/misc/hello.c", "hello"])
def test_a_module_that_is_not_in_the_tree_is_told(module):
    """Before anything is built."""
    done = make("all", f"MODULES=drivers/misc/edu {module}", "BUILD=build/none")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.endswith(f"MODULES names {module}, and there is no {module}.c in this tree."
                                "  Stop.\n") and done.stderr.count("\n") == 1


def test_another_file_can_be_the_module():
    """And is then not in the image."""
    done = make("-n", "all", "MODULES=drivers/gpio/gpio-pl061", "ARCH=arm64", "BUILD=build/none")
    assert done.returncode == 0, done.stderr
    assert "-DMODULE" in done.stdout and "build/none/drivers/gpio/gpio-pl061.ko" in done.stdout
    assert "drivers/gpio/gpio-pl061.o " not in done.stdout
