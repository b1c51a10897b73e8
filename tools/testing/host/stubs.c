/* SPDX-License-Identifier: MIT */
/*
 * What the tested code imports, for a program on the host: messages, TLB and caches. memory.c has
 * memory. Each function counts or logs what a test may ask for (host.h). What the kernel has too is
 * weak: a test program that links the kernel's version gets that one.
 */
#include <asm/cacheflush.h>
#include <asm/current.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <host.h>
#include <kernel/base/printk.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/percpu.h>
#include <mm/resource.h>
#include <mm/slab.h>
#include <mm/static_vm.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#include "libc.h"

unsigned long host_irqs_off;
const struct host_device *host_device;
struct task_struct *host_current;
__weak pgd_t swapper_pg_dir[PTRS_PER_PGD];
__weak void *high_memory = (void *)0xf0000000UL;

/* --- messages ------------------------------------------------------------------------------- */

unsigned int host_warnings;
char host_panic_text[256];
static void *panic_return[5]; /* of __builtin_setjmp() */
static bool panic_expected;

/* AddressSanitizer's own, NULL in a program without it. GCC would not let its name be weak. */
void asan_handle_no_return(void) __asm__("__asan_handle_no_return") __weak;

/* No modules here. */
__weak bool describe_module(struct seq_buf *s, unsigned long addr)
{
	return false;
}

__weak int printk(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	int length;

	if (fmt[0] == KERN_SOH[0])
		fmt += 2;
	host_warnings += strncmp(fmt, "WARNING:", 8) == 0;
	va_start(args, fmt);
	length = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	host_write(text, length);
	return length;
}

__weak void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(host_panic_text, sizeof(host_panic_text), fmt, args);
	va_end(args);
	if (panic_expected) {
		if (asan_handle_no_return)
			asan_handle_no_return();
		__builtin_longjmp(panic_return, 1);
	}
	printk("Kernel panic - not syncing: %s\n", host_panic_text);
	host_abort();
}

void host_halt(void)
{
	panic("halted");
}

noinline bool host_panics(void (*fn)(void *arg), void *arg)
{
	bool panicked = true;

	panic_expected = true;
	if (__builtin_setjmp(panic_return) == 0) {
		fn(arg);
		panicked = false;
	}
	panic_expected = false;
	return panicked;
}

/* --- the log -------------------------------------------------------------------------------- */

unsigned int host_nr_events;
struct host_event host_events[HOST_EVENTS];

static void append(struct host_event event)
{
	if (host_nr_events < HOST_EVENTS)
		host_events[host_nr_events] = event;
	host_nr_events++;
}

void host_note(enum host_op op, const char *word, unsigned long start, unsigned long end)
{
	append((struct host_event){ .op = op, .word = word, .start = start, .end = end });
}

/* In both formats the walker takes an entry for empty whose bits 1:0 are 0. */
static const char *store_word(u64 old, u64 value)
{
	if (!(value & 3))
		return "clear";
	if (!(old & 3))
		return "make";
	return old == value ? "same" : "replace";
}

void host_note_store(const void *entry, u64 old, u64 value)
{
	append((struct host_event){ .op = HOST_STORE,
				    .word = store_word(old, value),
				    .entry = entry,
				    .old = old,
				    .value = value });
}

const char *host_log(void)
{
	static char text[1024];
	const char *last = "";
	size_t length = 0;
	unsigned int i;

	text[0] = '\0';
	for (i = 0; i < host_nr_events && i < HOST_EVENTS; i++) {
		const char *word = host_events[i].word;

		if (strcmp(word, last))
			length += scnprintf(text + length, sizeof(text) - length, "%s%s",
					    length ? ", " : "", word);
		last = word;
	}
	return text;
}

bool host_was_flushed(unsigned long start, unsigned long end)
{
	const struct host_event *event = host_events;

	for (; event < host_events + min(host_nr_events, HOST_EVENTS); event++)
		if (event->op == HOST_TLB && event->start <= start && end <= event->end)
			return true;
	return false;
}

void host_reset(void)
{
	host_nr_events = 0;
	host_warnings = 0;
	kmalloc_fail_after(0);
	page_alloc_fail_after(0);
}

__weak void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	host_note(HOST_TLB, "tlb", start, end);
}

__weak void flush_tlb_all(void)
{
	flush_tlb_kernel_range(0, ~0UL);
}

__weak void flush_cache_vmap(unsigned long start, unsigned long end)
{
	host_note(HOST_VMAP, "vmap", start, end);
}

__weak void flush_cache_vunmap(unsigned long start, unsigned long end)
{
	host_note(HOST_VUNMAP, "vunmap", start, end);
}

__weak void flush_icache_range(unsigned long start, unsigned long end)
{
	host_note(HOST_ICACHE, "icache", start, end);
}

__weak void dcache_inval_poc(unsigned long start, unsigned long end)
{
	host_note(HOST_DCACHE, "inval", start, end);
}

/* --- the processor -------------------------------------------------------------------------- */

u64 (*host_answer)(unsigned long addr);
static u64 par; /* as long as no isb() comes, it has the answer to an earlier question */
static unsigned long asked;

void host_ask(unsigned long addr)
{
	asked = addr;
	host_note(HOST_NOTE, "ask", addr, addr);
}

u64 host_par(void)
{
	const struct host_event *last = &host_events[min(host_nr_events, HOST_EVENTS) - 1];

	if (last->op == HOST_BARRIER)
		par = host_answer(host_irqs_off ? asked : asked + PMD_SIZE);
	return par;
}

/* --- tables: an address space of no architecture maps nothing --------------------------------- */

__weak int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot,
			    struct page **pages, unsigned int page_shift)
{
	return 0;
}

__weak void vunmap_range(unsigned long start, unsigned long end)
{
	flush_tlb_kernel_range(start, end);
}

__weak void vunmap_range_noflush(unsigned long start, unsigned long end)
{
}

/* arm: the copy of the first table that the active address space has. There is none here. */
__weak void vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller)
{
}

__weak void sync_kernel_entries(unsigned long addr, unsigned long end)
{
}

/* --- numbers for mm/show.c: a test of one of its files needs no other part of mm -------------- */

__weak unsigned long totalram_pages(void)
{
	return 0;
}

__weak unsigned long nr_free_pages(void)
{
	return 0;
}

__weak unsigned long totalhigh_pages(void)
{
	return 0;
}

__weak unsigned long nr_free_highpages(void)
{
	return 0;
}

__weak unsigned long slab_nr_pages(void)
{
	return 0;
}

__weak unsigned long pcpu_nr_pages(void)
{
	return 0;
}

__weak unsigned long pgtable_nr_pages(void)
{
	return 0;
}

__weak unsigned long vmalloc_nr_pages(void)
{
	return 0;
}

__weak void resource_for_each(const struct resource *root,
			      void (*visit)(const struct resource *res, int depth, void *data),
			      void *data)
{
}
