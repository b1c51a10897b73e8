/* SPDX-License-Identifier: MIT */
/* Which ELF files run here. Linux counterpart: arch/arm/include/asm/elf.h */
#pragma once

#include <kernel/lib/elf.h>

#define ELF_CLASS ELFCLASS32
#define ELF_ARCH  EM_ARM

/* The machine name that uname prints. */
#define UTS_MACHINE "armv7l"

#define elfhdr   elf32_hdr
#define elf_phdr elf32_phdr
