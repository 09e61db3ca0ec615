import { invariant } from "@mxgraft/base";
import type { GraphValue } from "@mxgraft/operator";
import { apply, inferGraph, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { BoundOperatorStep } from "../bound-step.ts";
import { buildPlan } from "../build-plan.ts";
import type { Slot } from "../plan.ts";
import type { StepExpression } from "../step-expression.ts";
import { layoutPermutation } from "./layout-permutation.ts";
import { type LoweringScope, lowerForward } from "./lower-step.ts";
import { NotCompilableError } from "./not-compilable.ts";
import type { ProgramBuilder } from "./program-builder.ts";

/** Puts MXNet operators on outputs and arguments of a graph into the graph of its step; gives the first output. */
export function lowerExpression(builder: ProgramBuilder, outputs: readonly number[], root: StepExpression): GraphValue {
  const leaves = new Map<string, Slot>();
  const symbolOf = (expression: StepExpression): MxSymbol => {
    if ("operator" in expression) {
      return apply(expression.operator, { ...expression.attributes }, expression.inputs.map(symbolOf));
    }
    const isOutput = "output" in expression;
    const name = isOutput ? `output${expression.output}` : `argument ${expression.argument}`;
    const slot = isOutput
      ? builder.slots[outputs[expression.output] ?? -1]
      : builder.slots.find(({ variable }) => variable === expression.argument);
    if (slot === undefined) throw new NotCompilableError(`the graph has no ${name}`);
    leaves.set(name, slot);
    return variable(name);
  };
  const symbol = symbolOf(root);
  const facts = <T>(of: (slot: Slot) => T) =>
    Object.fromEntries(Array.from(leaves, ([name, slot]) => [name, of(slot)]));
  const plan = buildPlan({
    symbol,
    inference: inferGraph(symbol, { shapes: facts(({ shape }) => shape), types: facts(({ dtype }) => dtype) }),
    backend: tf.getBackend(),
    wantsGradient: () => false,
  });
  const values = new Map<number, GraphValue>();
  const { graph } = builder;
  const transposed = (value: GraphValue, from: Slot["layout"], to: Slot["layout"], rank: number) => {
    const permutation = layoutPermutation(from, to, rank);
    if (permutation.every((axis, i) => axis === i)) return value;
    return graph.one("Transpose", [value, graph.constant(permutation, "int32", [rank])]);
  };
  for (const { id, variable: name, shape, layout } of plan.slots) {
    const source = name === undefined ? undefined : leaves.get(name);
    if (source) values.set(id, transposed(builder.value(source.id), source.layout, layout, shape.length));
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
  const [output] = plan.outputs;
  invariant(output, "an expression has an output");
  const result = value(output.slot);
  invariant(result.type === tensorType(output.dtype), `an expression gave ${result.type}`);
  return result;
}

function lowerStep(step: BoundOperatorStep, scope: LoweringScope) {
  try {
    return lowerForward(step, scope, false);
  } catch (error) {
    if (!(error instanceof NotCompilableError)) throw error;
    throw new NotCompilableError(`${step.operator.spec.name} stays eager: ${error.message}`);
  }
}
