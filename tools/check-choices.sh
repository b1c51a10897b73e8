#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check-choices.sh ARCH MEM SMP GIC CPU: prints one line that says what is wrong, or nothing.

arch=$1 mem=$2 smp=$3 gic=$4 cpu=$5

refuse() {
	echo "$*"
	exit 0
}

[ -f "arch/$arch/arch.mk" ] || refuse "ARCH=$arch is unknown: use ARCH=arm64 or ARCH=arm"

number=${mem%[MG]}
case $number in
'' | 0* | *[!0-9]*) refuse "MEM=$mem is no memory size: use for example MEM=512M or MEM=2G" ;;
esac

case $smp in
[1-8]) ;;
*) refuse "SMP=$smp: use 1 to 8 processors, for example SMP=2" ;;
esac

case $gic in
2 | 3) ;;
*) refuse "GIC=$gic is unknown: use GIC=2 or GIC=3" ;;
esac

# QEMU's 64-bit emulator has these too, and starts them without a word.
case $arch-$cpu in
arm64-cortex-a7 | arm64-cortex-a15)
	refuse "CPU=$cpu has 32 bits: use ARCH=arm, or for example CPU=cortex-a72"
	;;
esac
