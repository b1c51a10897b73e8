/* SPDX-License-Identifier: MIT */
/* Which ELF files run here. Linux counterpart: arch/arm64/include/asm/elf.h */
#pragma once

#include <kernel/lib/elf.h>

#define ELF_CLASS ELFCLASS64
#define ELF_ARCH  EM_AARCH64

/* The machine name that uname prints. */
#define UTS_MACHINE "aarch64"

#define elfhdr   elf64_hdr
#define elf_phdr elf64_phdr
