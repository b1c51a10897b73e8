/* SPDX-License-Identifier: MIT */
/* Which ELF files run here. Linux counterpart: arch/arm/include/asm/elf.h */
#pragma once

#include <asm/fpu.h>
#include <kernel/lib/elf.h>

#define ELF_CLASS ELFCLASS32
#define ELF_ARCH  EM_ARM

/* The machine name that uname prints. */
#define UTS_MACHINE "armv7l"

/* What a program is told of the processor (AT_PLATFORM, AT_HWCAP). */
#define ELF_PLATFORM "v7l"
#define ELF_HWCAP    fpu_hwcap()

#define elfhdr   elf32_hdr
#define elf_phdr elf32_phdr
#define elf_shdr elf32_shdr
#define elf_sym  elf32_sym

/* The form of a module's relocations. */
#define elf_reloc        elf32_rel
#define SHT_RELOC        SHT_REL
#define ELF_R_SYM(info)  ELF32_R_SYM(info)
#define ELF_R_TYPE(info) ELF32_R_TYPE(info)
