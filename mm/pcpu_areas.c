/* SPDX-License-Identifier: MIT */
/*
 * Finds room for per-CPU areas, from the top of vmalloc space downwards.
 *
 * The areas of one call have fixed distances from each other, so they need room at several places
 * at once. All other requests are served from the bottom. Starting from the top, the first base
 * that is tried usually fits.
 *
 * The frontier (vmap_area.c) ends a free range as an area does: no area is placed across it.
 *
 * Linux counterpart: mm/vmalloc.c, pcpu_get_vm_areas() (there without guard pages)
 */
#include <kernel/base/bug.h>
#include <kernel/base/hardirq.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

/* From the first area's base to the end of the last one. */
static unsigned long span_of(const unsigned long *offsets, struct vm_struct **vms, int nr_vms)
{
	unsigned long span = 0;
	int i;

	for (i = 0; i < nr_vms; i++)
		span = max(span, offsets[i] + vms[i]->size);
	return span;
}

/*
 * Returns the highest base, a multiple of align, at which each vms[i] fits offsets[i] bytes above
 * it; or 0. The base is good when all areas in turn have fitted since it has moved last. Under
 * vmap_area_lock.
 */
static unsigned long find_highest_base(const unsigned long *offsets, struct vm_struct **vms,
				       int nr_vms, unsigned long align)
{
	unsigned long base, span = span_of(offsets, vms, nr_vms);
	int i = 0, fitting = 0;

	if (span > VMALLOC_END - VMALLOC_START)
		return 0;
	for (base = ALIGN_DOWN(VMALLOC_END - span, align); fitting < nr_vms; i = (i + 1) % nr_vms) {
		unsigned long end = offsets[i] + vms[i]->size; /* as a distance from the base */
		const struct vmap_area *va = find_vmap_area_below(base + end - 1);

		fitting++;
		if (va->va_end <= base + offsets[i])
			continue;
		/* This one is in the way. The next base is one at which vms[i] ends below it. */
		if (va->va_start < VMALLOC_START + end)
			return 0;
		base = ALIGN_DOWN(va->va_start - end, align);
		fitting = 0;
	}
	return base >= VMALLOC_START ? base : 0;
}

/* Gives each area its place. Returns false when there is no room. */
static bool place_areas(const unsigned long *offsets, struct vm_struct **vms, int nr_vms,
			unsigned long align)
{
	unsigned long base;
	int i;

	spin_lock(&vmap_area_lock);
	base = find_highest_base(offsets, vms, nr_vms, align);
	for (i = 0; base && i < nr_vms; i++) {
		vms[i]->area.va_start = base + offsets[i];
		vms[i]->area.va_end = vms[i]->area.va_start + vms[i]->size;
		vms[i]->addr = (void *)vms[i]->area.va_start;
		insert_vmap_area(&vms[i]->area);
	}
	spin_unlock(&vmap_area_lock);
	return base;
}

static void free_records(struct vm_struct **vms, int nr_vms)
{
	int i;

	for (i = 0; i < nr_vms; i++)
		kfree(vms[i]);
	kfree(vms);
}

struct vm_struct **pcpu_get_vm_areas(const unsigned long *offsets, const size_t *sizes, int nr_vms,
				     size_t align)
{
	struct vm_struct **vms = kcalloc(nr_vms, sizeof(*vms), GFP_KERNEL);
	int i;

	BUG_ON(in_interrupt());
	BUG_ON(!is_power_of_2(align) || align < PAGE_SIZE);
	if (!vms)
		return NULL;
	for (i = 0; i < nr_vms; i++) {
		BUG_ON(!sizes[i] || !PAGE_ALIGNED(sizes[i]) || !IS_ALIGNED(offsets[i], align));
		vms[i] = kzalloc(sizeof(*vms[i]), GFP_KERNEL);
		if (!vms[i]) {
			free_records(vms, i);
			return NULL;
		}
		vms[i]->size = sizes[i] + PAGE_SIZE;
		vms[i]->flags = VM_PERCPU;
		vms[i]->caller = pcpu_get_vm_areas; /* the row in vmallocinfo says what it is */
	}
	if (place_areas(offsets, vms, nr_vms, align))
		return vms;
	free_records(vms, nr_vms);
	return NULL;
}

void pcpu_free_vm_areas(struct vm_struct **vms, int nr_vms)
{
	int i;

	for (i = 0; i < nr_vms; i++)
		free_vm_area(vms[i]);
	kfree(vms);
}
