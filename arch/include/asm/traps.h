/* SPDX-License-Identifier: MIT */
/*
 * Exception vectors, and faults in words. The vectors are set in arch/<name>/trap_init.c; the
 * handlers are in trap.c beside it.
 */
#pragma once

/*
 * Makes the real vectors, and sets them for the boot processor. Until then early_vectors.S only
 * reports an exception. From boot, once, after early_fixmap_init().
 */
void trap_init(void);

/* Sets the vectors for the processor that calls, which needs its per-CPU area. Once each. */
void trap_cpu_init(void);

/*
 * Returns the words for a fault's status: ESR_FSC() of a syndrome, or FSR_STATUS() on arm. The
 * status has no other bits. Any context. In arch/<name>/fault.c.
 */
const char *fault_status_name(unsigned int status);
