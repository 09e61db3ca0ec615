import { AttributeError } from "@mxgraft/base";
import type { RawAttributes } from "./attributes.ts";
import type { OperatorSpec } from "./operator-spec.ts";
import { customOperators, operators } from "./registry.ts";

/** An operator with the attributes of one node, parsed. */
export interface ResolvedOperator {
  readonly spec: OperatorSpec;
  readonly attributes: object;
  /** Whether a `Custom` node named it: custom operators have names, and kernels, of their own. */
  readonly custom: boolean;
}

/** The operator that stands for a custom one in a graph; its `op_type` says which. */
export const CUSTOM = "Custom";

/**
 * The spec and typed attributes of a node: the built-in operator named by `operator`, or, for `Custom`, the operator
 * registered under its `op_type`.
 *
 * @throws RegistryError   the operator or `op_type` is not registered.
 * @throws AttributeError  an attribute is missing, unknown or cannot be parsed.
 */
export function resolveOperator(operator: string, raw: RawAttributes): ResolvedOperator {
  if (operator !== CUSTOM) {
    const spec = operators.get(operator);
    return { spec, attributes: spec.parse(raw), custom: false };
  }
  const opType = raw.get("op_type");
  if (opType === undefined) {
    throw new AttributeError(
      'attribute "op_type" is missing, expected the name a custom operator is registered under.',
      {
        operator: CUSTOM,
        argument: "op_type",
      },
    );
  }
  const spec = customOperators.get(opType);
  const own = new Map(raw);
  own.delete("op_type");
  return { spec, attributes: spec.parse(own), custom: true };
}
