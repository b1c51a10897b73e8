#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check.sh: what every change must pass before it is shown to others. All steps run,
# also after one has failed; the last line says how many did.

failed=0

# Each make below counts the processors itself; the one that runs us has no jobs to lend.
unset MAKEFLAGS MFLAGS MAKELEVEL

# step NAME COMMAND...: one line when it succeeds, its output when it does not.
step() {
	name=$1
	shift
	start=$(date +%s)
	if output=$("$@" 2>&1); then
		verdict=ok
	else
		verdict=FAILED
		failed=$((failed + 1))
		printf '%s\n' "$output" | grep -v '^  [A-Z]'
	fi
	printf '%-28s %-6s %3d s\n' "$name" "$verdict" $(($(date +%s) - start))
}

step format tools/format.sh --dry-run -Werror
# shellcheck disable=SC2046 # the list is a list of words
step shellcheck shellcheck $(tools/list-sources.sh sh)
for arch in arm64 arm; do
	step "$arch with GCC" make ARCH=$arch WERROR=1 BUILD=build/check/$arch
	step "$arch with Clang" make ARCH=$arch WERROR=1 LLVM=1 BUILD=build/check/$arch-clang
	step "$arch with sparse" make ARCH=$arch WERROR=1 BUILD=build/check/$arch sparse
done
step "functions without a caller" python3 tools/uncalled.py build/check/arm64 build/check/arm
step why tools/why.py
step "host tests" make host-test

[ $failed = 0 ] && echo "All good." || echo "$failed failed."
[ $failed = 0 ]
