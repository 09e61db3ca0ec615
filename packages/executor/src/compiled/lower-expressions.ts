import { invariant } from "@mxgraft/base";
import type { GraphValue } from "@mxgraft/operator";
import { tensorType } from "@mxgraft/tfjs";
import type { BoundOperatorStep } from "../bound-step.ts";
import type { Slot } from "../plan.ts";
import { planExpressions } from "../plan-expressions.ts";
import type { StepExpression } from "../step-expression.ts";
import { layoutPermutation } from "./layout-permutation.ts";
import { type LoweringScope, lowerForward } from "./lower-step.ts";
import { NotCompilableError } from "./not-compilable.ts";
import type { ProgramBuilder } from "./program-builder.ts";

/** Puts MXNet operators on outputs and arguments of a graph into the graph of its step; gives what each comes to. */
export function lowerExpressions(builder: ProgramBuilder, expressions: readonly StepExpression[]): GraphValue[] {
  const { plan, sourceOf } = planExpressions(builder.plan, expressions);
  const values = new Map<number, GraphValue>();
  const { graph } = builder;
  const transposed = (value: GraphValue, from: Slot["layout"], to: Slot["layout"], rank: number) => {
    const permutation = layoutPermutation(from, to, rank);
    if (permutation.every((axis, i) => axis === i)) return value;
    return graph.one("Transpose", [value, graph.constant(permutation, "int32", [rank])]);
  };
  for (const { id, variable, shape, layout } of plan.slots) {
    if (variable === undefined) continue;
    const source = sourceOf(variable);
    values.set(id, transposed(builder.value(source.id), source.layout, layout, shape.length));
  }
  const value = (id: number): GraphValue => {
    const found = values.get(id);
    invariant(found, `slot ${id} of an expression has no value`);
    return found;
  };
  const scope: LoweringScope = {
    graph,
    slots: plan.slots,
    value,
    state: () => {
      throw new NotCompilableError("it keeps a state");
    },
    seed: builder.seed,
  };
  for (const step of plan.steps) {
    if (step.kind === "layout") {
      const [from, to] = [plan.slots[step.from], plan.slots[step.to]];
      values.set(step.to, transposed(value(step.from), from?.layout, to?.layout, from?.shape.length ?? 0));
      continue;
    }
    const lowered = lowerStep({ ...step, stateCells: [], mutatedCells: [] }, scope);
    for (const [i, id] of step.outputs.entries()) {
      const output = lowered.outputs[i];
      if (output) values.set(id, output);
    }
  }
  return plan.outputs.map(({ slot, dtype }) => {
    const result = value(slot);
    invariant(result.type === tensorType(dtype), `an expression gave ${result.type}`);
    return result;
  });
}

function lowerStep(step: BoundOperatorStep, scope: LoweringScope) {
  try {
    return lowerForward(step, scope, false);
  } catch (error) {
    if (!(error instanceof NotCompilableError)) throw error;
    throw new NotCompilableError(`${step.operator.spec.name} stays eager: ${error.message}`);
  }
}
