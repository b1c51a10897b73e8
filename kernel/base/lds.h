/* SPDX-License-Identifier: MIT */
/*
 * Pieces of a linker script that both architectures share: the tables that other files fill.
 * Linux counterpart: include/asm-generic/vmlinux.lds.h
 */
#include <kernel/base/percpu.h>

/* clang-format off */
#define TABLE(name)                   \
	. = ALIGN(8);                 \
	__start_##name = .;           \
	KEEP(*(name))                 \
	__stop_##name = .;

/*
 * The copies of the per-CPU variables, one for each processor; zero, so a part of bss. A cache line
 * is 64 bytes.
 */
#define PERCPU_DATA                           \
	. = ALIGN(64);                        \
	__per_cpu_start = .;                  \
	*(.bss..percpu)                       \
	__per_cpu_end = .;                    \
	. += (NR_CPUS - 1) * PCPU_UNIT_SIZE;  \
	. = ALIGN(64);

#define PERCPU_ASSERT                                             \
	ASSERT(__per_cpu_end - __per_cpu_start <= PCPU_UNIT_SIZE, \
	       "the per-CPU variables need more than PCPU_UNIT_SIZE (kernel/base/percpu.h)")

/* Tables that live as long as the kernel. */
#define RODATA_TABLES                 \
	TABLE(ex_table)               \
	TABLE(ksymtab)                \
	TABLE(kunit_suites)

/* Tables that only boot reads. Initcall levels are sorted by their number. */
#define INIT_TABLES                         \
	. = ALIGN(8);                       \
	__start_initcalls = .;              \
	KEEP(*(SORT(initcalls_*)))          \
	__stop_initcalls = .;               \
	TABLE(kernel_params)                \
	TABLE(of_irqchips)             \
	TABLE(of_timers)               \
	TABLE(earlycon_ids)
