/* SPDX-License-Identifier: MIT */
/* What a PL061 does (pl061_model.h). */
#include <drivers/gpio/tests/pl061_model.h>
#include <host.h>
#include <kernel/lib/string.h>

/* The registers from 0x400 on, in their order. */
enum { DIR, IS, IBE, IEV, IE, RIS, MIS, IC, AFSEL, NR_REGISTERS };

#define FIRST_REGISTER 0x400
#define DATA_END       0x400

static struct {
	u8 reg[NR_REGISTERS];
	u8 outside; /* what drives the inputs */
	u8 data;    /* what drives the outputs */
	u8 first;   /* levels of pins when they became outputs */
	bool keeps_values;
} chip;

unsigned int pl061_mistakes, pl061_raises;

static u8 levels(void)
{
	return (chip.data & chip.reg[DIR]) | (chip.outside & ~chip.reg[DIR]);
}

/* Notes the edges of pins that were at those levels, and what levels say by themselves. */
static void look(u8 before)
{
	u8 now = levels(), edges = now ^ before, wanted = ~(now ^ chip.reg[IEV]);
	bool raised = chip.reg[MIS];

	chip.reg[RIS] |= edges & ~chip.reg[IS] & (chip.reg[IBE] | wanted);
	chip.reg[RIS] &= ~chip.reg[IS];
	chip.reg[RIS] |= chip.reg[IS] & wanted;
	chip.reg[MIS] = chip.reg[RIS] & chip.reg[IE];
	pl061_raises += !raised && chip.reg[MIS];
}

static u64 read_register(unsigned long offset)
{
	unsigned long n = (offset - FIRST_REGISTER) / 4;

	if (offset < DATA_END)
		return levels() & (u8)(offset >> 2);
	if (n < NR_REGISTERS && n != IC)
		return chip.reg[n];
	pl061_mistakes++;
	return 0;
}

static void write_data(u8 pins, u8 value)
{
	pins &= chip.keeps_values ? 0xff : chip.reg[DIR];
	chip.data = (chip.data & ~pins) | (value & pins);
}

static void write_register(unsigned long offset, u64 value)
{
	unsigned long n = (offset - FIRST_REGISTER) / 4;
	u8 before = levels(), changed;

	if (offset < DATA_END) {
		write_data(offset >> 2, value);
	} else if (n == IC) {
		chip.reg[RIS] &= ~value;
	} else if (n < NR_REGISTERS && n != RIS && n != MIS) {
		changed = chip.reg[n] ^ value;
		chip.reg[n] = value;
		if (n == DIR)
			chip.first = (chip.first & ~changed) | (levels() & changed);
		/* A pin that gets another type may note an edge that it did not have. */
		if (n == IS || n == IBE || n == IEV)
			chip.reg[RIS] |= changed;
	} else {
		pl061_mistakes++;
	}
	look(before);
}

void pl061_reset(unsigned long base, bool keeps_values)
{
	static struct host_device device = { .read = read_register, .write = write_register };

	memset(&chip, 0, sizeof(chip));
	chip.keeps_values = keeps_values;
	pl061_mistakes = pl061_raises = 0;
	device.base = base;
	device.size = 0x1000;
	host_device = &device;
}

void pl061_left_by_loader(u8 ie, u8 ibe)
{
	chip.reg[IE] = ie;
	chip.reg[IBE] = ibe;
	look(levels());
}

void pl061_drive(unsigned int pin, bool level)
{
	u8 before = levels();

	chip.outside = (chip.outside & ~(1U << pin)) | level << pin;
	look(before);
}

bool pl061_level(unsigned int pin)
{
	return levels() >> pin & 1;
}

bool pl061_first_level(unsigned int pin)
{
	return chip.first >> pin & 1;
}

bool pl061_raised(void)
{
	return chip.reg[MIS];
}

u8 pl061_register(unsigned int offset)
{
	return chip.reg[(offset - FIRST_REGISTER) / 4];
}
