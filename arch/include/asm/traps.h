/* SPDX-License-Identifier: MIT */
/*
 * Exception vectors, and faults in words. The vectors are set in arch/<name>/trap_init.c; the
 * handlers are in trap.c beside it.
 */
#pragma once

/*
 * Sets the real vectors. Until then early_vectors.S only reports an exception.
 * From boot, once a CPU, after early_fixmap_init().
 */
void trap_init(void);

/*
 * Returns the words for a fault's status: ESR_FSC() of a syndrome, or FSR_STATUS() on arm. The
 * status has no other bits. Any context. In arch/<name>/fault.c.
 */
const char *fault_status_name(unsigned int status);
