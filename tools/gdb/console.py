# SPDX-License-Identifier: MIT
"""console.py SOCKET LOG: the console of a machine under `make debug`, in this terminal.

Shows what the log holds already, then connects, and passes on every key: Ctrl-C is for the guest,
Ctrl-A x ends QEMU. Ctrl-] leaves, and the machine goes on. Ends when the machine does.
"""

import os
import selectors
import socket
import sys
import termios
import tty

LEAVE = b"\x1d"  # Ctrl-]
SIZE = 4096


def connect(path):
    console = socket.socket(socket.AF_UNIX)
    try:
        console.connect(path)
    except OSError:
        sys.exit(f"{path}: no machine there. `make debug` starts one; run `make console` beside it,"
                 " with the same ARCH")
    return console


def show(data):
    while data:
        data = data[os.write(sys.stdout.fileno(), data):]


def talk(console):
    """Until either side has enough."""
    with selectors.DefaultSelector() as ready:
        ready.register(console, selectors.EVENT_READ)
        ready.register(sys.stdin, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                data = os.read(key.fd, SIZE)
                if not data or (key.fileobj is sys.stdin and LEAVE in data):
                    return
                if key.fileobj is console:
                    show(data)
                else:
                    console.sendall(data)


def main(path, log):
    terminal = sys.stdin.fileno()
    with connect(path) as console:
        before = termios.tcgetattr(terminal)
        try:
            tty.setraw(terminal, termios.TCSANOW)  # what was typed already is not lost
            with open(log, "rb") as file:
                show(file.read())
            talk(console)
        except ConnectionError:
            pass  # QEMU ended
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if not sys.stdin.isatty():
        sys.exit("console.py: standard input is not a terminal")
    main(*sys.argv[1:])
