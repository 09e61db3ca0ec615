import { BackendError, type DType, RegistryError, type Shape } from "@mxgraft/base";
import type { ResolvedOperator } from "@mxgraft/operator";
import { customOpKernel } from "./custom-op-kernel.ts";
import type { KernelBackend, KernelTable, TfjsKernel } from "./kernel-table.ts";

/** Kernels by operator name. */
class KernelRegistry {
  readonly #tables = new Map<string, KernelTable>();

  /**
   * Adds kernels to those an operator has.
   *
   * @throws RegistryError  the operator has a kernel for one of the backends already and `replace` is not set.
   */
  register(operator: string, kernels: KernelTable, options: { readonly replace?: boolean } = {}): void {
    const present = this.#tables.get(operator) ?? {};
    for (const backend of backendsOf(kernels)) {
      const other = present[backend];
      if (other === undefined || other === kernels[backend] || options.replace) continue;
      throw new RegistryError(
        `Operator "${operator}" has a kernel for ${backend} already. Pass { replace: true } if that is meant.`,
        { operator },
      );
    }
    this.#tables.set(operator, { ...present, ...kernels });
  }

  find(operator: string): KernelTable | undefined {
    return this.#tables.get(operator);
  }

  /** Operators that have a kernel. */
  names(): string[] {
    return [...this.#tables.keys()];
  }
}

function backendsOf(table: KernelTable): (KernelBackend | "portable")[] {
  const all = ["portable", "tensorflow", "webgpu", "wasm", "webgl", "cpu"] as const;
  return all.filter((backend) => table[backend] !== undefined);
}

/** Kernels of the operators that graphs name in `op`. */
export const kernels = new KernelRegistry();

/** Kernels of the operators that `Custom` nodes name in `op_type`. */
export const customKernels = new KernelRegistry();

/**
 * The kernel of a node on a backend: an MXNet-style operator's own object, the backend's kernel, or the portable one.
 *
 * @throws BackendError  there is none, naming the backends that have one.
 */
export function kernelFor(
  resolved: ResolvedOperator,
  backend: string,
  shapes: readonly Shape[],
  dtypes: readonly DType[],
): TfjsKernel {
  const { spec, attributes, custom } = resolved;
  const operator = spec.createOperator?.(attributes, shapes, dtypes);
  if (operator) return customOpKernel(operator, spec, attributes, dtypes);
  const table = (custom ? customKernels : kernels).find(spec.name) ?? {};
  const own = backendsOf(table).find((name) => name === backend);
  const kernel = own === undefined ? table.portable : table[own];
  if (kernel) return kernel;
  const there = backendsOf(table);
  const others =
    there.length > 0 ? `it has kernels for ${there.join(", ")}` : "it has none; import the package that registers them";
  throw new BackendError(
    `Operator "${spec.name}" has no forward kernel for backend "${backend}"; ${others}. Choose one with setBackend(), or import a package that adds it.`,
    { operator: spec.name, expected: there, actual: backend },
  );
}
