#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run-uboot.sh UBOOT QEMU ARGUMENTS...: checks that U-Boot is there, says what will happen, and
# starts it.

uboot=$1
shift

if ! [ -f "$uboot" ]; then
	echo "$uboot is not installed (package u-boot-qemu);" \
	     "\`make run-uboot UBOOT=FILE\` takes another" >&2
	exit 1
fi
echo "U-Boot counts down from 2. A key stops it: then \`boot\` goes on, \`help\` lists what it can."
exec "$(dirname "$0")/run-qemu.sh" "$@"
