/* SPDX-License-Identifier: MIT */
/*
 * lspci: the list of devices is /proc/bus/pci/devices; what kind each is, is read from its
 * configuration space, /proc/bus/pci/BB/DD.F.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CONFIG_CLASS 0x0a /* two bytes, little-endian */
#define CONFIG_BYTES 64

/* Base class and sub-class of the function, or -1. */
static int read_class(unsigned int bus, unsigned int slot, unsigned int func)
{
	unsigned char config[CONFIG_BYTES];
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/bus/pci/%02x/%02x.%x", bus, slot, func);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return -1;
	n = read(fd, config, sizeof(config));
	close(fd);
	return n == sizeof(config) ? config[CONFIG_CLASS] | config[CONFIG_CLASS + 1] << 8 : -1;
}

/* "BBDF<tab>VVVVDDDD<tab>...": bus and function, vendor and device. */
static int show_device(const char *line)
{
	unsigned int where, id, bus, slot, func;
	char *end;
	int class;

	where = strtoul(line, &end, 16);
	if (*end != '\t')
		return 1;
	id = strtoul(end + 1, &end, 16);
	bus = where >> 8;
	slot = where >> 3 & 0x1f;
	func = where & 7;
	class = read_class(bus, slot, func);
	if (class < 0)
		return 1;
	printf("%02x:%02x.%x Class %04x: %04x:%04x\n", bus, slot, func, class, id >> 16,
	       id & 0xffff);
	return 0;
}

int main(int argc, char **argv)
{
	static const char list[] = "/proc/bus/pci/devices";
	char *line = NULL;
	size_t size = 0;
	int status = 0;
	FILE *f;

	parse_arguments(argv, command_usage("lspci"));
	f = fopen(list, "r");
	if (!f)
		err(1, "%s", list);
	while (getline(&line, &size, f) > 0)
		status |= show_device(line);
	return status;
}
