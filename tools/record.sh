#!/bin/sh
# SPDX-License-Identifier: MIT
#
# record.sh record BUILD QEMU ARGUMENTS...: starts QEMU as `make run` does, and records every input,
# interrupt and clock reading. record.sh replay BUILD: starts GDB on the recorded machine, which
# takes them from the recording. So it does the same again, instruction by instruction, and GDB can
# run it backwards.
#
# In BUILD: record.log, what happened when; record.qcow2, the machine before its first instruction;
# record.cmd, the command line. From make: what run-qemu.sh and debug.sh are told.

action=$1
build=$2
shift 2
folder=$(dirname "$0")
recording=$build/record.log
start=$build/record.qcow2
choices=${CHOICES:-ARCH=${build##*/}}

fail() {
	echo "$1" >&2
	exit 1
}

quote() {
	printf "'%s' " "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

# Whether QEMU has written the head of the file, which it does when it ends.
is_complete() {
	[ "$(head -c 4 "$recording" | tr -d '\0')" ]
}

# with_replay MODE COMMAND...: runs the command with what QEMU is told besides.
with_replay() {
	mode=$1
	shift
	"$@" -icount "shift=auto,rr=$mode,rrfile=$recording,rrsnapshot=init" \
		-drive "file=$start,if=none,id=record"
}

record() {
	command -v qemu-img >/dev/null ||
		fail "qemu-img is not installed: \`make run\` installs it (package qemu-utils)"
	rm -f "$recording"
	qemu-img create -q -f qcow2 "$start" 1M || exit 1
	for word; do quote "$word"; done >"$build/record.cmd"
	echo "Recording. Leave with poweroff or Ctrl-A x; then: make replay $choices"
	with_replay record "$folder/run-qemu.sh" "$@"
}

replay() {
	[ -f "$recording" ] || fail "nothing is recorded: \`make record $choices\` first"
	is_complete || fail "the recording has no end: leave QEMU with poweroff or Ctrl-A x"
	newer=$(find "$build" -maxdepth 1 \( -name kernel.elf -o -name 'initramfs*.cpio' \) \
		-newer "$recording" | head -n 1)
	[ -z "$newer" ] ||
		fail "$newer is newer than the recording: \`make record $choices\` again"
	eval "set -- $(cat "$build/record.cmd")"
	with_replay replay "$folder/gdb/debug.sh" "$build/kernel.elf" '' "$@"
}

"$action" "$@"
