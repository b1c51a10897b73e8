#!/bin/sh
# SPDX-License-Identifier: MIT
#
# debug.sh KERNEL.ELF QEMU ARGUMENTS...: starts QEMU stopped at its first instruction, and GDB in
# this terminal attached to it. The guest's console goes to a log file; when GDB ends, so does QEMU.

elf=$1
shift
directory=$(dirname "$elf")
socket=$(realpath "$directory")/gdb.sock
console=$directory/console.log

gdb=$(command -v gdb-multiarch || command -v gdb) || {
	echo "gdb-multiarch is not installed: \`make doctor\` tells what is missing" >&2
	exit 1
}

rm -f "$socket"
# setsid keeps Ctrl-C for GDB: it shall interrupt the guest, not end QEMU.
setsid "$@" -S -chardev "socket,path=$socket,server=on,wait=off,id=gdb" -gdb chardev:gdb \
	</dev/null >"$console" 2>&1 &
qemu=$!
trap 'kill $qemu 2>/dev/null; rm -f "$socket"' EXIT

for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -S "$socket" ] && break
	kill -0 $qemu 2>/dev/null || {
		cat "$console" >&2
		exit 1
	}
	sleep 0.1
done

echo "The guest waits before its first instruction. Its console: tail -f $console"
echo "Try: hbreak start_kernel, continue, next; backtrace; quit ends both."
"$gdb" -nx -q "$elf" -ex "target remote $socket"
