#!/bin/sh
# SPDX-License-Identifier: MIT
#
# mkdisk.sh DISK FILES...: a disk image with one bootable FAT partition that holds the files. A
# partition table is 16 bytes and a signature; mtools writes the file system into a file, so this
# needs no root.

set -e
disk=$1
shift
megabytes=32
partition=1 # starts at this MiB

little_endian() { # VALUE: as four bytes, in printf's octal
	printf '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) \
		$(($1 >> 24 & 255))
}

at() { # OFFSET: standard input goes there
	dd of="$disk.new" bs=1 seek="$1" conv=notrunc status=none
}

rm -f "$disk.new"
truncate -s ${megabytes}M "$disk.new"
sectors_a_mib=2048
start=$(little_endian $((partition * sectors_a_mib)))
size=$(little_endian $(((megabytes - partition) * sectors_a_mib)))
# bootable; first sector as cylinder, head, sector: unknown; type: FAT32 by LBA; last sector; LBA
printf '\200\376\377\377\014\376\377\377%b%b' "$start" "$size" | at 446
printf '\125\252' | at 510

file_system="$disk.new@@${partition}M"
export MTOOLS_SKIP_CHECK=1
sectors=$(((megabytes - partition) * sectors_a_mib))
mformat -i "$file_system" -T $sectors -h 255 -s 63 -v MERCATOR ::
for file; do
	mcopy -i "$file_system" "$file" ::
done
mv "$disk.new" "$disk"
