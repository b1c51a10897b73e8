# SPDX-License-Identifier: MIT
"""What GDB reads first (-x tools/gdb/mercator.py, or `source` it): loads the package beside it.

GDB 12 or later, with Python. Each module named here adds what it has.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True  # the tree stays clean

# pylint: disable=wrong-import-position,unused-import
from mercator import backtrace, places, printers, run, settings  # noqa: E402,F401
from mercator import areas, breaks, devicetree, diff, explain, fixmap  # noqa: E402,F401
from mercator import memory, modules, ptdump, tasks, tour, walk, where, who_wrote  # noqa: E402,F401
