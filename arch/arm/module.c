/* SPDX-License-Identifier: MIT */
/*
 * The relocations of arm that a compiler makes for ARM instructions, and a veneer. The addend of
 * each is what the place holds before.
 *
 * Source: "ELF for the Arm Architecture" (IHI 0044), 4.6; ARMv7-A Arm ARM (DDI 0406) A5 for the
 * fields of the instructions.
 * Linux counterpart: arch/arm/kernel/module.c, module-plts.c
 */
#include <asm/module.h>
#include <kernel/lib/string.h>
#include <kernel/module/relocate.h>

enum { DATA, IMM24, IMM16 };

#define ROW(number, name, base, shift, width, field, flags) \
	{ number, name, 4, base, shift, width, field, flags }
#define BRANCH_ROW(number, name) \
	ROW(number, name, FROM_PLACE, 2, 24, IMM24, RELOC_CHECKED | RELOC_ALIGNED | RELOC_BRANCH)

const struct relocation_type relocation_types[] = {
	{ 0, "R_ARM_NONE" },
	BRANCH_ROW(1, "R_ARM_PC24"),
	ROW(2, "R_ARM_ABS32", FROM_ZERO, 0, 32, DATA, 0),
	ROW(3, "R_ARM_REL32", FROM_PLACE, 0, 32, DATA, 0),
	BRANCH_ROW(28, "R_ARM_CALL"),
	BRANCH_ROW(29, "R_ARM_JUMP24"),
	ROW(38, "R_ARM_TARGET1", FROM_ZERO, 0, 32, DATA, 0),
	{ 40, "R_ARM_V4BX" }, /* for processors that have no bx */
	ROW(42, "R_ARM_PREL31", FROM_PLACE, 0, 31, DATA, RELOC_CHECKED),
	ROW(43, "R_ARM_MOVW_ABS_NC", FROM_ZERO, 0, 16, IMM16, 0),
	ROW(44, "R_ARM_MOVT_ABS", FROM_ZERO, 16, 16, IMM16, 0),
	ROW(45, "R_ARM_MOVW_PREL_NC", FROM_PLACE, 0, 16, IMM16, 0),
	ROW(46, "R_ARM_MOVT_PREL", FROM_PLACE, 16, 16, IMM16, 0),
	{},
};

static u32 field_mask(const struct relocation_type *type)
{
	return type->width < 32 ? (1U << type->width) - 1 : ~0U;
}

/* movw and movt: the upper four bits are apart. */
static u32 split(u32 imm16)
{
	return (imm16 & 0xf000) << 4 | (imm16 & 0xfff);
}

static u32 join(u32 insn)
{
	return (insn >> 4 & 0xf000) | (insn & 0xfff);
}

long relocation_addend(const struct relocation_type *type, const struct elf_reloc *reloc,
		       const void *place)
{
	unsigned int above = 32 - type->width;
	u32 word;

	memcpy(&word, place, sizeof(word));
	if (type->field == IMM16)
		word = join(word);
	/* The field's top bit is its sign. A branch counts in instructions. */
	return ((s32)(word << above) >> above) * (type->field == IMM24 ? 4 : 1);
}

/* memcpy(), because nothing says that the place is aligned. */
void set_relocation_field(const struct relocation_type *type, void *place, unsigned long value)
{
	u32 word, mask = field_mask(type);

	value &= mask;
	if (type->field == IMM16) {
		value = split(value);
		mask = split(mask);
	}
	memcpy(&word, place, sizeof(word));
	word = (word & ~mask) | value;
	memcpy(place, &word, sizeof(word));
}

/* The program counter reads as the address of the instruction and 8. */
void make_veneer(void *place, unsigned long target)
{
	static const u32 jump = 0xe51ff004; /* ldr pc, [pc, #-4] */

	memcpy(place, &jump, sizeof(jump));
	memcpy((u8 *)place + sizeof(jump), &target, sizeof(target));
}
