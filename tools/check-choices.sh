#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check-choices.sh NAME=VALUE...: what was chosen with make, ARCH before CPU; TREE is where the tree
# lies. Prints one line that says what is wrong, or nothing.

newline='
'

refuse() {
	echo "$*"
	exit 0
}

# Tests and QEMU_ARGS put paths between quotes, and into lists that commas separate.
check_tree() {
	case $1 in
	*[\"\\,]* | *"$newline"*)
		refuse "the path of this tree has a comma, a \", a \\ or a line break in it," \
			"which QEMU and other tools take for their own: move the tree ($1)"
		;;
	esac
}

check_memory() {
	case ${1%[MG]} in
	'' | 0* | *[!0-9]*)
		refuse "MEM=$1 is not a size of memory: use for example MEM=512M or MEM=2G"
		;;
	esac
}

check_cpu() {
	case $1 in
	*[!A-Za-z0-9_.,=+-]*) refuse "CPU=$1 is not a processor: use for example CPU=max" ;;
	esac
	# QEMU's 64-bit emulator has these too, and starts them without a word.
	case $arch-$1 in
	arm64-cortex-a7 | arm64-cortex-a15)
		refuse "CPU=$1 has 32 bits: use ARCH=arm, or for example CPU=cortex-a72"
		;;
	esac
}

# check_path NAME PATH: it becomes a part of targets, and make takes a target apart at a blank.
check_path() {
	case $2 in
	*[!A-Za-z0-9_./+~@-]*)
		refuse "$1=$2: use a path of letters, digits and . _ / + ~ @ - only"
		;;
	esac
}

# A mistake for the kernel is a folder in tools/break.
check_break() {
	case $1 in
	'') return ;;
	*[!a-z]*) ;;
	*) [ ! -d "tools/break/$1" ] || return 0 ;;
	esac
	known=$(find tools/break -mindepth 1 -maxdepth 1 -type d -name '[a-z]*' | sort |
		sed 's,.*/, ,' | tr -d '\n')
	refuse "BREAK=$1: there is no such mistake;" \
		"${known:+use one of}${known:-this tree has none}"
}

# check_switch NAME VALUE: the one rule of all choices of yes or no.
check_switch() {
	case $2 in
	'' | 0 | 1) ;;
	*) refuse "$1=$2: use $1=1 for yes, $1=0 for no" ;;
	esac
}

for choice; do
	name=${choice%%=*} value=${choice#*=}
	case $name in
	TREE) check_tree "$value" ;;
	ARCH)
		arch=$value
		[ -f "arch/$arch/arch.mk" ] ||
			refuse "ARCH=$arch is unknown: use ARCH=arm64 or ARCH=arm"
		;;
	MEM) check_memory "$value" ;;
	SMP)
		case $value in
		[1-8]) ;;
		*)
			refuse "SMP=$value: the kernel drives 1 to 8 processors," \
				"use for example SMP=4"
			;;
		esac
		;;
	GIC)
		case $value in
		2 | 3 | max) ;;
		*)
			refuse "GIC=$value: the kernel drives versions 2 and 3 of the interrupt" \
				"controller, use GIC=2, GIC=3 or GIC=max"
			;;
		esac
		;;
	CPU) check_cpu "$value" ;;
	BREAK) check_break "$value" ;;
	BUILD | UBOOT) check_path "$name" "$value" ;;
	*) check_switch "$name" "$value" ;;
	esac
done
