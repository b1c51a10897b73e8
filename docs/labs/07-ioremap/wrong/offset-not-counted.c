/* SPDX-License-Identifier: MIT */
/* The offset is not added to the size: the last page may be missing. */
static void plan_new_mapping(struct ioremap_plan *plan, phys_addr_t phys, size_t size,
			     unsigned int mtype)
{
	unsigned long offset = phys & ~PAGE_MASK;

	plan->phys = phys - offset;
	plan->offset = offset;
	plan->size = PAGE_ALIGN(size);
	plan->mtype = mtype;
	plan->type = get_mem_type(mtype);
	plan->static_vm = NULL;
	plan->ram = NULL;
	plan->leaf = NULL;
	plan->refusal = find_refusal(plan, phys, size);
	/* The area will be aligned for the largest leaf that fits, as address 0 is. */
	if (!plan->refusal)
		plan->leaf = pick_leaf(0, plan->phys, plan->size, &plan->run);
}
