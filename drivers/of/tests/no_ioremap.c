/* SPDX-License-Identifier: MIT */
/* For programs on the host, which have addresses but no devices behind them: nothing is mapped. */

#include <mm/ioremap.h>

__weak void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	return NULL;
}
