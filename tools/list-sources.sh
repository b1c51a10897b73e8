#!/bin/sh
# SPDX-License-Identifier: MIT
#
# list-sources.sh c|sh: the project's own C files (headers too) or shell scripts, one a line.

cd "$(dirname "$0")/.." || exit 1

case $1 in
c) find arch boot docs drivers kernel mm userland tools -name '*.[ch]' ;;
sh) find tools .ci -type f \( -name '*.sh' -o -path .ci/run \) ;;
esac | sort
