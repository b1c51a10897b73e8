/* SPDX-License-Identifier: MIT */
/*
 * Prints /proc/vmallocinfo, one row for each mapped area.
 *
 * A row says what is mapped where, and by which code. Its form is Linux's to the byte:
 *
 *	0xf0806000-0xf0808000    8192 pl011_probe+0x4c/0x118 phys=0x0000000009000000 ioremap
 *
 * The size counts the guard page. phys= has 16 digits on both architectures, as phys_addr_t is 64
 * bits wide, and is left out when it is 0.
 *
 * Linux counterpart: mm/vmalloc.c, s_show()
 */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <mm/vmalloc.h>
#include <mm/vmap_area.h>

/* The words at the end of a row, in this order. */
static const struct {
	unsigned long flags;
	const char *word;
} kinds[] = {
	{ VM_IOREMAP, " ioremap" },
	{ VM_ALLOC | VM_PERCPU, " vmalloc" }, /* Linux has one flag for both */
	{ VM_MAP, " vmap" },
	{ VM_USERMAP, " user" },
	{ VM_DMA_COHERENT, " dma-coherent" },
};

void vmallocinfo_row(struct seq_buf *m, const struct vm_struct *vm)
{
	unsigned int i;

	seq_buf_printf(m, "0x%px-0x%px %7ld", vm->addr, vm->addr + vm->size, (long)vm->size);
	if (vm->caller)
		seq_buf_printf(m, " %pS", vm->caller);
	if (vm->nr_pages)
		seq_buf_printf(m, " pages=%u", vm->nr_pages);
	if (vm->phys_addr)
		seq_buf_printf(m, " phys=0x%016llx", vm->phys_addr);
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (vm->flags & kinds[i].flags)
			seq_buf_puts(m, kinds[i].word);
	if (is_vmalloc_addr(vm->pages))
		seq_buf_puts(m, " vpages");
	seq_buf_putc(m, '\n');
}

/* Copies the record of the first area at addr or above it. Returns false when there is none. */
static bool copy_next_area(unsigned long addr, struct vm_struct *copy)
{
	struct vmap_area *below;
	struct vm_struct *vm;
	bool found;

	spin_lock(&vmap_area_lock);
	below = addr ? find_vmap_area_below(addr - 1) : NULL;
	vm = list_entry(below ? below->list.next : vmap_area_list.next, struct vm_struct,
			area.list);
	while (&vm->area.list != &vmap_area_list && vm->flags & VM_UNINITIALIZED)
		vm = list_next_entry(vm, area.list);
	found = &vm->area.list != &vmap_area_list;
	if (found)
		*copy = *vm;
	spin_unlock(&vmap_area_lock);
	return found;
}

bool vmallocinfo_show(struct seq_buf *m, struct seq_pos *pos)
{
	struct vm_struct vm;

	if (!copy_next_area(pos->key, &vm))
		return false;
	vmallocinfo_row(m, &vm); /* without the lock: it takes a thousand instructions or more */
	pos->key = vm.area.va_end;
	return true;
}

unsigned long vmalloc_nr_pages(void)
{
	const struct vm_struct *vm;
	unsigned long nr_pages = 0;

	spin_lock(&vmap_area_lock);
	list_for_each_entry(vm, &vmap_area_list, area.list)
		if (!(vm->flags & VM_UNINITIALIZED))
			nr_pages += vm->nr_pages;
	spin_unlock(&vmap_area_lock);
	return nr_pages;
}
