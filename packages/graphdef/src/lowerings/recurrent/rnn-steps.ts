import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import type { RNNAttributes } from "@mxgraft/operators";
import { add, binary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";
import { packKept, type RnnState, rnnCells, unpackKept } from "./rnn-cell.ts";

/** A layer that reads sequences in one direction, without the products with its input. */
export interface RnnLayer {
  readonly mode: RNNAttributes["mode"];
  /** Whether the last step comes first. */
  readonly reverse: boolean;
  /** T */
  readonly steps: number;
  /** (G H, H) */
  readonly weight: GraphValue;
  /** (G H) */
  readonly inputBias: GraphValue;
  readonly bias: GraphValue;
  readonly initial: RnnState;
  /** (N) float32: steps of each sequence that count; all do where it is absent. */
  readonly lengths: GraphValue | undefined;
}

export interface RnnRun {
  /** (T, N, H), 0 after the end of a sequence */
  readonly output: GraphValue;
  readonly last: RnnState;
  /** h before each step, (T, N, H), and what each step kept, (T, N, K H). */
  readonly saved: readonly [before: GraphValue, kept: GraphValue];
}

export interface RnnRunGradient {
  /** Gradients of the sums that come from the input and from the state, (T, N, G H). */
  readonly fromInput: GraphValue;
  readonly fromState: GraphValue;
  readonly initial: RnnState;
}

/** The steps in the order they are computed. */
function order({ steps, reverse }: RnnLayer): number[] {
  const all = Array.from({ length: steps }, (_, t) => t);
  return reverse ? all.reverse() : all;
}

/** For each step which sequences have it, (N, 1). */
function stepMasks(graph: GraphBuilder, { lengths, steps }: RnnLayer): readonly GraphValue[] | undefined {
  if (lengths === undefined) return undefined;
  const column = graph.one("Reshape", [lengths, integers(graph, [-1, 1])]);
  return Array.from({ length: steps }, (_, t) => binary(graph, "Less", graph.constant(t), column));
}

function held(graph: GraphBuilder, mask: GraphValue, next: RnnState, before: RnnState): RnnState {
  const chosen = (a: GraphValue, b: GraphValue) => graph.one("SelectV2", [mask, a, b]);
  return {
    h: chosen(next.h, before.h),
    ...(next.c && before.c ? { c: chosen(next.c, before.c) } : {}),
  };
}

/**
 * Runs a layer: in one native operator, or step by step where there is none. TensorFlow's BlockLSTMV2 took
 * 1.6 times as long with 200 units, and less than the product and the operator as calls of their own with 64. It knows no
 * reading backwards, orders the gates otherwise, and the block of its GRU has another formula.
 *
 * @param fromInput  Wx x of all steps, (T, N, G H).
 * @param keeps      whether backward will follow.
 */
export function runSteps(graph: GraphBuilder, layer: RnnLayer, fromInput: GraphValue, keeps: boolean): RnnRun {
  const { mode, reverse, weight, inputBias, bias, initial, lengths } = layer;
  if (graph.offers("MxgraftRecurrent")) {
    const none = graph.constant([]);
    const inputs = [fromInput, weight, inputBias, bias, initial.h, initial.c ?? none, lengths ?? none];
    const [output, h, c, before, kept] = graph.node("MxgraftRecurrent", inputs, { mode, reverse, keeps });
    return {
      output: given(output, "output"),
      last: { h: given(h, "h"), ...(initial.c && c ? { c } : {}) },
      saved: [given(before, "h before"), given(kept, "what was kept")],
    };
  }
  const masks = stepMasks(graph, layer);
  const inputs = graph.node("Unpack", [graph.one("BiasAdd", [fromInput, inputBias])], { num: layer.steps });
  const outputs = new Array<GraphValue>(layer.steps);
  const before = new Array<GraphValue>(layer.steps);
  const kept = new Array<GraphValue>(layer.steps);
  let state = initial;
  for (const t of order(layer)) {
    const product = graph.one("MatMul", [state.h, weight], { transpose_b: true });
    const fromState = graph.one("BiasAdd", [product, bias]);
    const step = rnnCells[mode].forward(graph, given(inputs[t], "the input"), fromState, state);
    before[t] = state.h;
    kept[t] = packKept(graph, step.kept);
    const mask = masks?.[t];
    state = mask ? held(graph, mask, step.state, state) : step.state;
    outputs[t] = mask ? graph.one("SelectV2", [mask, state.h, graph.constant(0)]) : state.h;
  }
  const stacked = (values: readonly GraphValue[]) => graph.one("Pack", [values]);
  return { output: stacked(outputs), last: state, saved: [stacked(before), stacked(kept)] };
}

/**
 * The gradient of a layer.
 *
 * @param dOutput  gradient of the outputs, (T, N, H).
 * @param dLast    gradient of the state after the last step, where it got one.
 */
export function stepsGradient(
  graph: GraphBuilder,
  layer: RnnLayer,
  [before, kept]: RnnRun["saved"],
  dOutput: GraphValue,
  dLast: Partial<RnnState>,
): RnnRunGradient {
  const { mode, reverse, weight, initial, lengths } = layer;
  if (graph.offers("MxgraftRecurrentGradients")) {
    const none = graph.constant([]);
    const inputs = [dOutput, dLast.h ?? none, dLast.c ?? none, weight, before, kept, lengths ?? none];
    const [fromInput, fromState, h, c] = graph.node("MxgraftRecurrentGradients", inputs, { mode, reverse });
    const sums = given(fromInput, "the gradient of the sums");
    return {
      fromInput: sums,
      fromState: mode === "gru" ? given(fromState, "the gradient of the state's sums") : sums,
      initial: { h: given(h, "the gradient of h"), ...(initial.c && c ? { c } : {}) },
    };
  }
  const masks = stepMasks(graph, layer);
  const unstacked = (value: GraphValue) => graph.node("Unpack", [value], { num: layer.steps });
  const [heads, befores, keeps] = [unstacked(dOutput), unstacked(before), unstacked(kept)];
  const fromInput = new Array<GraphValue>(layer.steps);
  const fromState = new Array<GraphValue>(layer.steps);
  const zeros = (like: GraphValue) => graph.one("ZerosLike", [like]);
  let gradient: RnnState = {
    h: dLast.h ?? zeros(initial.h),
    ...(initial.c ? { c: dLast.c ?? zeros(initial.c) } : {}),
  };
  for (const t of order(layer).reverse()) {
    const own = { ...gradient, h: add(graph, gradient.h, given(heads[t], "the gradient of a step")) };
    const values = unpackKept(graph, given(keeps[t], "what a step kept"), rnnCells[mode].keeps);
    const step = rnnCells[mode].backward(graph, values, given(befores[t], "h before a step"), own);
    const mask = masks?.[t];
    const sums = (value: GraphValue) => (mask ? graph.one("SelectV2", [mask, value, graph.constant(0)]) : value);
    fromInput[t] = sums(step.fromInput);
    fromState[t] = sums(step.fromState);
    const product = graph.one("MatMul", [step.fromState, weight]);
    const h = step.before.h ? add(graph, product, step.before.h) : product;
    const next = { h, ...(step.before.c ? { c: step.before.c } : {}) };
    gradient = mask ? held(graph, mask, next, gradient) : next;
  }
  const stacked = (values: readonly GraphValue[]) => graph.one("Pack", [values]);
  return { fromInput: stacked(fromInput), fromState: stacked(fromState), initial: gradient };
}
