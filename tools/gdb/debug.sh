#!/bin/sh
# SPDX-License-Identifier: MIT
#
# debug.sh KERNEL.ELF ENTRY QEMU ARGUMENTS...: starts QEMU stopped at its first instruction, and GDB
# in this terminal, which goes on to the kernel's first. When GDB ends, so does QEMU.
#
# The guest's console is a socket, build/ARCH/console, to which console.py connects a terminal. With
# tmux, the terminal is split and has both; without, `make console` opens the console in a second
# one. All that the guest says is in build/ARCH/console.log besides.
#
# ENTRY: the addresses where firmware may start the kernel; empty when QEMU loads it. From make:
# GDB_ARGS, what else GDB is told, written as for a shell; SPLIT, empty when the terminal is to stay
# whole; CHOICES, by which make finds the same build; PYTHON.

elf=$1
entry=$2
shift 2
folder=$(dirname "$0")
build=$(dirname "$elf")

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

# The link may be another machine's by now.
clean_up() {
	kill $qemu 2>/dev/null
	[ -z "$split" ] || tmux -S "$split" kill-server 2>/dev/null
	wait
	[ "$(readlink "$build/console")" != "$private/console" ] || rm -f "$build/console"
	rm -rf "$private"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# The console in this form, not as a -chardev of its own, because a recording knows only this one.
"$@" -S -chardev "socket,path=$private/gdb,server=on,wait=off,id=gdb" -gdb chardev:gdb \
	-serial "mon:unix:$private/console,server=on,wait=off,logfile=$build/console.log" \
	</dev/null >"$private/qemu.log" 2>&1 &
qemu=$!
until [ -S "$private/gdb" ]; do
	kill -0 $qemu 2>/dev/null || fail "QEMU ended: $(cat "$private/qemu.log")"
	sleep 0.1
done
ln -sfn "$private/console" "$build/console"

# What GDB is told, as a script: it runs here, or in a part of the terminal. $qemu is for the case
# that GDB lets go of QEMU.
quote() {
	printf "'%s' " "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}
{
	echo 'trap : INT' # GDB handles Ctrl-C; the shell that waits for it must not end of it
	for word in "$gdb" -nx -q -x "$folder/mercator.py" "$elf" \
		-ex "target remote $private/gdb" -ex "to-kernel $entry"; do
		quote "$word"
	done
	# shellcheck disable=SC2016 # for the script's own shell
	printf '%s\nstatus=$?\nkill %s 2>/dev/null\nexit $status\n' "$GDB_ARGS" "$qemu"
} >"$private/session"
show_console="$PYTHON '$folder/console.py' '$private/console' '$build/console.log'"

if [ -t 0 ] && [ -t 1 ] && [ "$SPLIT" ] && [ "$TERM" != dumb ] && command -v tmux >/dev/null; then
	echo "The guest's console is beside GDB: Ctrl-B and an arrow key go there and back."
	if [ "$TMUX" ]; then
		tmux split-window -h -d "$show_console" && sh "$private/session"
	else
		split=$private/tmux
		tmux -S "$split" -f /dev/null new-session "sh '$private/session'" \; \
			split-window -h -d "$show_console"
	fi
	exit
fi
echo "The guest's console: \`make console $CHOICES\` in a second terminal;"
echo "what it says is in $build/console.log."
echo "Try: mc where, hbreak start_kernel, continue, mc walk \$sp, backtrace; quit ends both."
# As a job of its own, GDB alone gets Ctrl-C: make would take it as the end. A shell between, since
# one that has lost its terminal runs no job, not even the rm above.
set -- sh "$private/session"
[ -t 0 ] && set -- sh -mc '"$@"; exit $?' sh "$@"
"$@"
