# SPDX-License-Identifier: MIT
"""The stopped machine: its registers, and its RAM by physical address.

QEMU's stub can be told to take every address as a physical one. While it is, every reader in GDB
would get physical memory, so the mode lasts for one command only and ends on every way out. A stub
that does not know the request (a board's) gives the same bytes through the kernel's linear map.

RAM only: reading a device's register may change the device.
"""

import gdb

from mercator.tables import Unreadable

MODE = "Qqemu.PhyMemMode:"
PAGE = 4096


def register(*names):
    """The value of the first of these registers that the stub shows; None when it shows none."""
    frame = gdb.newest_frame()
    for name in names:
        try:
            return int(frame.read_register(name)) & 0xffffffffffffffff
        except (ValueError, gdb.error):  # not shown; shown, but without a value
            continue
    return None


def read(addr, size):
    """Bytes at an address as GDB means it now; None where nothing answers."""
    try:
        return bytes(gdb.selected_inferior().read_memory(addr, size))
    except gdb.MemoryError:
        return None


def set_physical(on):
    """Tells the stub what addresses are. False: it does not know the request."""
    answer = gdb.execute(f"maintenance packet {MODE}{int(on)}", to_string=True)
    gdb.execute("maintenance flush dcache", to_string=True)  # it holds the other mode's bytes
    return 'received: "OK"' in answer


class Memory:
    """RAM by physical address, during one command: a context manager.

    Each page is read once. `ram` lists what may be read, as (start, end); None: no limit, for the
    tables that the processor itself reads."""

    def __init__(self):
        self.pages, self.ram, self.physical = {}, None, False
        self.virtual = lambda addr: addr  # how the linear map names a physical address

    def __enter__(self):
        self.physical = set_physical(True)
        return self

    def __exit__(self, *_):
        if self.physical:
            set_physical(False)

    def read(self, addr, size):
        """Bytes of RAM. Unreadable: not RAM, or nothing answers."""
        if self.ram is not None and not any(start <= addr and addr + size <= end
                                            for start, end in self.ram):
            raise Unreadable(addr, "not in RAM, so it is not read")
        first, last = addr // PAGE, (addr + size - 1) // PAGE
        block = b"".join(self._page(n) for n in range(first, last + 1))
        start = addr - first * PAGE
        return block[start:start + size]

    def _page(self, n):
        if n not in self.pages:
            addr = n * PAGE
            found = read(addr if self.physical else self.virtual(addr), PAGE)
            if found is None:
                raise Unreadable(addr, "nothing answers there")
            self.pages[n] = found
        return self.pages[n]
