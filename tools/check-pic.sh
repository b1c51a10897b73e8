#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check-pic.sh OBJDUMP OBJECT: fails when the object needs a link address at run time. Such an
# object would break when it runs at its physical address, before the MMU is on.

objdump=$1 object=$2

absolute=$("$objdump" -r "$object" | awk '
	/^RELOCATION RECORDS FOR/ { debug = /\[\.debug/ }
	!debug && $2 ~ /^R_ARM_(ABS|GOT_|GOT32|MOVW_ABS|MOVT_ABS|TARGET)/ { print "  " $2 " " $3 }
	!debug && $2 ~ /^R_AARCH64_(ABS|MOVW_UABS|.*GOT)/ { print "  " $2 " " $3 }')
[ -z "$absolute" ] && exit 0

echo "$object must be position-independent, but holds absolute relocations:" >&2
echo "$absolute" >&2
rm -f "$object"
exit 1
