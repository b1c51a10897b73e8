# SPDX-License-Identifier: MIT
"""The package `mercator` on the kernels that Clang builds: some tests of the other files again.

Clang's debug information differs where GDB stumbles: names of the linker script have no type, calls
that it has inlined have no line, and arguments lie elsewhere or nowhere.
"""

# Imported in the order in which they run, because those of a file share its machine.
# pylint: disable=unused-import
import pytest

import test_tours
from qemu import Clang, make
from test_gdb_boot import (  # noqa: F401
    booting, test_before_the_first_instruction, test_at_the_kernels_first_instruction,
    test_in_the_middle_of_early_map, test_when_the_mmu_is_on,
    test_boots_own_code_is_freed_at_its_end, test_in_a_program)
from test_gdb_entries import (  # noqa: F401
    gdb, place, session, test_a_block_stops_once, test_a_table_then_a_page,
    test_a_physical_address_gets_a_mapping, test_the_mapping_is_taken_away,
    test_before_and_after_the_mmu)
from test_gdb_printers import (  # noqa: F401
    test_entries_of_each_level, test_memory, test_nodes_and_tasks,
    test_entries_in_a_backtrace)
from test_gdb_walk import test_the_shells_own_walk, test_what_is_not_mapped  # noqa: F401

ARCHS = Clang("arm64"), Clang("arm")


@pytest.fixture(scope="module", autouse=True)
def built(arch):
    """Before the first machine is started."""
    done = make("all", f"ARCH={arch}", "LLVM=1")
    assert done.returncode == 0, done.stderr


def test_commands_from_make(arch):
    """What is said names this build, not the one of GCC beside it."""
    done = make("debug", f"ARCH={arch}", "LLVM=1", "GDB_ARGS=-batch -ex 'print $pc == &_head'")
    assert done.returncode == 0 and "= 1\n" in done.stdout, done.stdout + done.stderr
    assert f"`make console ARCH={arch} LLVM=1`" in done.stdout


@pytest.mark.parametrize("name", ["early_ioremap", "ioremap", "switch"])
def test_a_tour_to_its_end(name, arch):
    """Those that stop in functions that Clang inlines."""
    test_tours.test_a_tour_to_its_end(name, arch)
