#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run-tests.sh T FAILED PYTEST...: runs the tests with the command PYTEST. T chooses some: a file
# (test_boot.py), a test in it (test_boot.py::test_history), or a pattern of names ("history and
# arm64"). FAILED not empty: those that failed when they ran last. Chosen tests run one at a time,
# all of them two at a time. Exit status as pytest's.

chosen=$1 failed=$2
shift 2
folders="tools/testing userland/tests docs/tests"
nothing_ran=5 # pytest's exit status

# place FILE: where the test file is, which may be named without its folder.
place() {
	[ -f "$1" ] && echo "$1" && return
	for folder in $folders; do
		[ -f "$folder/$1" ] && echo "$folder/$1" && return
	done
	return 1
}

[ "$chosen$failed" ] || set -- "$@" -n 2
[ "$failed" ] && set -- "$@" --last-failed --last-failed-no-failures none
case $chosen in
*.py | *.py::*)
	if ! file=$(place "${chosen%%::*}"); then
		echo "T=$chosen: there is no file of tests ${chosen%%::*} in $folders" >&2
		exit 1
	fi
	set -- "$@" "$file${chosen#"${chosen%%::*}"}"
	;;
*)
	[ "$chosen" ] && set -- "$@" -k "$chosen"
	# shellcheck disable=SC2086 # the folders are a list of words
	set -- "$@" $folders
	;;
esac

"$@"
status=$?
[ $status = $nothing_ran ] || exit $status
if [ "$failed" ]; then
	echo "FAILED=1: no test ${chosen:+of T=$chosen }failed when it ran last."
	exit 0
fi
echo "T=$chosen matches no test: \`make test T=test_boot.py\` runs a file," \
	"\`make test T=history\` what has that in its name." >&2
exit 1
