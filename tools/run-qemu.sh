#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run-qemu.sh QEMU ARGUMENTS...: checks that this QEMU will do, says which it is, and starts it.
#
# From make: APPEND, the kernel's command line. When it asks for the kernel's tests, selftest.py
# runs the machine (with PYTHON) and judges them; LOG is where it keeps what the console says.

oldest=7

version=$("$1" --version 2>/dev/null | sed -n 's/.*version \([0-9.]*\).*/\1/p')
if [ -z "$version" ]; then
	echo "$1 is not installed: \`make doctor\` tells what is missing" >&2
	exit 1
fi
if [ "${version%%.*}" -lt "$oldest" ]; then
	echo "$1 $version is too old: install QEMU $oldest.0 or later" >&2
	exit 1
fi

echo "QEMU $version. Ctrl-A x leaves it, Ctrl-C goes to the guest."
words=" $APPEND "
case ${words%% -- *} in # what follows -- is for the first program
*' selftest '* | *' selftest='* | *' selftest')
	exec "$PYTHON" "$(dirname "$0")/testing/selftest.py" "$LOG" "$@"
	;;
esac
exec "$@"
