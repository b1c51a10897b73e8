# SPDX-License-Identifier: MIT
"""A stopped machine from outside, by QEMU's gdb stub: registers, memory by physical address.

The guest takes no part in it, so what is read here is what is there. Source: GDB's manual, appendix
"Remote Protocol"; QEMU's documentation, "GDB usage".
"""

import re
import socket

PIECE = 0x800            # bytes a request, so that an answer fits into a packet
INTERRUPT = b"\x03"
STOPPED = (b"T", b"S", b"W", b"X")
REGISTER = re.compile(rb"<reg\b[^>]*>")
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')


class StubError(Exception):
    """The stub does not do what was asked; it says which request."""


class Stub:
    """One connection. The machine runs only between resume() and stop()."""

    def __init__(self, path, seconds):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        self.socket.connect(path)
        self.buffer = b""
        self.registers = self._find_registers()
        if self._ask(b"Qqemu.PhyMemMode:1") != b"OK":
            raise StubError("this QEMU cannot read physical memory: 4.1 is the first that can")

    def close(self):
        self.socket.close()

    # --- packets ---

    def _send(self, data):
        self.socket.sendall(b"$" + data + b"#%02x" % (sum(data) % 256))

    def _receive(self):
        while not (packet := re.search(rb"\$([^#]*)#..", self.buffer, re.S)):
            more = self.socket.recv(1 << 16)
            if not more:
                raise StubError("QEMU has ended")
            self.buffer += more
        self.buffer = self.buffer[packet.end():]
        self.socket.sendall(b"+")
        return packet[1]

    def _ask(self, data):
        self._send(data)
        return self._receive()

    # --- registers ---

    def _feature(self, name):
        text = b""
        while True:
            part = self._ask(b"qXfer:features:read:%s:%x,800" % (name, len(text)))
            text += part[1:]
            if part[:1] != b"m":
                return text

    def _find_registers(self):
        """{name: (number, bytes)} of all that the stub shows."""
        found, number = {}, 0
        target = self._feature(b"target.xml")
        for name in re.findall(rb'href="([^"]+)"', target):
            for text in REGISTER.findall(self._feature(name)):
                said = dict(ATTRIBUTE.findall(text))
                number = int(said.get(b"regnum", number))
                found[said[b"name"].decode()] = number, int(said[b"bitsize"]) // 8
                number += 1
        return found

    def register(self, *names):
        """The value of the first of these registers that the stub shows."""
        for name in names:
            if name in self.registers:
                number, size = self.registers[name]
                answer = self._ask(b"p%x" % number)
                return int.from_bytes(bytes.fromhex(answer[:2 * size].decode()), "little")
        raise StubError(f"QEMU's stub does not show {names[0]}")

    # --- memory ---

    def read(self, addr, size):
        """Bytes at a physical address. A device's register may change by it: RAM only."""
        block = b""
        while len(block) < size:
            part = min(PIECE, size - len(block))
            answer = self._ask(b"m%x,%x" % (addr + len(block), part))
            if len(answer) != 2 * part:
                raise StubError(f"physical 0x{addr + len(block):x} cannot be read")
            block += bytes.fromhex(answer.decode())
        return block

    # --- running ---

    def resume(self):
        self._send(b"c")

    def is_stopped(self):
        """Whether the machine has stopped by itself since resume()."""
        self.socket.setblocking(False)
        try:
            self.buffer += self.socket.recv(1 << 16)
        except BlockingIOError:
            pass
        finally:
            self.socket.settimeout(30)
        return bool(re.search(rb"\$[TSWX][^#]*#..", self.buffer))

    def stop(self):
        """Stops the machine, unless it has stopped by itself."""
        if not self.is_stopped():
            self.socket.sendall(INTERRUPT)
        while not self._receive().startswith(STOPPED):
            pass

    def step(self):
        """Executes one instruction."""
        self._send(b"s")
        while not self._receive().startswith(STOPPED):
            pass

    def breakpoint(self, addr, on):
        """A breakpoint of the hardware: nothing is written into the guest."""
        if self._ask(b"%c1,%x,4" % (b"zZ"[on], addr)) != b"OK":
            raise StubError("QEMU's stub sets no breakpoint")
