/* SPDX-License-Identifier: MIT */
/*
 * What a module may use of kernel/, mm/ and the architecture, on one page. The drivers' part is
 * drivers/base/exports.c. What a header has as an inline function or a macro needs no row, but what
 * it calls does.
 *
 * Linux counterpart: an EXPORT_SYMBOL() below each function. Here one page is the answer to "what
 * may I call?".
 */
#include <kernel/base/bug.h>
#include <kernel/base/export.h>
#include <kernel/base/panic.h>
#include <kernel/base/percpu.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/fs/fs.h>
#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errname.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/module/module.h>
#include <kernel/sched/mutex.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/wait.h>
#include <kernel/time/delay.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>
#include <mm/describe.h>
#include <mm/highmem.h>
#include <mm/ioremap.h>
#include <mm/page.h>
#include <mm/resource.h>
#include <mm/slab.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>

/* Messages */
EXPORT_SYMBOL(printk);
EXPORT_SYMBOL(panic);
EXPORT_SYMBOL(warn_report);
EXPORT_SYMBOL(bug_report);
EXPORT_SYMBOL(errname);

/* Strings and numbers; a compiler calls the first four by itself */
EXPORT_SYMBOL(memset);
EXPORT_SYMBOL(memcpy);
EXPORT_SYMBOL(memmove);
EXPORT_SYMBOL(memcmp);
EXPORT_SYMBOL(strlen);
EXPORT_SYMBOL(strcmp);
EXPORT_SYMBOL(strncmp);
EXPORT_SYMBOL(strscpy);
EXPORT_SYMBOL(strchr);
EXPORT_SYMBOL(snprintf);
EXPORT_SYMBOL(scnprintf);
EXPORT_SYMBOL(kstrtoint);
EXPORT_SYMBOL(kstrtouint);
EXPORT_SYMBOL(div_u64_rem);

/* Device memory */
EXPORT_SYMBOL(ioremap);
EXPORT_SYMBOL(ioremap_wc);
EXPORT_SYMBOL(ioremap_cache);
EXPORT_SYMBOL(iounmap);
EXPORT_SYMBOL(iomem_resource);
EXPORT_SYMBOL(ioport_resource);
EXPORT_SYMBOL(__request_region);
EXPORT_SYMBOL(__release_region);
EXPORT_SYMBOL(request_resource);
EXPORT_SYMBOL(release_resource);

/* Memory */
EXPORT_SYMBOL(kmalloc);
EXPORT_SYMBOL(kzalloc);
EXPORT_SYMBOL(kcalloc);
EXPORT_SYMBOL(kfree);
EXPORT_SYMBOL(vmalloc);
EXPORT_SYMBOL(vzalloc);
EXPORT_SYMBOL(vmalloc_user);
EXPORT_SYMBOL(vfree);
EXPORT_SYMBOL(vmap);
EXPORT_SYMBOL(vunmap);
EXPORT_SYMBOL(alloc_pages);
EXPORT_SYMBOL(__free_pages);
EXPORT_SYMBOL(describe_address);

/* What inline functions of the headers look at */
EXPORT_SYMBOL(mem_map);
EXPORT_SYMBOL(high_memory);
EXPORT_SYMBOL(nr_cpu_ids);
EXPORT_SYMBOL(cpu_online_mask);
EXPORT_SYMBOL(__per_cpu_offset);

/* Interrupts and time */
EXPORT_SYMBOL(request_irq);
EXPORT_SYMBOL(free_irq);
EXPORT_SYMBOL(enable_irq);
EXPORT_SYMBOL(disable_irq);
EXPORT_SYMBOL(irq_set_irq_type);
EXPORT_SYMBOL(irq_set_chip_and_handler);
EXPORT_SYMBOL(handle_simple_irq);
EXPORT_SYMBOL(irq_domain_add_linear);
EXPORT_SYMBOL(irq_domain_remove);
EXPORT_SYMBOL(irq_create_mapping);
EXPORT_SYMBOL(generic_handle_domain_irq);
EXPORT_SYMBOL(jiffies);
EXPORT_SYMBOL(mod_timer);
EXPORT_SYMBOL(msleep);
EXPORT_SYMBOL(udelay);

/* Waiting */
EXPORT_SYMBOL(mutex_init);
EXPORT_SYMBOL(mutex_lock);
EXPORT_SYMBOL(mutex_trylock);
EXPORT_SYMBOL(mutex_unlock);
EXPORT_SYMBOL(wake_up);
EXPORT_SYMBOL(init_wait_entry);
EXPORT_SYMBOL(prepare_to_wait_event);
EXPORT_SYMBOL(finish_wait);
EXPORT_SYMBOL(schedule);
EXPORT_SYMBOL(schedule_timeout);

/* Files. vfs_remove() takes them away before the module ends; an open one keeps its owner. */
EXPORT_SYMBOL(vfs_add);
EXPORT_SYMBOL(vfs_remove);
EXPORT_SYMBOL(generic_file_llseek);
EXPORT_SYMBOL(copy_to_iter);
EXPORT_SYMBOL(copy_from_iter);
EXPORT_SYMBOL(simple_copy_to_iter);

/* Texts */
EXPORT_SYMBOL(seq_buf_printf);
EXPORT_SYMBOL(seq_buf_puts);
EXPORT_SYMBOL(seq_buf_putc);

/* Modules */
EXPORT_SYMBOL(try_module_get);
EXPORT_SYMBOL(module_put);
