/* SPDX-License-Identifier: MIT */
/*
 * Steps from a function to its caller by the compiler's unwind tables. The compiler writes down for
 * each function where it keeps the registers that it must give back. So code needs no frame
 * pointer, which would cost three instructions a function, and both compilers say it in one way.
 *
 * The index has an entry for each function, by address: where the function begins, and its
 * instructions for a small machine that undoes the prologue. They stand in the entry itself when
 * three bytes suffice, and otherwise in a second table. entry.S has instructions of its own for an
 * exception: they load all registers of the interrupted code.
 *
 * A table describes a function after its prologue. Every call lies there. An exception may come
 * earlier: then the function has not stored anything yet, and its caller is in the link register.
 *
 * Source: Exception Handling ABI for the Arm Architecture (IHI 0038), sections 6, 7 and 10.
 * Linux counterpart: arch/arm/kernel/unwind.c
 */
#include <asm/stacktrace.h>
#include <asm/uaccess.h>
#include <kernel/base/export.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/sections.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/macros.h>

struct unwind_index {
	u32 function; /* each a signed distance of 31 bits from where it stands */
	u32 entry;    /* or CANT_UNWIND, or, with bit 31, the instructions */
};

/* Where the index for some code is. */
struct unwind_table {
	const struct unwind_index *start, *stop;
};

extern const struct unwind_index __start_unwind_index[], __stop_unwind_index[];

/* For modules, whose tables name them, too (kernel.lds). */
extern const char __aeabi_unwind_cpp_pr0[], __aeabi_unwind_cpp_pr1[];
EXPORT_SYMBOL(__aeabi_unwind_cpp_pr0);
EXPORT_SYMBOL(__aeabi_unwind_cpp_pr1);

#define CANT_UNWIND   1
#define INLINE        (1U << 31)
#define FINISH        0xb0
#define LINK_REGISTER 14
#define STACK_POINTER 13

/* The bytes of a function's instructions, from the top of each word down. */
struct unwind_code {
	const u32 *word;
	int byte;          /* of *word: 3 to 0 */
	unsigned int left; /* bytes; behind the last one, FINISH */
};

static u32 distant(const u32 *word)
{
	return (u32)word + ((s32)(*word << 1) >> 1);
}

/* The kernel's index, or a module's, or an empty one. */
static struct unwind_table find_table(u32 addr)
{
	const struct symbol_table *module;

	if (is_kernel_text(addr))
		return (struct unwind_table){ __start_unwind_index, __stop_unwind_index };
	module = symbols_find_table(addr);
	if (!module || addr >= module->code_end)
		return (struct unwind_table){};
	return (struct unwind_table){ module->unwind, module->unwind + module->unwind_size };
}

/* The entry of the function at addr: the last one that does not begin above. Or NULL. */
static const struct unwind_index *find_entry(u32 addr)
{
	struct unwind_table table = find_table(addr);
	const struct unwind_index *low = table.start, *high = table.stop;

	while (low < high) {
		const struct unwind_index *middle = low + (high - low) / 2;

		if (distant(&middle->function) <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low == table.start ? NULL : low - 1;
}

/* The compact forms 0 and 1. Returns false for others, which only C++ has. */
static bool find_code(const struct unwind_index *index, struct unwind_code *code)
{
	u32 form;

	code->word = index->entry & INLINE ? &index->entry : (const u32 *)distant(&index->entry);
	form = *code->word >> 24;
	if (form == 0x80) {
		code->byte = 2;
		code->left = 3;
	} else if (form == 0x81) { /* then the number of words that follow */
		code->byte = 1;
		code->left = 2 + 4 * (*code->word >> 16 & 0xff);
	}
	return form == 0x80 || form == 0x81;
}

static u32 next_byte(struct unwind_code *code)
{
	u32 value = FINISH;

	if (code->left) {
		code->left--;
		value = *code->word >> 8 * code->byte & 0xff;
		if (code->byte-- == 0) {
			code->word++;
			code->byte = 3;
		}
	}
	return value;
}

/* Loads the registers of the mask from the stack, which grows shorter, unless sp is one of them. */
static bool pop(struct stackframe *frame, u32 mask)
{
	u32 sp = frame->regs[STACK_POINTER];
	u64 value;
	int i;

	for (i = 0; i < ARRAY_SIZE(frame->regs); i++) {
		if (!(mask & 1U << i))
			continue;
		if (sp & 3 || __peek_nofault_32(&value, (void *)sp))
			return false;
		frame->regs[i] = value;
		sp += sizeof(u32);
	}
	if (!(mask & 1U << STACK_POINTER))
		frame->regs[STACK_POINTER] = sp;
	return mask; /* an empty mask means: refuse to unwind */
}

/* --- Instructions, each with its first byte --- */

static bool add_to_sp(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	frame->regs[STACK_POINTER] += ((op & 0x3f) << 2) + 4;
	return true;
}

static bool subtract_from_sp(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	frame->regs[STACK_POINTER] -= ((op & 0x3f) << 2) + 4;
	return true;
}

static bool pop_masked(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	return pop(frame, ((op & 0xf) << 8 | next_byte(code)) << 4);
}

static bool set_sp(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	frame->regs[STACK_POINTER] = frame->regs[op & 0xf];
	return true;
}

/* r4 to r(4 + n), and with bit 3 the link register. */
static bool pop_run(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	return pop(frame, ((2U << (op & 7)) - 1) << 4 | (op & 8 ? 1U << LINK_REGISTER : 0));
}

static bool pop_low(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	return pop(frame, next_byte(code) & 0xf);
}

/* A long step, as ULEB128: seven bits a byte, the lowest first. */
static bool add_long_to_sp(struct stackframe *frame, u32 op, struct unwind_code *code)
{
	u32 value = 0, shift = 0, byte;

	do {
		byte = next_byte(code);
		value |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80 && shift < 32);
	frame->regs[STACK_POINTER] += 0x204 + (value << 2);
	return true;
}

/* The rest are for registers that the kernel does not use. */
static const struct {
	u8 mask, value;
	bool (*act)(struct stackframe *frame, u32 op, struct unwind_code *code);
} instructions[] = {
	{ 0xc0, 0x00, add_to_sp },      { 0xc0, 0x40, subtract_from_sp },
	{ 0xf0, 0x80, pop_masked },     { 0xf0, 0x90, set_sp },
	{ 0xf0, 0xa0, pop_run },        { 0xff, 0xb1, pop_low },
	{ 0xff, 0xb2, add_long_to_sp },
};

static bool execute(struct stackframe *frame, struct unwind_code *code)
{
	u32 op;
	int i;

	while ((op = next_byte(code)) != FINISH) {
		for (i = 0; i < ARRAY_SIZE(instructions); i++)
			if ((op & instructions[i].mask) == instructions[i].value)
				break;
		if (i == ARRAY_SIZE(instructions) || !instructions[i].act(frame, op, code))
			return false;
	}
	return true;
}

/* --- One step --- */

/* Whether code from start to end has stored nothing on the stack: stmdb sp! and str [sp, #-n]!. */
static bool before_prologue(u32 start, u32 end)
{
	u64 code;

	for (; start < end; start += sizeof(u32))
		if (__peek_nofault_32(&code, (void *)start) || (code & 0xffff0000) == 0xe92d0000 ||
		    (code & 0xffff0000) == 0xe52d0000)
			return false;
	return true;
}

static bool step(struct stackframe *frame)
{
	u32 at = frame->pc - BEHIND, lr = frame->regs[LINK_REGISTER];
	const struct unwind_index *index = find_entry(at);
	struct unwind_code code;

	if (frame->interrupted && (!index || before_prologue(distant(&index->function), at))) {
		frame->pc = lr; /* also after a jump to nowhere: that was a call */
		frame->interrupted = false;
		return true;
	}
	if (!index || index->entry == CANT_UNWIND || !find_code(index, &code))
		return false;
	frame->pc = 0;
	if (!execute(frame, &code))
		return false;
	frame->interrupted = frame->pc; /* only entry.S loads it: the place of an exception */
	frame->pc = frame->interrupted ? frame->pc + BEHIND : frame->regs[LINK_REGISTER];
	return true;
}

bool unwind_frame(struct stackframe *frame)
{
	unsigned long flags;
	bool found;

	local_irq_save(flags); /* or the module whose table is read could go */
	found = step(frame);
	local_irq_restore(flags);
	return found;
}
