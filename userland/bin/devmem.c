/* SPDX-License-Identifier: MIT */
/*
 * devmem: read or write a register by its physical address, through /dev/mem. The page is mapped
 * into this program, and the access is an ordinary load or store of it.
 */
#include <commands.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE 4096UL

static unsigned long parse_number(const char *text)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, 0);
	if (end == text || *end || errno)
		refuse_argument(text, "is not a number of this machine's word");
	return number;
}

static unsigned long parse_width(const char *text)
{
	unsigned long width = parse_number(text);

	if (width != 8 && width != 16 && width != 32 && width != 8 * sizeof(long))
		refuse_argument(text, "is not a width: 8, 16, 32, or 64 on a 64-bit machine");
	return width;
}

static volatile void *map_register(unsigned long address)
{
	int fd = open("/dev/mem", O_RDWR);
	char *page;

	if (fd < 0)
		err(1, "/dev/mem");
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, address & -PAGE);
	if (page == MAP_FAILED)
		err(1, "0x%lx", address);
	return page + address % PAGE;
}

static unsigned long load(volatile void *p, unsigned long width)
{
	switch (width) {
	case 8:
		return *(volatile uint8_t *)p;
	case 16:
		return *(volatile uint16_t *)p;
	case 32:
		return *(volatile uint32_t *)p;
	default:
		return *(volatile unsigned long *)p;
	}
}

static void store(volatile void *p, unsigned long width, unsigned long value)
{
	switch (width) {
	case 8:
		*(volatile uint8_t *)p = value;
		break;
	case 16:
		*(volatile uint16_t *)p = value;
		break;
	case 32:
		*(volatile uint32_t *)p = value;
		break;
	default:
		*(volatile unsigned long *)p = value;
	}
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("devmem"));
	unsigned long address = parse_number(words[0]);
	unsigned long width = words[1] ? parse_width(words[1]) : 32;
	unsigned long value = words[1] && words[2] ? parse_number(words[2]) : 0;

	if (address % (width / 8))
		refuse_argument(words[0], "is not a multiple of the width");
	if (value >> 1 >> (width - 1))
		refuse_argument(words[2], "does not fit in the width");
	if (words[1] && words[2])
		store(map_register(address), width, value);
	else
		printf("0x%0*lX\n", (int)width / 4, load(map_register(address), width));
	return 0;
}
