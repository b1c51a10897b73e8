#!/bin/sh
# SPDX-License-Identifier: MIT
#
# debug.sh KERNEL.ELF ENTRY QEMU ARGUMENTS...: starts QEMU stopped at its first instruction, and GDB
# in this terminal, which goes on to the kernel's first. The guest's console goes to a log file;
# when GDB ends, so does QEMU.
#
# ENTRY: the addresses where firmware may start the kernel; empty when QEMU loads it. GDB_ARGS in
# the environment: what else GDB is told, written as for a shell.

elf=$1
entry=$2
shift 2
folder=$(dirname "$0")
console=$(dirname "$elf")/console.log

fail() {
	echo "$1" >&2
	exit 1
}

[ -f "$elf" ] || fail "$elf is not there: \`make\` builds it"
gdb=$(command -v gdb-multiarch || command -v gdb) ||
	fail "gdb-multiarch is not installed: \`make doctor\` tells what is missing"
needs='python gdb.with_parameter; gdb.execute("set architecture arm"); print("fit")'
[ "$("$gdb" -nx -batch -ex "$needs" 2>/dev/null | tail -n 1)" = fit ] ||
	fail "$gdb will not do: needed is version 12 with Python and ARM (package gdb-multiarch)"

# Not beside the kernel: the path of a socket has 107 characters at most.
private=$(mktemp -d) || exit 1
trap 'kill $qemu 2>/dev/null; wait; rm -rf "$private"' EXIT
trap 'exit 1' HUP INT TERM

"$@" -S -chardev "socket,path=$private/gdb,server=on,wait=off,id=gdb" -gdb chardev:gdb \
	</dev/null >"$console" 2>&1 &
qemu=$!
until [ -S "$private/gdb" ]; do
	kill -0 $qemu 2>/dev/null || fail "QEMU ended: $(cat "$console")"
	sleep 0.1
done

echo "The guest's console: tail -f $console"
echo "Try: hbreak start_kernel, continue, next, backtrace; quit ends both."
set -- "$gdb" -nx -q -x "$folder/mercator.py" "$elf" \
	-ex "target remote $private/gdb" -ex "to-kernel $entry"
# As a job of its own, GDB alone gets Ctrl-C: make would take it as the end. A shell between, since
# one that has lost its terminal runs no job, not even the rm above.
[ -t 0 ] && set -- sh -mc '"$@"; exit $?' sh "$@"
eval '"$@"' "$GDB_ARGS"
