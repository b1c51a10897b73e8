/* SPDX-License-Identifier: MIT */
/*
 * What the commands of /proc/iolab do. Each parses its words, asks mm, and either answers or says
 * in one line why not, with nothing changed.
 *
 * The bench gives back only what it gave out: an iounmap of a driver's registers would end the
 * machine, not teach anything. What it gave out is on a list. It gives nothing out when too little
 * would be left to start the programs that give it back (mm/watermark.h).
 */

#include <asm/io.h>
#include <kernel/base/seq_buf.h>
#include <kernel/iolab/act.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/list.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/describe.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
#include <mm/ioremap.h>
#include <mm/slab.h>
#include <mm/static_vm.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

/* One mapping that is out; kind is VM_IOREMAP or VM_ALLOC. */
struct iolab_area {
	struct list_head list;
	unsigned long addr;
	unsigned long kind;
	const struct iolab_session *scope; /* it ends with this session; NULL: it stays */
};

#define NO_SPACE  "failed: no room in the vmalloc space, of which some is kept for kernel stacks"
#define NO_MEMORY "failed: no room in low memory, of which some is kept for stacks and tables"

static LIST_HEAD(iolab_areas); /* under iolab_mutex, as everything here */

/* --- what is out --- */

static void print_address(unsigned long addr, struct seq_buf *answer)
{
	seq_buf_printf(answer, "0x%0*lx", (int)(2 * sizeof(long)), addr);
}

static struct iolab_area *new_area(const struct iolab_session *session, unsigned long kind)
{
	struct iolab_area *area = kmalloc(sizeof(*area), GFP_KERNEL);

	if (area) {
		area->kind = kind;
		area->scope = session->scoped ? session : NULL;
	}
	return area;
}

/* Unmaps at addr, which may lie inside the first page of a mapping for a device. */
static void unmap(unsigned long kind, unsigned long addr)
{
	if (kind == VM_IOREMAP)
		iounmap((void __iomem *)addr);
	else
		vfree((void *)addr);
}

/*
 * addr is 0 when there was nothing to be had. The space that must be left is looked for only now:
 * a place kept during the search would move the mapping to another address. Returns false with the
 * refusal written.
 */
static bool give_out(struct iolab_area *area, unsigned long addr, struct seq_buf *answer)
{
	if (!addr || !vmalloc_space_to_spare()) {
		if (addr)
			unmap(area->kind, addr);
		kfree(area);
		seq_buf_puts(answer, NO_SPACE);
		return false;
	}
	area->addr = addr;
	list_add(&area->list, &iolab_areas);
	return true;
}

static void take_back(struct iolab_area *area, unsigned long addr)
{
	unmap(area->kind, addr);
	list_del(&area->list);
	kfree(area);
}

void iolab_undo(const struct iolab_session *session)
{
	struct iolab_area *area, *next;

	list_for_each_entry_safe(area, next, &iolab_areas, list)
		if (area->scope == session)
			take_back(area, area->addr);
}

static bool same_page(unsigned long a, unsigned long b)
{
	return ((a ^ b) & PAGE_MASK) == 0;
}

static struct iolab_area *find_area(unsigned long addr, unsigned long kind)
{
	struct iolab_area *area;

	list_for_each_entry(area, &iolab_areas, list)
		if (area->kind == kind && same_page(area->addr, addr))
			return area;
	return NULL;
}

/* Describes an address that was not given out as that kind. */
static void explain_owner(unsigned long addr, const char *word, struct seq_buf *answer)
{
	struct vm_struct copy, *vm = read_vm_area((void *)addr, &copy) ? &copy : NULL;

	if (vm && vm->flags & VM_EARLY && vm->flags & VM_IOREMAP)
		seq_buf_printf(answer, "failed: 0x%lx is in a static mapping, which stays", addr);
	else if (!vm)
		seq_buf_printf(answer, "failed: nothing mapped at 0x%lx", addr);
	else if (find_area((unsigned long)vm->addr, VM_IOREMAP) ||
		 find_area((unsigned long)vm->addr, VM_ALLOC))
		seq_buf_printf(answer,
			       "failed: 0x%lx is in an area of another kind, or not in its "
			       "first page: %s wants the address that was given out",
			       addr, word);
	else
		seq_buf_printf(answer, "failed: 0x%lx belongs to %pS, not to iolab", addr,
			       vm->caller);
}

/*
 * How many tables ioremap() will have to make for size bytes of pages. 0 when there is no place:
 * then ioremap() fails before it needs a table.
 */
static unsigned long tables_needed(unsigned long size)
{
	unsigned long start = iolab_next_place(size);

	return start ? missing_tables(start, start + size) : 0;
}

/* --- the commands --- */

void cmd_scope(struct iolab_session *session, unsigned int argc, char *argv[],
	       struct seq_buf *answer)
{
	session->scoped = true;
}

/* Whether the plan can be carried out, by what ioremap() itself refuses and by what is left. */
static bool may_map(const struct ioremap_plan *plan, struct seq_buf *answer)
{
	bool by_pages = !plan->refusal && !plan->static_vm && plan->leaf->size == PAGE_SIZE;

	if (plan->refusal)
		seq_buf_printf(answer, "failed: %s", plan->refusal);
	else if (!plan->static_vm && !pages_to_spare(by_pages ? tables_needed(plan->size) : 0))
		seq_buf_puts(answer, NO_MEMORY);
	else
		return true;
	return false;
}

void cmd_ioremap(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct iolab_request want;
	struct ioremap_plan plan;
	struct iolab_area *area;
	struct iolab_act act;
	unsigned long addr;

	if (!iolab_parse_request(argc, argv, &want, answer))
		return;
	ioremap_plan(&plan, want.phys, want.size, want.mtype);
	if (!may_map(&plan, answer))
		return;
	if (session->verbose)
		iolab_before_act(&act, &plan);
	area = plan.static_vm ? NULL : new_area(session, VM_IOREMAP);
	addr = area || plan.static_vm ? (unsigned long)want.map(want.phys, want.size) : 0;
	/* A static mapping was there before, and will stay: nothing to keep book of. */
	if (!plan.static_vm && !give_out(area, addr, answer))
		return;
	if (session->verbose) {
		ioremap_explain(answer, want.phys, want.size, want.mtype);
		iolab_report_act(answer, &act, addr);
	} else {
		print_address(addr, answer);
	}
}

void cmd_iounmap(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct iolab_area *area;
	unsigned long addr;

	if (!iolab_parse_address(argv[0], &addr, answer))
		return;
	area = find_area(addr, VM_IOREMAP);
	if (!area) {
		explain_owner(addr, "iounmap", answer);
		return;
	}
	take_back(area, addr);
}

void cmd_vmalloc(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct iolab_area *area;
	unsigned long addr;
	u64 size;

	if (!iolab_parse_number(argv[0], ~0UL, &size, answer))
		return;
	if (!size) {
		seq_buf_puts(answer, "failed: size is 0");
		return;
	}
	if (!pages_to_spare(((size - 1) >> PAGE_SHIFT) + 1)) { /* PFN_UP(size) may wrap */
		seq_buf_puts(answer, NO_MEMORY);
		return;
	}
	area = new_area(session, VM_ALLOC);
	addr = area ? (unsigned long)vmalloc(size) : 0;
	if (give_out(area, addr, answer))
		print_address(addr, answer);
}

void cmd_vfree(struct iolab_session *session, unsigned int argc, char *argv[],
	       struct seq_buf *answer)
{
	struct iolab_area *area;
	unsigned long addr;

	if (!iolab_parse_address(argv[0], &addr, answer))
		return;
	area = find_area(addr, VM_ALLOC);
	if (!area || area->addr != addr) {
		explain_owner(addr, "vfree", answer);
		return;
	}
	take_back(area, addr);
}

/* Whether the access is one that may be tried at all. */
static bool access_allowed(unsigned long addr, unsigned int width, struct seq_buf *answer)
{
	if (addr < TASK_SIZE)
		seq_buf_printf(answer, "failed: 0x%lx is a user address", addr);
	else if (addr < KERNEL_HALF_START)
		seq_buf_printf(answer, "failed: 0x%lx is not in the kernel's half", addr);
	else if (addr % (width / 8))
		seq_buf_printf(answer, "failed: 0x%lx is not aligned to %u bits", addr, width);
	else
		return true;
	return false;
}

static void report_fault(unsigned long addr, bool write, struct seq_buf *answer)
{
	seq_buf_printf(answer, "failed: %s of 0x%lx faulted: ", write ? "write" : "read", addr);
	if (kern_addr_valid(addr))
		seq_buf_puts(answer, write && !kernel_write_allowed(addr)
					     ? "read-only memory: "
					     : "mapped, but nothing answers there "
					       "(or not to this access): ");
	describe_address(answer, addr);
}

void cmd_peek(struct iolab_session *session, unsigned int argc, char *argv[],
	      struct seq_buf *answer)
{
	unsigned int width;
	unsigned long addr;
	u64 value;

	if (!iolab_parse_address(argv[0], &addr, answer) ||
	    !iolab_parse_width(argc > 1 ? argv[1] : NULL, &width, answer) ||
	    !access_allowed(addr, width, answer))
		return;
	if (peek_kernel_nofault(&value, (void *)addr, width))
		report_fault(addr, false, answer);
	else
		seq_buf_printf(answer, "0x%0*llx", (int)width / 4, value);
}

void cmd_poke(struct iolab_session *session, unsigned int argc, char *argv[],
	      struct seq_buf *answer)
{
	unsigned int width;
	unsigned long addr;
	u64 value;

	if (!iolab_parse_address(argv[0], &addr, answer) ||
	    !iolab_parse_width(argc > 2 ? argv[2] : NULL, &width, answer) ||
	    !iolab_parse_number(argv[1], ~0ULL >> (64 - width), &value, answer) ||
	    !access_allowed(addr, width, answer))
		return;
	if (poke_kernel_nofault((void *)addr, value, width))
		report_fault(addr, true, answer);
}
