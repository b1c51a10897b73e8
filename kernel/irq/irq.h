/* SPDX-License-Identifier: MIT */
/*
 * Interrupts, from both sides.
 *
 * A driver asks for a number with request_irq() and gets its handler called. An interrupt
 * controller supplies a struct irq_chip: how to mask, unmask and acknowledge one line. One struct
 * irq_desc for each number connects them. It has the chip, the flow handler (the steps when the
 * line fires) and the list of actions (the drivers' requests).
 *
 * A number ("irq") is the kernel's own; the controller's number of the line ("hwirq") is only known
 * to its domain (irqdomain.h). Number 0 means: no interrupt.
 *
 * Linux counterpart: include/linux/interrupt.h, irq.h, irqdesc.h
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/types.h>

struct irq_desc;
struct irq_domain;
struct pt_regs;
struct seq_buf;
struct seq_pos;

#define NR_IRQS 512

typedef enum irqreturn {
	IRQ_NONE, /* not from my device */
	IRQ_HANDLED,
} irqreturn_t;

/* Runs with interrupts off. dev_id is what request_irq() was given. */
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

/* How a line signals; the values are those of the device tree. */
#define IRQ_TYPE_NONE         0x0
#define IRQ_TYPE_EDGE_RISING  0x1
#define IRQ_TYPE_EDGE_FALLING 0x2
#define IRQ_TYPE_LEVEL_HIGH   0x4
#define IRQ_TYPE_LEVEL_LOW    0x8
#define IRQ_TYPE_EDGE_BOTH    (IRQ_TYPE_EDGE_RISING | IRQ_TYPE_EDGE_FALLING)
#define IRQ_TYPE_SENSE_MASK   0xf

#define IRQF_SHARED 0x80 /* others may ask for the same number, with this flag too */

/* What a chip is told about a line. */
struct irq_data {
	unsigned int irq;
	unsigned long hwirq;
	const struct irq_chip *chip;
	struct irq_domain *domain;
};

/* What an interrupt controller can do to one line. All are called under the descriptor's lock. */
struct irq_chip {
	const char *name; /* as /proc/interrupts shows it */
	void (*irq_mask)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int type); /* 0 or -EINVAL */
};

/* One request. */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	const char *name;
	unsigned long flags;
	struct irqaction *next;
};

/* One number; lock guards all of it. */
struct irq_desc {
	spinlock_t lock;
	struct irq_data irq_data;
	irq_flow_handler_t handle_irq;
	unsigned int *kstat_irqs; /* each processor counts its occurrences in its own; no lock */
	struct irqaction *action;
	unsigned int depth;          /* how often disabled; 0: enabled */
	unsigned int type;           /* IRQ_TYPE_* */
	bool percpu;                 /* each processor has a line of its own */
	bool in_progress;            /* a handler runs right now */
	unsigned int irq_count;      /* of the current 100,000 ... */
	unsigned int irqs_unhandled; /* ... without a handler that took it */
};

/* Interrupts that reached no descriptor at all; the Err row of /proc/interrupts. */
extern unsigned long irq_err_count;

/* --- manage.c: for drivers --- */

/*
 * Have handler called on every occurrence of irq, and enable it. name is shown in /proc/interrupts;
 * dev_id is handed on and, for shared numbers, tells the requests apart. 0; -EINVAL (no such
 * number, no handler, shared without dev_id, per-CPU); -EBUSY (taken, and not shared by both);
 * -ENOMEM. Process context.
 */
int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev_id);

/*
 * Undoes it. When this returns, the handler runs nowhere. WARNs when there is no such request.
 * Process context.
 */
void free_irq(unsigned int irq, void *dev_id);

/*
 * The same for a number that each processor has for itself (a PPI). It stays disabled until each
 * processor calls enable_percpu_irq(). dev_id is handed on as it is; the handler finds its own part
 * by this_cpu_ptr().
 */
int request_percpu_irq(unsigned int irq, irq_handler_t handler, const char *name, void *dev_id);

/* On this processor; type 0 keeps the configured one. */
void enable_percpu_irq(unsigned int irq, unsigned int type);

/* Calls nest. disable_irq() waits until a running handler has ended; _nosync does not. */
void enable_irq(unsigned int irq);
void disable_irq(unsigned int irq);
void disable_irq_nosync(unsigned int irq);

/* Waits until no handler of irq runs. Not from that handler. */
void synchronize_irq(unsigned int irq);

/* How the line signals: type is an IRQ_TYPE_. 0, or -EINVAL when the controller cannot. */
int irq_set_irq_type(unsigned int irq, unsigned int type);

/* --- irqdesc.c: for controllers and domains --- */

/* The descriptor of a number, or NULL when it is out of range. */
struct irq_desc *irq_to_desc(unsigned int irq);

/* A free number, > 0, or -ENOSPC, -ENOMEM; and giving it back. Process context. */
int irq_alloc_desc(void);
void irq_free_desc(unsigned int irq);

/* Gives the number its chip and flow handler. */
void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
			      irq_flow_handler_t handle);

/* Each processor has this line for itself. */
void irq_set_percpu_devid(unsigned int irq);

/* How many occurrences of a number in use there were on cpu. */
unsigned int kstat_irqs_cpu(unsigned int irq, unsigned int cpu);

/* --- handle.c: an interrupt has arrived. Interrupts off, between irq_enter and irq_exit. --- */

/*
 * The flow of a line that wants one EOI after its handlers (GIC); of one that is per processor; and
 * of one whose controller's driver has done all that the controller needs (a GPIO pin).
 */
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_percpu_devid_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);

/*
 * Runs the flow of the number that domain gave to hwirq. Returns 0, or -EINVAL when it gave none;
 * that is counted.
 */
int generic_handle_domain_irq(struct irq_domain *domain, unsigned long hwirq);

/*
 * The root controller's entry: what the exception vector calls. set_handle_irq takes the first
 * caller only.
 */
extern void (*handle_arch_irq)(struct pt_regs *regs);
int set_handle_irq(void (*handle_irq)(struct pt_regs *regs));

/* --- proc.c --- */

/* /proc/interrupts: appends the next row. False, with nothing appended, behind the last. */
bool interrupts_show(struct seq_buf *s, struct seq_pos *pos);
