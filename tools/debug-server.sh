#!/bin/sh
# SPDX-License-Identifier: MIT
#
# debug-server.sh SOCKET QEMU ARGUMENTS...: starts QEMU stopped at its first instruction. The GDB of
# an editor connects to SOCKET. This terminal is the guest's console. QEMU ends when that GDB kills
# its target, or with Ctrl-A x.

socket=$1
shift

rm -f "$socket" || exit 1

# An editor waits for this line. The shell's number stays: exec makes QEMU of it.
{
	while kill -0 $$ 2>/dev/null && [ ! -S "$socket" ]; do sleep 0.1; done
	[ ! -S "$socket" ] || echo "Waiting for GDB at $socket"
} &
exec "$@" -S -chardev "socket,path=$socket,server=on,wait=off,id=gdb" -gdb chardev:gdb
