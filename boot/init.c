/* SPDX-License-Identifier: MIT */
/*
 * The first words of boot, and its last step: the first program. `rdinit=PATH` names another one
 * than /init; what follows `--` on the command line are its arguments.
 *
 * Linux counterpart: init/main.c (kernel_init)
 */
#include <boot/boot.h>
#include <kernel/base/init.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/exec/exec.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/syscall/utsname.h>

#define MAX_INIT_ARGS 32

static char init_path[128] = "/init";

static int __init rdinit_setup(char *value)
{
	if (!*value || strlen(value) >= sizeof(init_path))
		return -EINVAL;
	strscpy(init_path, value, sizeof(init_path));
	return 0;
}
early_param("rdinit", rdinit_setup);

void __init boot_banner(void)
{
	pr_notice(UTS_BANNER "\n");
	pr_notice("From a physical address to a pointer that a driver may use\n");
	pr_notice("Leave QEMU: Ctrl-A x. First command at the prompt: vmallocinfo\n");
}

int start_init(void)
{
	const char *argv[MAX_INIT_ARGS + 1] = { init_path };
	char *rest = init_command_line, *word;
	int argc = 1;

	while (argc < MAX_INIT_ARGS && (word = next_word(&rest)))
		argv[argc++] = word;
	argv[argc] = NULL;
	return run_init(init_path, argv);
}
