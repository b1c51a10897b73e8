#!/bin/sh
# SPDX-License-Identifier: MIT
#
# format.sh OPTIONS...: runs clang-format on all C files. -i rewrites them; `--dry-run -Werror`
# fails when one is not in the house style. Versions disagree about macros, so one decides.

version=19

for formatter in clang-format-$version clang-format; do
	"$formatter" --version 2>/dev/null | grep -q "version $version\." || continue
	# shellcheck disable=SC2046 # the list is a list of words
	exec "$formatter" "$@" $(tools/list-sources.sh c)
done
echo "clang-format $version is not installed; others format some macros in another way" >&2
exit 1
