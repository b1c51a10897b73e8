#!/bin/sh
# SPDX-License-Identifier: MIT
#
# doctor.sh: lists every tool, the version found and needed, and what to do. Exit status 1 when one
# is missing or too old.

status=0

# version COMMAND...: the first dotted number that the command prints.
version() {
	"$@" 2>/dev/null | grep -o '[0-9][0-9]*\.[0-9.]*[0-9]' | head -n 1
}

# at_least FOUND NEEDED: compares dotted numbers.
at_least() {
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# columns NAME FOUND NEEDED STATE WHAT
columns() {
	printf '%-26s %-10s %-8s %-8s %s\n' "$@"
}

# row NAME NEEDED FOUND PACKAGE PURPOSE
row() {
	verdict=OK fix=
	if [ -z "$3" ]; then
		verdict=MISSING fix="apt-get install $4"
	elif ! at_least "$3" "$2"; then
		verdict="TOO OLD" fix="needed for $5"
	fi
	[ "$verdict" = OK ] || status=1
	columns "$1" "${3:--}" "$2" "$verdict" "$fix"
}

# tool NAME NEEDED PACKAGE PURPOSE
tool() {
	row "$1" "$2" "$(command -v "$1" >/dev/null && version "$1" --version)" "$3" "$4"
}

# python MODULE NEEDED PACKAGE
python() {
	row "python3: $1" "$2" "$(version "${PYTHON:-/usr/bin/python3}" -c \
		"import $1; print($1.__version__)")" "$3" "make test"
}

# file NAME PATH PACKAGE PURPOSE
file() {
	found=
	[ -e "$2" ] && found=1
	row "$1" 1 "$found" "$3" "$4"
}

# optional NAME PACKAGE PURPOSE: nothing is wrong without it.
optional() {
	if command -v "$1" >/dev/null; then
		columns "$1" 1 - OK ''
	else
		columns "$1" - - optional "apt-get install $2: for $3"
	fi
}

# Compiles and runs a 32-bit program, in the way that the tests will.
programs_of_32_bits() {
	answer=$(tools/testing/host32.sh) || {
		status=1
		return
	}
	value() { printf '%s\n' "$answer" | sed -n "s/^$1 := //p"; }
	if [ "$(value PROBLEM32)" ]; then
		status=1
		columns "32-bit programs" - - MISSING "$(value PROBLEM32)"
	else
		columns "32-bit programs" "$(value HOST32)" - OK \
			"$(value CC32), $(value SANITIZE32)"
	fi
}

gcc_major=$(gcc -dumpversion 2>/dev/null | cut -d. -f1)
clang_major=$(clang -dumpversion 2>/dev/null | cut -d. -f1)

columns TOOL FOUND NEEDED STATE 'WHAT TO DO'
tool make 4.2 make "everything"
tool qemu-system-aarch64 7.0 qemu-system-arm "make run"
tool qemu-system-arm 7.0 qemu-system-arm "make run ARCH=arm"
tool qemu-img 7.0 qemu-utils "make record"
tool aarch64-linux-gnu-gcc 10 gcc-aarch64-linux-gnu "make"
tool arm-linux-gnueabihf-gcc 10 gcc-arm-linux-gnueabihf "make ARCH=arm"
tool /usr/bin/python3 3.9 python3 "make"
tool gdb-multiarch 12 gdb-multiarch "make debug"
tool gcc 10 gcc "make host-test"
file "C library headers" /usr/include/stdio.h libc6-dev "make host-test"
[ "$(uname -m)" = x86_64 ] && file "gcc -m32" "/usr/lib/gcc/x86_64-linux-gnu/$gcc_major/32" \
	"gcc-${gcc_major:-12}-multilib" "make host-test"
tool qemu-aarch64 7.0 qemu-user "make test"
file "C library for arm" /usr/arm-linux-gnueabihf/include/stdio.h libc6-dev-armhf-cross \
	"make host-test"
programs_of_32_bits
file libfdt /usr/include/libfdt.h libfdt-dev "make host-test"
tool dtc 1.6 device-tree-compiler "make test"
file U-Boot /usr/lib/u-boot/qemu_arm64/u-boot.bin u-boot-qemu "make run-uboot"
tool mkimage 2021.01 u-boot-tools "make run-uboot"
tool mcopy 4.0 mtools "make run-uboot"
python pytest 6.2 python3-pytest
python pexpect 4.8 python3-pexpect
python xdist 2.5 python3-pytest-xdist
tool clang 14 clang "make check"
file libFuzzer "$(clang -print-file-name="libclang_rt.fuzzer-$(uname -m).a" 2>/dev/null)" \
	"libclang-rt-${clang_major:-14}-dev" "make fuzz"
[ "$(uname -m)" = x86_64 ] && file "libFuzzer, 32-bit" \
	"/usr/lib/gcc/x86_64-linux-gnu/$gcc_major/32/libstdc++.a" \
	"lib32stdc++-${gcc_major:-12}-dev" "make fuzz"
tool clang-format-19 19 clang-format-19 "make check"
tool sparse 0.6 sparse "make check"
tool shellcheck 0.8 shellcheck "make check"
tool mkdocs 1.4 mkdocs-material "make docs"
file "MkDocs Material" /usr/share/doc/mkdocs-material mkdocs-material "make docs"
tool ctags 5.9 universal-ctags "make test"
optional bwrap bubblewrap "tools/lab/class"
optional podman podman "tools/lab/class, where bubblewrap cannot work"
optional parallel parallel "tools/lab/class"

if [ $status = 0 ]; then
	echo "All there: make run"
else
	echo "make run (or make test) installs what is missing."
fi
exit $status
