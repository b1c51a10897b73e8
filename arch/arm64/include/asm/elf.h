/* SPDX-License-Identifier: MIT */
/* Which ELF files run here. Linux counterpart: arch/arm64/include/asm/elf.h */
#pragma once

#include <asm/fpu.h>
#include <kernel/lib/elf.h>

#define ELF_CLASS ELFCLASS64
#define ELF_ARCH  EM_AARCH64

/* The machine name that uname prints. */
#define UTS_MACHINE "aarch64"

/* What a program is told of the processor (AT_PLATFORM, AT_HWCAP). */
#define ELF_PLATFORM "aarch64"
#define ELF_HWCAP    fpu_hwcap()

#define elfhdr   elf64_hdr
#define elf_phdr elf64_phdr
#define elf_shdr elf64_shdr
#define elf_sym  elf64_sym

/* The form of a module's relocations. */
#define elf_reloc        elf64_rela
#define SHT_RELOC        SHT_RELA
#define ELF_R_SYM(info)  ELF64_R_SYM(info)
#define ELF_R_TYPE(info) ELF64_R_TYPE(info)
