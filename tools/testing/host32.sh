#!/bin/sh
# SPDX-License-Identifier: MIT
#
# host32.sh: how this machine compiles and runs 32-bit programs, printed as make variables. Nothing
# else decides: the Makefiles of the host tests and the fuzzers include this, doctor and pytest read
# it. The first of three ways that runs a program is taken:
#
#   native     what `gcc -m32` builds runs as it is
#   qemu-i386  the same, emulated: not every amd64 host executes 32-bit programs
#   arm        the arm cross compiler and qemu-arm: on an arm64 host gcc has no -m32
#
# In the environment, HOST32 forces a way, and HOST_CC names another gcc. A SANITIZE32 beside HOST32
# is an earlier answer of this script: it is repeated without a trial.

ways="native qemu-i386 arm"

# A search for leaks stops the program from a clone() that the emulators do not offer: under
# qemu-arm it fails, under qemu-i386 it never ends. The 64-bit programs are searched.
emulated="env ASAN_OPTIONS=detect_leaks=0"

# use WAY: sets way, cc (the compiler) and runner (the command in front of a program).
use() {
	way=$1 cc="${HOST_CC:-gcc} -m32" runner=
	case $way in
	native) ;;
	qemu-i386) runner="$emulated qemu-i386" ;;
	arm) cc=arm-linux-gnueabihf-gcc runner="$emulated qemu-arm -L /usr/arm-linux-gnueabihf" ;;
	*)
		echo "HOST32=$way is unknown: use one of $ways, or leave it out" >&2
		exit 1
		;;
	esac
}

# shellcheck disable=SC2086 # the commands are lists of words
build() {
	$cc "-fsanitize=$sanitizers" -o "$trial/main" "$trial/main.c"
}

# The shell between the two says "Exec format error"; timeout would try a program as a script.
run() {
	timeout -v 20 sh -c "$runner $trial/main"
}

# works WAY: tries it, with AddressSanitizer if that runs. Sets sanitizers, and problem when not.
works() {
	use "$1"
	for sanitizers in address,undefined undefined; do
		problem="HOST32=$way: $cc does not build a program"
		build >"$trial/log" 2>&1 || continue
		problem="HOST32=$way: what $cc builds does not run here"
		run >"$trial/log" 2>&1 && problem='' && return
	done
	problem="$problem: $(head -n 1 "$trial/log" | tr -d '#$')"
	false
}

# decide: tries all ways.
decide() {
	for candidate in $ways; do
		works "$candidate" && return
	done
	problem="32-bit programs cannot be built or run here: \`make doctor\` names the packages"
}

cd "$(dirname "$0")/../.." || exit 1
mkdir -p build && trial=$(mktemp -d build/host32.XXXXXX) || exit 1
trap 'rm -rf "$trial"' EXIT
echo 'int main(void) { return sizeof(void *) != 4; }' >"$trial/main.c"

sanitizers=$SANITIZE32 problem=
if [ -z "$HOST32" ]; then
	decide
elif [ -z "$SANITIZE32" ]; then
	works "$HOST32"
else
	use "$HOST32"
fi

cat <<END
HOST32 := $way
CC32 := $cc
RUN32 := $runner
SANITIZE32 := $sanitizers
PROBLEM32 := $problem
END
