/* SPDX-License-Identifier: MIT */
/*
 * The relocations of arm64 that a compiler makes for the small code model, and a veneer.
 *
 * Source: "ELF for the Arm 64-bit Architecture" (IHI 0056), 4.6; Arm ARM (DDI 0487) C4 for the
 * fields of the instructions.
 * Linux counterpart: arch/arm64/kernel/module.c, module-plts.c
 */
#include <asm/module.h>
#include <kernel/lib/string.h>
#include <kernel/module/relocate.h>

enum { DATA, IMM26, IMM19, IMM14, IMM12, ADR };

#define DATA_ROW(number, name, bytes, base) \
	{ number, name, bytes, base, 0, 8 * bytes, DATA, RELOC_CHECKED }
#define BRANCH_ROW(number, name, width, field, flags) \
	{ number, name, 4, FROM_PLACE, 2, width, field, RELOC_CHECKED | RELOC_ALIGNED | flags }
/* The low 12 bits of an address; a load or store counts them in units of its size. */
#define LO12_ROW(number, name, shift) \
	{ number, name, 4, FROM_ZERO, shift, 12 - shift, IMM12, RELOC_ALIGNED }

const struct relocation_type relocation_types[] = {
	{ 0, "R_AARCH64_NONE" },
	{ 256, "R_AARCH64_NONE" },
	DATA_ROW(257, "R_AARCH64_ABS64", 8, FROM_ZERO),
	DATA_ROW(258, "R_AARCH64_ABS32", 4, FROM_ZERO),
	DATA_ROW(260, "R_AARCH64_PREL64", 8, FROM_PLACE),
	DATA_ROW(261, "R_AARCH64_PREL32", 4, FROM_PLACE),
	BRANCH_ROW(273, "R_AARCH64_LD_PREL_LO19", 19, IMM19, 0),
	{ 274, "R_AARCH64_ADR_PREL_LO21", 4, FROM_PLACE, 0, 21, ADR, RELOC_CHECKED },
	{ 275, "R_AARCH64_ADR_PREL_PG_HI21", 4, FROM_PAGE, 12, 21, ADR, RELOC_CHECKED },
	LO12_ROW(277, "R_AARCH64_ADD_ABS_LO12_NC", 0),
	LO12_ROW(278, "R_AARCH64_LDST8_ABS_LO12_NC", 0),
	BRANCH_ROW(279, "R_AARCH64_TSTBR14", 14, IMM14, 0),
	BRANCH_ROW(280, "R_AARCH64_CONDBR19", 19, IMM19, 0),
	BRANCH_ROW(282, "R_AARCH64_JUMP26", 26, IMM26, RELOC_BRANCH),
	BRANCH_ROW(283, "R_AARCH64_CALL26", 26, IMM26, RELOC_BRANCH),
	LO12_ROW(284, "R_AARCH64_LDST16_ABS_LO12_NC", 1),
	LO12_ROW(285, "R_AARCH64_LDST32_ABS_LO12_NC", 2),
	LO12_ROW(286, "R_AARCH64_LDST64_ABS_LO12_NC", 3),
	LO12_ROW(299, "R_AARCH64_LDST128_ABS_LO12_NC", 4),
	{},
};

long relocation_addend(const struct relocation_type *type, const struct elf_reloc *reloc,
		       const void *place)
{
	return reloc->r_addend;
}

/* Where each field begins in its instruction; the two lowest bits of ADR's are elsewhere. */
static const u8 lowest_bit[] = { [IMM26] = 0, [IMM19] = 5, [IMM14] = 5, [IMM12] = 10, [ADR] = 5 };

/* memcpy(), because nothing says that the place is aligned. */
void set_relocation_field(const struct relocation_type *type, void *place, unsigned long value)
{
	u32 insn, width = type->width, low = lowest_bit[type->field], mask;

	if (type->field == DATA) {
		memcpy(place, &value, type->size); /* little-endian: the low bytes come first */
		return;
	}
	memcpy(&insn, place, sizeof(insn));
	if (type->field == ADR) {
		insn = (insn & ~(3U << 29)) | (u32)(value & 3) << 29;
		value >>= 2;
		width -= 2;
	}
	mask = (1U << width) - 1;
	insn = (insn & ~(mask << low)) | ((u32)value & mask) << low;
	memcpy(place, &insn, sizeof(insn));
}

/* x16 is what calls may change (IP0 of the procedure call standard). */
void make_veneer(void *place, unsigned long target)
{
	static const u32 code[] = {
		0x58000050, /* ldr x16, what follows the code */
		0xd61f0200, /* br x16 */
	};

	memcpy(place, code, sizeof(code));
	memcpy((u8 *)place + sizeof(code), &target, sizeof(target));
}
