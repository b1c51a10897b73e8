#!/bin/sh
# SPDX-License-Identifier: MIT
#
# link.sh OUTPUT LD ARGUMENTS...: links the kernel with the table of its own symbols inside.
#
# The table moves what lies behind it, so the image is linked again until the table made from the
# image equals the one inside it. Pass 1 has an empty table, pass 2 one of the right size, and
# pass 3 the right addresses.

set -e
output=$1
shift
table=$output.symbols

"$PYTHON" tools/gensyms.py </dev/null >"$table.S"
for _ in 1 2 3 4; do
	$CC -c -o "$table.o" "$table.S"
	"$@" "$table.o" -o "$output.new"
	"$NM" -n "$output.new" | "$PYTHON" tools/gensyms.py >"$table.next"
	if cmp -s "$table.S" "$table.next"; then
		rm "$table.next"
		mv "$output.new" "$output"
		exit 0
	fi
	mv "$table.next" "$table.S"
done
echo "link.sh: the symbol table does not settle" >&2
exit 1
