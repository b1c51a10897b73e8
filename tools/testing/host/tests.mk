# SPDX-License-Identifier: MIT
#
# The test programs of the host build: $(call test,NAME,VARIANTS,SOURCES). All of kernel/lib, the
# unit-test core, stubs.c and memory.c are in every program; SOURCES are the test and what else it
# tests. A *_hosttest.c never runs in the kernel and is a program of its own.
#
#   64, 32                   an address space of no architecture (generic/asm), identity __pa()
#   arm64-tables, arm-tables the real formats of arch/*/include/asm/pgtable.h

BOTH  := 64 32
LIB   := kernel/lib/tests
BASE  := kernel/base/tests
MM    := mm/tests
OF    := drivers/of/tests

MEMBLOCK := mm/memblock.c mm/memblock_limit.c
MEMBLOCK_TESTS := $(filter-out %_hosttest.c,$(wildcard $(MM)/memblock_*test.c))
OF_BOTH  := drivers/of/address.c drivers/of/property.c $(OF)/no_ioremap.c
OF_EARLY := drivers/of/fdt.c drivers/of/fdt_address.c $(OF_BOTH) $(MEMBLOCK)
# The command line, and what the code prints, as a text.
PARAM    := kernel/base/param.c $(BASE)/print_log.c
PAGES    := $(addprefix mm/,page_alloc.c deferred_pages.c buddyinfo.c slab.c kmalloc.c)
# What a driver stands on: binding, what it holds, claims, interrupts.
DRIVER   := $(addprefix drivers/base/,bus.c platform.c devres.c devres_io.c) mm/resource.c \
	$(addprefix kernel/irq/,irqdesc.c irqdomain.c manage.c handle.c)
VMAP     := mm/vmap_area.c mm/vmalloc.c mm/vmallocinfo.c mm/check_areas.c

# kernel/lib needs nothing else: every test there is a program.
$(foreach name,$(patsubst $(LIB)/%_test.c,%,$(wildcard $(LIB)/*_test.c)),\
	$(call test,$(name),$(BOTH),$(LIB)/$(name)_test.c))
$(call test,fdt_host,           64,      $(LIB)/fdt_hosttest.c)

$(call tool,gunzip_cases,       $(BOTH), $(LIB)/gunzip_cases.c)

$(call test,param,              $(BOTH), $(BASE)/param_hosttest.c $(PARAM))

$(call test,memblock,           $(BOTH), $(MEMBLOCK_TESTS) $(MEMBLOCK))
$(call test,memblock_host,      $(BOTH), $(MM)/memblock_hosttest.c \
	$(MM)/memblock_brim_hosttest.c mm/show.c $(MEMBLOCK) $(PARAM))
$(call test,resource,           $(BOTH), $(MM)/resource_test.c mm/resource.c mm/show.c)
$(call test,vmap,               $(BOTH), $(addprefix $(MM)/,vmap_area_test.c vmap_random_test.c \
	pcpu_areas_test.c) mm/pcpu_areas.c $(VMAP))
$(call test,vmap_million,       $(BOTH), $(MM)/vmap_random_hosttest.c $(VMAP))
$(call test,vmalloc,            $(BOTH), $(MM)/vmalloc_test.c $(MM)/vmalloc_hosttest.c $(VMAP))
$(call test,describe,           $(BOTH), $(MM)/describe_hosttest.c mm/describe.c $(VMAP))
$(call test,early_areas,        $(BOTH), $(MM)/early_areas_hosttest.c $(VMAP))
$(call test,static_vm,          $(BOTH), $(addprefix $(MM)/static_, \
	rows_hosttest.c vm_hosttest.c machine.c) \
	$(addprefix mm/,iotable.c static_vm.c ioremap.c) $(VMAP) $(MEMBLOCK))
$(call test,early_ioremap,      $(BOTH), $(MM)/early_ioremap_test.c $(MM)/early_ioremap_hosttest.c \
	mm/early_ioremap.c $(PARAM))
$(call test,early_ioremap_nommu,$(BOTH), $(MM)/early_ioremap_nommu_hosttest.c $(MM)/early_ioremap_nommu.c)
$(foreach arch,arm64 arm,$(call test,tables,$(arch)-tables,\
	$(addprefix $(MM)/,tables_hosttest.c vmap_range_hosttest.c table_log.c ioremap_test.c \
	ioremap_plan_test.c pagewalk_test.c watermark_hosttest.c) \
	$(wildcard $(addprefix arch/$(arch)/tests/,sections_hosttest.c blocks_hosttest.c)) \
	$(addprefix arch/$(arch)/tests/,walker_test.c leaf_test.c) \
	mm/ioremap.c mm/static_vm.c mm/vmap_range.c mm/pgalloc.c mm/pagewalk.c mm/watermark.c $(VMAP) \
	$(MEMBLOCK) arch/$(arch)/ioremap.c arch/$(arch)/mem_types.c \
	$(wildcard arch/$(arch)/sections.c)))
$(foreach arch,arm64 arm,$(call test,stale_tlb,$(arch)-tables,\
	$(addprefix $(MM)/,stale_tlb_hosttest.c table_log.c) arch/$(arch)/tests/walker_test.c \
	$(addprefix mm/,ioremap.c static_vm.c vmap_range.c pgalloc.c) $(VMAP) $(MEMBLOCK) \
	arch/$(arch)/ioremap.c arch/$(arch)/mem_types.c $(wildcard arch/$(arch)/sections.c)))
$(foreach arch,arm64 arm,$(call test,fixmap,$(arch)-tables,\
	$(addprefix $(MM)/,fixmap_hosttest.c table_log.c) \
	$(wildcard arch/$(arch)/tests/fixmap_hosttest.c) \
	arch/$(arch)/tests/walker_test.c arch/$(arch)/fixmap.c \
	mm/fdt_window.c mm/vmap_range.c mm/pgalloc.c))
$(foreach arch,arm64 arm,$(call test,fault,$(arch)-tables,$(MM)/fault_hosttest.c $(MM)/table_log.c \
	$(addprefix arch/$(arch)/,tests/fault_hosttest.c fault.c ptdump.c) \
	$(addprefix mm/,ptwalk.c pagewalk.c ptdump.c describe.c vmap_range.c pgalloc.c) $(VMAP)))
$(foreach arch,arm64 arm,$(call test,address_space,$(arch)-tables,\
	$(addprefix $(MM)/,address_space_hosttest.c address_space_test.c mmap_model_test.c \
	table_log.c) \
	$(wildcard arch/$(arch)/tests/highmem_hosttest.c) arch/$(arch)/tests/walker_test.c \
	$(addprefix mm/,address_space.c mmap.c vma.c user_pages.c remap.c highmem.c pagewalk.c pgalloc.c \
	watermark.c) $(VMAP) $(MEMBLOCK)))
# What the linker script would say of an image, across a border of 2 MiB (kernel_: see rename.h).
# The addresses are absolute, so the program must not be moved.
IMAGE := kernel_etext=0x40230000 __start_rodata=0x40230000 __end_rodata=0x40238000 \
	__inittext_begin=0x40238000 __inittext_end=0x4023a000 __initdata_begin=0x4023a000 \
	__initdata_end=0x4023b000 _sdata=0x4023b000 kernel_bss_start=0x40260000 \
	__bss_stop=0x40403000 kernel_end=0x40403000
TEXT_arm64 := _text=0x40200000
TEXT_arm   := _text=0x40208000
BORDERS     = -no-pie $(foreach border,$(TEXT_$(arch)) $(IMAGE),-Xlinker --defsym=$(border))
$(foreach arch,arm64 arm,$(call test,early_boot,$(arch)-tables,\
	$(addprefix boot/,tests/early_map_hosttest.c tests/handoff_hosttest.c handoff.c) \
	$(addprefix arch/$(arch)/,tests/early_map_hosttest.c tests/walker_test.c early_map.c) \
	$(BASE)/print_log.c,$(BORDERS)))
$(call test,iotable,            arm-tables, $(addprefix arch/arm/, \
	tests/iotable_hosttest.c tests/walker_test.c create_mapping.c mem_types.c ioremap.c \
	sections.c) $(MM)/table_log.c mm/iotable.c mm/static_vm.c mm/ioremap.c mm/vmap_range.c \
	mm/pgalloc.c $(VMAP) $(MEMBLOCK))
$(call test,mmu,                arm-tables, $(addprefix arch/arm/,tests/mmu_hosttest.c \
	tests/walker_test.c mmu.c) $(MM)/table_log.c mm/vmap_range.c mm/pgalloc.c mm/pagewalk.c \
	$(MEMBLOCK))
$(call test,page_alloc,         $(BOTH), $(addprefix $(MM)/,page_alloc_test.c slab_test.c \
	kmalloc_test.c page_alloc_hosttest.c page_reserved_hosttest.c \
	page_bulk_hosttest.c slab_hosttest.c) $(PAGES) mm/show.c \
	$(BASE)/print_log.c $(MEMBLOCK) $(VMAP))
$(call test,highmem,            arm-tables, $(MM)/highmem_hosttest.c arch/arm/tests/walker_test.c \
	mm/highmem.c $(PAGES) $(MEMBLOCK))
$(call test,of_address,         $(BOTH), $(OF)/address_test.c $(OF_BOTH))
$(call test,of_fdt,             $(BOTH), $(OF)/fdt_hosttest.c $(OF_EARLY))
$(call tool,read_tree,          arm64-tables, $(OF)/read_tree.c $(filter-out %/seed.c,$(wildcard drivers/of/*.c)) \
	drivers/amba/bus.c mm/resource.c $(MEMBLOCK))
$(call test,pl061,              $(BOTH), $(addprefix drivers/gpio/tests/pl061_,hosttest.c \
	irq_hosttest.c machine.c model.c) drivers/gpio/gpio-pl061.c $(DRIVER))
$(call test,pci,                $(BOTH), $(addprefix drivers/pci/,tests/pci_hosttest.c \
	tests/pci_model.c probe.c bars.c setup-bus.c) mm/resource.c $(BASE)/print_log.c)
$(foreach arch,arm64 arm,$(call test,module_arch,$(arch)-tables,\
	arch/$(arch)/tests/module_hosttest.c kernel/module/tests/relocate_one.c \
	kernel/module/relocate.c arch/$(arch)/module.c))
$(call test,rtc_lib,            $(BOTH), kernel/time/tests/rtc_lib_test.c kernel/time/rtc_lib.c)
$(call test,asid,               $(BOTH), $(MM)/asid_test.c $(MM)/asid_hosttest.c mm/asid.c \
	kernel/base/percpu.c)
