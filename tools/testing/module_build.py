# SPDX-License-Identifier: MIT
"""A module that is built outside the tree."""

import os
import subprocess

MAKEFILE = """obj-m := {modules}
MERCATOR := {tree}
include $(MERCATOR)/tools/module/outside.mk
"""


def outside_make(folder, *arguments):
    """make in a folder outside the tree, without what a make around the tests passes on."""
    ours = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(["make", *arguments], cwd=folder, env=ours, capture_output=True,
                          text=True, check=False)
