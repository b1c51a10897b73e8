/* SPDX-License-Identifier: MIT */
/*
 * Loads the modules for the devices that this machine has. A module says in an alias which device
 * it drives; the build has collected these lines in modules.alias:
 *
 *	alias pci:v00001234d000011E8* edu
 *
 * The devices are in /proc/bus/pci/devices, a line each: bus and function, vendor and device. Linux
 * asks a program each time a device comes; here none comes later, so once is enough.
 */
#include "coldplug.h"

#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/module.h>
#include <unistd.h>

/* Whether a PCI device has that number: its vendor in the upper half, its device in the lower. */
static bool is_there(unsigned long id)
{
	FILE *f = fopen("/proc/bus/pci/devices", "r");
	bool found = false;
	char *line = NULL, *tab;
	size_t size = 0;

	while (f && !found && getline(&line, &size, f) > 0) {
		tab = strchr(line, '\t');
		found = tab && strtoul(tab + 1, NULL, 16) == id;
	}
	if (f)
		fclose(f);
	free(line);
	return found;
}

static void load(const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/lib/modules/%s.ko", name);
	fd = open(path, O_RDONLY);
	if (fd < 0 || finit_module(fd, "", 0))
		warn("%s is not loaded", path);
	if (fd >= 0)
		close(fd);
}

/* One line of modules.alias. Aliases of other buses are left alone. */
static void try_alias(char *line)
{
	static const char start[] = "alias pci:v";
	char *vendor = line + strlen(start), *device = vendor + 9, *end;
	unsigned long id;

	if (strncmp(line, start, strlen(start)) || strlen(vendor) < 9 || device[-1] != 'd')
		return;
	device[-1] = '\0'; /* or the d is taken for a digit */
	id = strtoul(vendor, NULL, 16) << 16 | strtoul(device, &end, 16);
	if (strncmp(end, "* ", 2))
		return;
	line = end + 2;
	line[strcspn(line, "\n")] = '\0';
	if (is_there(id))
		load(line);
}

void coldplug(void)
{
	FILE *f = fopen("/lib/modules/modules.alias", "r");
	char *line = NULL;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		try_alias(line);
	if (f)
		fclose(f);
	free(line);
}
