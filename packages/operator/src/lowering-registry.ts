import { RegistryError } from "@mxgraft/base";
import type { Lowering } from "./lowering.ts";

/** Lowerings by operator name. */
export class LoweringRegistry {
  readonly #byName = new Map<string, Lowering>();

  /**
   * @throws RegistryError  the operator has another lowering already and `replace` is not set.
   */
  register(operator: string, lowering: Lowering, options: { readonly replace?: boolean } = {}): void {
    const present = this.#byName.get(operator);
    if (present !== undefined && present !== lowering && !options.replace) {
      throw new RegistryError(
        `Operator "${operator}" has a lowering already. Pass { replace: true } if that is meant.`,
        { operator },
      );
    }
    this.#byName.set(operator, lowering);
  }

  find(operator: string): Lowering | undefined {
    return this.#byName.get(operator);
  }

  /** Operators that have a lowering. */
  names(): string[] {
    return [...this.#byName.keys()];
  }
}

/** Lowerings of the operators that graphs name in `op`. */
export const lowerings = new LoweringRegistry();

/** Lowerings of the operators that `Custom` nodes name in `op_type`. */
export const customLowerings = new LoweringRegistry();
