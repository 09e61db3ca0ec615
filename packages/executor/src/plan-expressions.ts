import { invariant, UsageError } from "@mxgraft/base";
import { apply, group, inferGraph, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import * as tf from "@tensorflow/tfjs";
import { buildPlan } from "./build-plan.ts";
import type { Plan, Slot } from "./plan.ts";
import type { StepExpression } from "./step-expression.ts";

/** Expressions as a graph of their own, whose variables are values of another graph. */
export interface ExpressionPlan {
  /** Its outputs are the expressions, in order. */
  readonly plan: Plan;
  /** Which slot of the other graph a variable of this one is. */
  sourceOf(variable: string): Slot;
}

/**
 * Plans MXNet operators on outputs and arguments of a graph.
 *
 * @throws UsageError  the graph has no such output or argument.
 */
export function planExpressions(graph: Plan, expressions: readonly StepExpression[]): ExpressionPlan {
  const leaves = new Map<string, { readonly slot: Slot; readonly symbol: MxSymbol }>();
  const leaf = (name: string, slot: Slot | undefined): MxSymbol => {
    const known = leaves.get(name);
    if (known !== undefined) return known.symbol;
    if (slot === undefined) throw new UsageError(`The graph has no ${name}.`, { argument: name });
    const symbol = variable(name);
    leaves.set(name, { slot, symbol });
    return symbol;
  };
  const symbolOf = (expression: StepExpression): MxSymbol => {
    if ("operator" in expression) {
      return apply(expression.operator, { ...expression.attributes }, expression.inputs.map(symbolOf));
    }
    if ("output" in expression) {
      const { output } = expression;
      return leaf(`output ${output}`, graph.slots[graph.outputs[output]?.slot ?? -1]);
    }
    const { argument } = expression;
    return leaf(
      `argument ${argument}`,
      graph.slots.find(({ variable: name }) => name === argument),
    );
  };
  const symbol = group(expressions.map(symbolOf));
  const facts = <T>(of: (slot: Slot) => T) =>
    Object.fromEntries(Array.from(leaves, ([name, { slot }]) => [name, of(slot)]));
  const plan = buildPlan({
    symbol,
    inference: inferGraph(symbol, { shapes: facts(({ shape }) => shape), types: facts(({ dtype }) => dtype) }),
    backend: tf.getBackend(),
    wantsGradient: () => false,
  });
  const sourceOf = (name: string): Slot => {
    const found = leaves.get(name);
    invariant(found, `expressions have no ${name}`);
    return found.slot;
  };
  return { plan, sourceOf };
}
