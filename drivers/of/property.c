/* SPDX-License-Identifier: MIT */
/*
 * Properties of a node: found by name, read by type. What a value means is known only to the
 * binding that defines the property, so the caller says the type.
 *
 * Linux counterpart: drivers/of/property.c, base.c (of_find_property)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of_private.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>

struct property *of_find_property(const struct device_node *np, const char *name, int *lenp)
{
	struct property *prop;

	for (prop = np->properties; prop; prop = prop->next) {
		if (strcmp(prop->name, name))
			continue;
		if (lenp)
			*lenp = prop->length;
		return prop;
	}
	return NULL;
}

const void *of_get_property(const struct device_node *np, const char *name, int *lenp)
{
	const struct property *prop = of_find_property(np, name, lenp);

	return prop ? prop->value : NULL;
}

bool of_property_read_bool(const struct device_node *np, const char *name)
{
	return of_find_property(np, name, NULL) != NULL;
}

int of_property_read_u32_array(const struct device_node *np, const char *name, u32 *out,
			       size_t count)
{
	int length;
	const __be32 *cells = of_get_property(np, name, &length);
	size_t i;

	if (!cells)
		return -EINVAL;
	if (count > length / sizeof(*cells))
		return -EOVERFLOW;
	for (i = 0; i < count; i++)
		out[i] = be32_to_cpu(cells[i]);
	return 0;
}

int of_property_read_u32(const struct device_node *np, const char *name, u32 *out)
{
	return of_property_read_u32_array(np, name, out, 1);
}

int of_property_read_string_index(const struct device_node *np, const char *name, int index,
				  const char **out)
{
	const struct property *prop = of_find_property(np, name, NULL);
	const char *string, *end;

	if (!prop)
		return -EINVAL;
	string = prop->value;
	for (end = string + prop->length; string < end;
	     string += strnlen(string, end - string) + 1) {
		if (index-- > 0)
			continue;
		if (!memchr(string, '\0', end - string)) {
			pr_err("%s: %s does not end in NUL, ignored\n", of_printable(np->full_name),
			       name);
			return -EILSEQ;
		}
		*out = string;
		return 0;
	}
	return -ENODATA;
}

int of_property_read_string(const struct device_node *np, const char *name, const char **out)
{
	return of_property_read_string_index(np, name, 0, out);
}

int of_property_match_string(const struct device_node *np, const char *name, const char *string)
{
	const struct property *prop = of_find_property(np, name, NULL);
	int index;

	if (!prop)
		return -EINVAL;
	index = fdt_stringlist_index(prop->value, prop->length, string);
	return index < 0 ? -ENODATA : index;
}
