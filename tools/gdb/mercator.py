# SPDX-License-Identifier: MIT
"""What GDB reads first (-x tools/gdb/mercator.py): each module named here adds what it has.

GDB 12 or later, with Python. The modules are plain files in this folder.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True  # the tree stays clean

# pylint: disable=wrong-import-position,unused-import
import backtrace  # noqa: E402,F401
import places  # noqa: E402,F401
import settings  # noqa: E402,F401
