/* SPDX-License-Identifier: MIT */
/* A test program on the host: runs every suite linked into it and prints KTAP. */
#include <kernel/base/kunit.h>

int main(void);

int main(void)
{
	return kunit_run_all(NULL) != 0;
}
