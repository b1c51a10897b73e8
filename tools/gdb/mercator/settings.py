# SPDX-License-Identifier: MIT
"""How GDB behaves here: it asks no questions."""

import gdb

gdb.execute("set confirm off")             # quit ends the machine, which has nothing to save
gdb.execute("set breakpoint pending off")  # a name that is not known is an error, not a question
# An answer that comes later than that is taken for the answer to the next question.
gdb.execute("set remotetimeout 60")
