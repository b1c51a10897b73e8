/* SPDX-License-Identifier: MIT */
/*
 * Pieces of a linker script that both architectures share: the tables that other files fill.
 * Linux counterpart: include/asm-generic/vmlinux.lds.h
 */
/* clang-format off */
#define TABLE(name)                   \
	. = ALIGN(8);                 \
	__start_##name = .;           \
	KEEP(*(name))                 \
	__stop_##name = .;

/* Tables that live as long as the kernel. */
#define RODATA_TABLES                 \
	TABLE(ex_table)               \
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
