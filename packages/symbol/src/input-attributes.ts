import { invariant } from "@mxgraft/base";
import type { ResolvedOperator } from "@mxgraft/operator";
import type { NodeEntry } from "./graph-node.ts";

const MOVING_STATISTICS = { moving_mean: '["zero", {}]', moving_var: '["one", {}]' } as const;

/** Initializers that MXNet's operators give the variables composed with them (`FSetInputVarAttrOnCompose`). */
const INITIALIZERS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<
  string,
  Readonly<Record<string, string>>
>([
  ["BatchNorm", MOVING_STATISTICS],
  ["BatchNorm_v1", MOVING_STATISTICS],
  ["_contrib_SyncBatchNorm", MOVING_STATISTICS],
  ["_contrib_BatchNormWithReLU", MOVING_STATISTICS],
  ["LeakyReLU", { gamma: '["Constant", {"value": 0.25}]' }],
]);

/** Names of the inputs of a node: arguments, then auxiliary states. */
export function inputNames({ spec, attributes }: ResolvedOperator): string[] {
  return [...spec.arguments(attributes), ...spec.auxiliaryStates(attributes)];
}

/** Sets `__init__` of the variables among the inputs of an operator that has a wish, where it is not set. */
export function setInputInitializers(operator: ResolvedOperator, inputs: readonly NodeEntry[]): void {
  if (operator.custom) return;
  const wishes = INITIALIZERS.get(operator.spec.name);
  if (wishes === undefined) return;
  for (const [i, name] of inputNames(operator).entries()) {
    const node = inputs[i]?.node;
    invariant(node, `input "${name}" of ${operator.spec.name} is missing`);
    const wish = Object.hasOwn(wishes, name) ? wishes[name] : undefined;
    if (wish !== undefined && node.op === null && !node.attributes.has("__init__")) node.setAttribute("__init__", wish);
  }
}
