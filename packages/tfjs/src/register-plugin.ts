import {
  customLowerings,
  customOperators,
  lowerings,
  nativeDefinitions,
  operators,
  type Plugin,
  register,
} from "@mxgraft/operator";
import { customKernels, kernels } from "./kernel-registry.ts";
import type { KernelTable } from "./kernel-table.ts";

/**
 * Registers what a plug-in module exports by default: its operators, their kernels and lowerings. Doing it twice does no harm.
 *
 * @throws RegistryError  one of its names is taken by another plug-in.
 */
export function registerPlugin(plugin: Plugin<KernelTable>): void {
  const origin = plugin.name;
  for (const spec of plugin.operators ?? []) operators.register(spec, { origin });
  for (const [opType, operator] of Object.entries(plugin.customOperators ?? {})) {
    const known = customOperators.find(opType) !== undefined && customOperators.originOf(opType) === origin;
    if (!known) register(opType, operator, { origin });
  }
  for (const [name, table] of Object.entries(plugin.kernels ?? {})) {
    const registry = plugin.customOperators?.[name] === undefined ? kernels : customKernels;
    registry.register(name, table);
  }
  for (const [name, lowering] of Object.entries(plugin.lowerings ?? {})) {
    const registry = plugin.customOperators?.[name] === undefined ? lowerings : customLowerings;
    registry.register(name, lowering);
  }
  for (const definition of plugin.nativeDefinitions ?? []) nativeDefinitions.register(definition);
}
