import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import type { RNNAttributes } from "@mxgraft/operators";
import { add, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";

/** What a unit carries from step to step: (N, H) each. */
export interface RnnState {
  readonly h: GraphValue;
  /** LSTM only. */
  readonly c?: GraphValue;
}

export interface RnnCellStep {
  readonly state: RnnState;
  /** What backward needs of the step, (N, H) each: the gates, and what follows from them and from the state before. */
  readonly kept: readonly GraphValue[];
}

export interface RnnCellGradient {
  /** Gradients of the sums that come from the input and from the state, (N, G H). */
  readonly fromInput: GraphValue;
  readonly fromState: GraphValue;
  /** What reaches the state before without the state's weight. */
  readonly before: Partial<RnnState>;
}

/** One step of a kind of units in TensorFlow's operators, and its gradient. */
interface RnnCell {
  /** Values that a step keeps. */
  readonly keeps: number;
  forward(graph: GraphBuilder, fromInput: GraphValue, fromState: GraphValue, before: RnnState): RnnCellStep;
  backward(graph: GraphBuilder, kept: readonly GraphValue[], before: GraphValue, gradient: RnnState): RnnCellGradient;
}

function split(graph: GraphBuilder, x: GraphValue, parts: number): readonly GraphValue[] {
  return graph.node("Split", [graph.constant(1, "int32"), x], { num_split: parts });
}

function joined(graph: GraphBuilder, parts: readonly GraphValue[]): GraphValue {
  return graph.one("ConcatV2", [parts, graph.constant(1, "int32")]);
}

function plain(activation: "Relu" | "Tanh"): RnnCell {
  return {
    keeps: 1,
    forward(graph, fromInput, fromState) {
      const h = unary(graph, activation, add(graph, fromInput, fromState));
      return { state: { h }, kept: [h] };
    },
    backward(graph, [kept], _, { h: dh }) {
      const h = given(kept, "h");
      const sum = activation === "Relu" ? graph.one("ReluGrad", [dh, h]) : graph.one("TanhGrad", [h, dh]);
      return { fromInput: sum, fromState: sum, before: {} };
    },
  };
}

function sixOf<T>([a, b, c, d, e, f]: readonly T[]): [T, T, T, T, T, T] {
  const what = "a kept value";
  return [given(a, what), given(b, what), given(c, what), given(d, what), given(e, what), given(f, what)];
}

const lstm: RnnCell = {
  keeps: 6,
  forward(graph, fromInput, fromState, before) {
    const sums = split(graph, add(graph, fromInput, fromState), 4);
    const gate = (index: number, activation: string) => unary(graph, activation, given(sums[index], "a gate"));
    const [i, f, g, o] = [gate(0, "Sigmoid"), gate(1, "Sigmoid"), gate(2, "Tanh"), gate(3, "Sigmoid")];
    const cellBefore = given(before.c, "c");
    const c = add(graph, mul(graph, f, cellBefore), mul(graph, i, g));
    const squashed = unary(graph, "Tanh", c);
    return { state: { h: mul(graph, o, squashed), c }, kept: [i, f, g, o, cellBefore, squashed] };
  },
  backward(graph, kept, _, { h: dh, c }) {
    const [i, f, g, o, cellBefore, squashed] = sixOf(kept);
    const dc = add(graph, given(c, "the gradient of c"), graph.one("TanhGrad", [squashed, mul(graph, dh, o)]));
    const sums = joined(graph, [
      graph.one("SigmoidGrad", [i, mul(graph, dc, g)]),
      graph.one("SigmoidGrad", [f, mul(graph, dc, cellBefore)]),
      graph.one("TanhGrad", [g, mul(graph, dc, i)]),
      graph.one("SigmoidGrad", [o, mul(graph, dh, squashed)]),
    ]);
    return { fromInput: sums, fromState: sums, before: { c: mul(graph, dc, f) } };
  },
};

const gru: RnnCell = {
  keeps: 4,
  forward(graph, fromInput, fromState, before) {
    const input = split(graph, fromInput, 3);
    const state = split(graph, fromState, 3);
    const part = (parts: readonly GraphValue[], index: number) => given(parts[index], "a gate");
    const r = unary(graph, "Sigmoid", add(graph, part(input, 0), part(state, 0)));
    const z = unary(graph, "Sigmoid", add(graph, part(input, 1), part(state, 1)));
    const n = unary(graph, "Tanh", add(graph, part(input, 2), mul(graph, r, part(state, 2))));
    return { state: { h: add(graph, n, mul(graph, z, sub(graph, before.h, n))) }, kept: [r, z, n, part(state, 2)] };
  },
  backward(graph, [keptR, keptZ, keptN, keptState], before, { h: dh }) {
    const [r, z, n] = [given(keptR, "r"), given(keptZ, "z"), given(keptN, "n")];
    const direct = mul(graph, dh, z);
    const dn = graph.one("TanhGrad", [n, sub(graph, dh, direct)]);
    const dz = graph.one("SigmoidGrad", [z, mul(graph, dh, sub(graph, before, n))]);
    const dr = graph.one("SigmoidGrad", [r, mul(graph, dn, given(keptState, "what the state gives to n"))]);
    return {
      fromInput: joined(graph, [dr, dz, dn]),
      fromState: joined(graph, [dr, dz, mul(graph, dn, r)]),
      before: { h: direct },
    };
  },
};

/** The units of each mode, with the formulas of RNN's specification. */
export const rnnCells: { readonly [Mode in RNNAttributes["mode"]]: RnnCell } = {
  rnn_relu: plain("Relu"),
  rnn_tanh: plain("Tanh"),
  lstm,
  gru,
};

/** The values that a step keeps as one (N, K H), and back. */
export function packKept(graph: GraphBuilder, kept: readonly GraphValue[]): GraphValue {
  return kept.length === 1 ? given(kept[0], "h") : joined(graph, kept);
}

export function unpackKept(graph: GraphBuilder, packed: GraphValue, keeps: number): readonly GraphValue[] {
  return keeps === 1 ? [packed] : split(graph, packed, keeps);
}
