/* SPDX-License-Identifier: MIT */
/*
 * Contains the accesses to uncertain memory that need a loop or a table. Linux counterpart:
 * mm/maccess.c, lib/strncpy_from_user.c
 */
#include <kernel/lib/macros.h>
#include <mm/uaccess.h>

long strncpy_from_user(char *to, const char __user *from, long count)
{
	long n;

	for (n = 0; n < count; n++) {
		if (get_user(to[n], from + n))
			return -EFAULT;
		if (!to[n])
			break;
	}
	return n;
}

static const struct access {
	unsigned int width;
	int (*peek)(u64 *value, const void *addr);
	int (*poke)(void *addr, u64 value);
} accesses[] = {
	{ 8, __peek_nofault_8, __poke_nofault_8 },
	{ 16, __peek_nofault_16, __poke_nofault_16 },
	{ 32, __peek_nofault_32, __poke_nofault_32 },
	{ 64, __peek_nofault_64, __poke_nofault_64 },
};

static const struct access *find_access(const void *addr, unsigned int width)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(accesses); i++)
		if (accesses[i].width == width && IS_ALIGNED((unsigned long)addr, width / 8))
			return &accesses[i];
	return NULL;
}

int peek_kernel_nofault(u64 *value, const void *addr, unsigned int width)
{
	const struct access *access = find_access(addr, width);

	return access ? access->peek(value, addr) : -EINVAL;
}

int poke_kernel_nofault(void *addr, u64 value, unsigned int width)
{
	const struct access *access = find_access(addr, width);

	return access ? access->poke(addr, value) : -EINVAL;
}
