#!/bin/sh
# SPDX-License-Identifier: MIT
#
# setup.sh: installs the tools that `make run` and `make test` need, and that this machine lacks
# (Debian 12, Ubuntu 22.04 and later). Silent when nothing is missing. Asks first when it can.
#
# setup.sh class: those of tools/lab/class besides, which students do not need.

# The house style is clang-format 19's. Debian 12 has it beside its own, which is 14.
formatter=clang-format
[ "$(cut -d. -f1 /etc/debian_version 2>/dev/null)" = 12 ] && formatter=clang-format-19

# What must be there, and the package that brings it. A path is looked for as it is, a name on the
# PATH.
needs="
qemu-system-aarch64	qemu-system-arm
qemu-img	qemu-utils
aarch64-linux-gnu-gcc	gcc-aarch64-linux-gnu
arm-linux-gnueabihf-gcc	gcc-arm-linux-gnueabihf
gcc	gcc
/usr/include/stdio.h	libc6-dev
gdb-multiarch	gdb-multiarch
dtc	device-tree-compiler
/usr/lib/u-boot/qemu_arm64/u-boot.bin	u-boot-qemu
mkimage	u-boot-tools
mcopy	mtools
/usr/include/libfdt.h	libfdt-dev
sparse	sparse
shellcheck	shellcheck
clang	clang
$formatter	$formatter
ctags	universal-ctags
qemu-aarch64	qemu-user
/usr/arm-linux-gnueabihf/include/stdio.h	libc6-dev-armhf-cross
/usr/bin/python3	python3
/usr/lib/python3/dist-packages/pytest	python3-pytest
/usr/lib/python3/dist-packages/pexpect	python3-pexpect
/usr/lib/python3/dist-packages/xdist	python3-pytest-xdist
/usr/share/doc/mkdocs-material	mkdocs-material
"
case "$#:$*" in
0:) ;;
1:class)
	needs="$needs
bwrap	bubblewrap
parallel	parallel
"
	;;
*)
	echo "tools/setup.sh $*: the one choice is \`class\`, for the tools of tools/lab/class" >&2
	exit 2
	;;
esac
# For gcc -m32, and never gcc-multilib itself: that one conflicts with the ARM cross compilers, and
# apt would remove them. The versioned package is safe; which version is known once gcc is there.
# The fuzzers' 32-bit programs want a C++ library besides.
gcc_major=$(gcc -dumpversion 2>/dev/null | cut -d. -f1)
if [ "$gcc_major" ] && [ "$(uname -m)" = x86_64 ]; then
	needs="$needs
/usr/lib/gcc/x86_64-linux-gnu/$gcc_major/32	gcc-$gcc_major-multilib
/usr/lib/gcc/x86_64-linux-gnu/$gcc_major/32/libstdc++.a	lib32stdc++-$gcc_major-dev
"
fi
# libFuzzer comes with Clang's version. A file that Clang does not have it names without a path.
clang_major=$(clang -dumpversion 2>/dev/null | cut -d. -f1)
if [ "$clang_major" ]; then
	needs="$needs
$(clang -print-file-name="libclang_rt.fuzzer-$(uname -m).a")	libclang-rt-$clang_major-dev
"
fi

missing=
while read -r what package; do
	case $what in
	'') ;;
	/*) [ -e "$what" ] || missing="$missing $package" ;;
	*) command -v "$what" >/dev/null || missing="$missing $package" ;;
	esac
done <<END
$needs
END
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
	echo "Tools are missing, and only Debian and Ubuntu are set up automatically."
	echo "Install what these Debian packages hold:$missing"
	echo "Then \`make doctor\` tells what is still missing."
	exit 1
fi >&2

echo "Missing packages:$missing"
echo "They will be installed with apt-get: some minutes, up to 2.2 GB of disk."

root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "That needs root. Run as root: apt-get install$missing" >&2
		exit 1
	}
	root=sudo
	if [ -t 0 ] && [ -z "$CI$SETUP_AGREED" ]; then
		printf 'Install them now with sudo? [Y/n] '
		read -r answer
		case $answer in
		'' | [yY]*) ;;
		*)
			echo "Nothing installed. Later: sudo apt-get install$missing" >&2
			exit 1
			;;
		esac
	fi
fi

log=$(mktemp)
# shellcheck disable=SC2086 # the list is a list of words
if $root env DEBIAN_FRONTEND=noninteractive sh -c \
	'apt-get update && apt-get install -y --no-install-recommends "$@"' \
	sh $missing >"$log" 2>&1; then
	rm -f "$log"
else
	tail -n 15 "$log" >&2
	echo "Installation failed; the whole log is $log" >&2
	exit 1
fi

# What depends on the compiler's version is known only now.
[ "$SETUP_AGREED" ] || SETUP_AGREED=1 exec "$0" "$@"
