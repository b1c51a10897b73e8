/* SPDX-License-Identifier: MIT */
/*
 * What a module may use of drivers/. The rest is on the page of kernel/module/exports.c.
 *
 * Linux counterpart: an EXPORT_SYMBOL() below each function
 */
#include <drivers/base/device.h>
#include <drivers/base/dma-mapping.h>
#include <drivers/gpio/gpio.h>
#include <drivers/of/of.h>
#include <drivers/pci/pci.h>
#include <kernel/base/export.h>

EXPORT_SYMBOL(__platform_driver_register);
EXPORT_SYMBOL(platform_driver_unregister);
EXPORT_SYMBOL(platform_device_register);
EXPORT_SYMBOL(platform_device_unregister);
EXPORT_SYMBOL(platform_get_resource);
EXPORT_SYMBOL(platform_get_irq);

EXPORT_SYMBOL(devm_add_action);
EXPORT_SYMBOL(devm_add_action_or_reset);
EXPORT_SYMBOL(devm_remove_action);
EXPORT_SYMBOL(devm_kzalloc);
EXPORT_SYMBOL(devm_request_irq);
EXPORT_SYMBOL(devm_ioremap);
EXPORT_SYMBOL(devm_iounmap);
EXPORT_SYMBOL(devm_request_mem_region);
EXPORT_SYMBOL(devm_ioremap_resource);
EXPORT_SYMBOL(devm_platform_ioremap_resource);

EXPORT_SYMBOL(__pci_register_driver);
EXPORT_SYMBOL(pci_unregister_driver);
EXPORT_SYMBOL(pcim_enable_device);
EXPORT_SYMBOL(pcim_iomap_region);
EXPORT_SYMBOL(pci_set_master);
EXPORT_SYMBOL(pci_clear_master);
EXPORT_SYMBOL(pci_read_config_byte);
EXPORT_SYMBOL(pci_read_config_word);
EXPORT_SYMBOL(pci_read_config_dword);
EXPORT_SYMBOL(pci_write_config_byte);
EXPORT_SYMBOL(pci_write_config_word);
EXPORT_SYMBOL(pci_write_config_dword);

EXPORT_SYMBOL(dma_set_mask_and_coherent);
EXPORT_SYMBOL(dma_alloc_coherent);
EXPORT_SYMBOL(dma_free_coherent);

EXPORT_SYMBOL(devm_gpiochip_add_data);
EXPORT_SYMBOL(devm_fwnode_gpiod_get);
EXPORT_SYMBOL(gpiod_get_value);
EXPORT_SYMBOL(gpiod_to_irq);

EXPORT_SYMBOL(of_property_read_u32);
EXPORT_SYMBOL(of_property_read_string);
EXPORT_SYMBOL(of_find_property);
EXPORT_SYMBOL(of_parse_phandle_with_args);
