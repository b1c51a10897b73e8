# SPDX-License-Identifier: MIT
"""What the processor is doing: exception level, MMU on or off, and which tables translate.

The registers say so. A stub that does not show them (a board's) leaves what the kernel writes into
them, which its headers say.
"""

import gdb

from mercator import arm, arm64, target
from mercator.tables import Half, Unsupported

FORMATS = {"arm": arm, "arm64": arm64}
ARM_MODES = {0x10: "USR", 0x11: "FIQ", 0x12: "IRQ", 0x13: "SVC", 0x16: "MON", 0x17: "ABT",
             0x1a: "HYP", 0x1b: "UND", 0x1f: "SYS"}
NEEDED = {"arm64": ("TCR_EL1", "TTBR0_EL1", "TTBR1_EL1"), "arm": ("TTBCR", "TTBR0", "TTBR1")}
# Stubs do not agree on these names.
OTHER_NAMES = {"TTBCR": ("TTBCR", "TCR_EL1"), "TTBR0": ("TTBR0", "TTBR0_EL1"),
               "TTBR1": ("TTBR1", "TTBR1_EL1")}
MMU_ON = 1  # SCTLR.M


class World:
    """The state of the selected processor. halves: what its tables translate, if the MMU is on."""

    def __init__(self, constants):
        self.arch, self.constants = constants.arch, constants
        self.pc = int(gdb.newest_frame().pc())
        self.mode = target.register("cpsr")
        self.control = target.register("SCTLR_EL1", "SCTLR")
        self.registers = {name: target.register(*OTHER_NAMES.get(name, (name,)))
                          for name in NEEDED[self.arch]}
        self.shown = None not in self.registers.values() and self.control is not None
        kernel_half = constants["KERNEL_HALF_START"]
        self.mmu_on = bool(self.control & MMU_ON) if self.shown else self.pc >= kernel_half
        if self.level() == 2:
            self.mmu_on = bool((target.register("SCTLR_EL2", "HSCTLR") or 0) & MMU_ON)
        self.problem, self.halves = "", []
        if self.shown and self.mmu_on:
            try:
                self.halves = FORMATS[self.arch].halves(constants, self.registers)
            except Unsupported as error:
                self.problem = str(error)

    def level(self):
        """The exception level, 0 to 3; arm's modes are counted as arm64's."""
        if self.mode is None:
            return None
        if self.arch == "arm64":
            return self.mode >> 2 & 3
        return {0x10: 0, 0x1a: 2, 0x16: 3}.get(self.mode & 0x1f, 1)

    def name(self):
        """The level as its manual names it."""
        if self.mode is None:
            return "level not shown"
        if self.arch == "arm64":
            return f"EL{self.level()}{'h' if self.mode & 1 else 't'}"
        return f"{ARM_MODES.get(self.mode & 0x1f, '?')} mode"

    def half(self, addr):
        """The part of the address space that has addr, or None."""
        return next((half for half in self.halves if addr in half), None)

    def future_halves(self, tables):
        """What will be translated by tables that no register points to yet: {name: physical}."""
        fmt = FORMATS[self.arch].Format(self.constants)
        if self.arch == "arm":
            return [Half("swapper_pg_dir", tables["swapper_pg_dir"], fmt, 0, 1 << 32)]
        half = 1 << self.constants["VA_BITS"]
        return [Half("idmap_pg_dir", tables["idmap_pg_dir"], fmt, 0, half),
                Half("swapper_pg_dir", tables["swapper_pg_dir"], fmt, (1 << 64) - half, 1 << 64)]
