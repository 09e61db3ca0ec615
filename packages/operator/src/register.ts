import type { OperatorSpec } from "./operator-spec.ts";
import { customOperators, type RegisterOptions } from "./registry.ts";
import { type CustomOpPropClass, specOfProp } from "./spec-of-prop.ts";

/**
 * Makes a custom operator known to `Custom` nodes, `mx.operator.register("centerloss")`.
 *
 * @param opType    the `op_type` of the nodes.
 * @param operator  a `CustomOpProp` class, or a spec whose kernels are registered with a backend.
 * @throws RegistryError  the name is taken and `replace` is not set.
 */
export function register(
  opType: string,
  operator: CustomOpPropClass | OperatorSpec,
  options: RegisterOptions = {},
): void {
  const spec = typeof operator === "function" ? specOfProp(opType, operator) : { ...operator, name: opType };
  customOperators.register(spec, options);
}
