import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type RNNAttributes, type RnnPart, rnnParts } from "@mxgraft/operators";
import { binary, cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, shapeOf } from "../shapes.ts";
import { type RnnLayer, type RnnRun, runSteps, stepsGradient } from "./rnn-steps.ts";

/** A layer in one direction with its weight for the input. */
interface WholeLayer extends RnnLayer {
  /** (G H, I) */
  readonly inputWeight: GraphValue;
  /** G H */
  readonly sums: number;
}

/** The parameters of every layer and direction, cut out of their vector. */
function parametersOf(graph: GraphBuilder, parameters: GraphValue, parts: readonly RnnPart[]) {
  const sizes = integers(
    graph,
    parts.map(({ shape }) => sizeOf(shape)),
  );
  const flat = graph.node("SplitV", [parameters, sizes, graph.constant(0, "int32")], { num_split: parts.length });
  const found = new Map(parts.map(({ index, kind }, i) => [`${index} ${kind}`, i]));
  return (index: number, kind: RnnPart["kind"]): GraphValue => {
    const i = given(found.get(`${index} ${kind}`), `the ${kind} of layer ${index}`);
    const shape = parts[i]?.shape ?? [];
    const values = given(flat[i], "parameters");
    return shape.length === 1 ? values : graph.one("Reshape", [values, integers(graph, shape)]);
  };
}

/** Layers by their position, both directions of one together. */
function layersOf(
  graph: GraphBuilder,
  attributes: RNNAttributes,
  inputs: readonly GraphValue[],
  [steps = 0, , inputSize = 1]: Shape,
): WholeLayer[][] {
  const { mode, bidirectional, num_layers, use_sequence_length } = attributes;
  const directions = bidirectional ? 2 : 1;
  const num = num_layers * directions;
  const parts = rnnParts(attributes, inputSize);
  const sums = parts[0]?.shape[0] ?? 0;
  const parameterOf = parametersOf(graph, given(inputs[1], "parameters"), parts);
  const h = graph.node("Unpack", [given(inputs[2], "state")], { num });
  const c = mode === "lstm" ? graph.node("Unpack", [given(inputs[3], "state_cell")], { num }) : [];
  const lengths = use_sequence_length ? cast(graph, given(inputs.at(-1), "sequence_length"), "float32") : undefined;
  const layer = (index: number, reverse: boolean): WholeLayer => {
    const own = c[index];
    return {
      mode,
      reverse,
      steps,
      sums,
      inputWeight: parameterOf(index, "inputWeight"),
      inputBias: parameterOf(index, "inputBias"),
      weight: parameterOf(index, "stateWeight"),
      bias: parameterOf(index, "stateBias"),
      initial: { h: given(h[index], "state"), ...(own ? { c: own } : {}) },
      lengths,
    };
  };
  return Array.from({ length: num_layers }, (_, l) =>
    Array.from({ length: directions }, (_, d) => layer(l * directions + d, d === 1)),
  );
}

/** All steps one below the other: (T N, columns). */
function flat(graph: GraphBuilder, x: GraphValue, columns: number): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [-1, columns])]);
}

function bySteps(graph: GraphBuilder, x: GraphValue, steps: number, columns: number): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [steps, -1, columns])]);
}

/** Columns of what a layer reads. */
function columnsOf({ bidirectional, state_size }: RNNAttributes, layer: number, dataShape: Shape): number {
  return layer === 0 ? (dataShape[2] ?? 1) : (bidirectional ? 2 : 1) * state_size;
}

function joined(graph: GraphBuilder, parts: readonly GraphValue[], axis: number): GraphValue {
  const [only] = parts;
  return only && parts.length === 1 ? only : graph.one("ConcatV2", [parts, graph.constant(axis, "int32")]);
}

/** 0 or 1 / (1 - p) for each output of a layer. */
function dropoutMask(graph: GraphBuilder, x: GraphValue, p: number, seed: GraphValue): GraphValue {
  const uniform = graph.one("StatelessRandomUniform", [shapeOf(graph, x), seed], { dtype: { type: "float32" } });
  return mul(graph, cast(graph, binary(graph, "Less", uniform, 1 - p), "float32"), 1 / (1 - p));
}

/** What forward saves in training: the input of layers behind the first, their dropout mask, and that of each direction. */
interface SavedLayer {
  readonly input: GraphValue | undefined;
  readonly mask: GraphValue | undefined;
  readonly runs: readonly RnnRun["saved"][];
}

function listed(layers: readonly SavedLayer[]): GraphValue[] {
  return layers.flatMap(({ input, mask, runs }) => [
    ...(input ? [input] : []),
    ...(mask ? [mask] : []),
    ...runs.flat(),
  ]);
}

/** The inverse of `listed`. */
function unlisted(saved: readonly GraphValue[], { num_layers, bidirectional, p }: RNNAttributes): SavedLayer[] {
  let next = 0;
  const take = () => given(saved[next++], "a saved value");
  return Array.from({ length: num_layers }, (_, layer) => {
    const input = layer > 0 ? take() : undefined;
    const mask = layer > 0 && p > 0 ? take() : undefined;
    const runs = Array.from({ length: bidirectional ? 2 : 1 }, (): RnnRun["saved"] => [take(), take()]);
    return { input, mask, runs };
  });
}

/**
 * Lowering of RNN: the products of all steps with the input's weight are one, and so are those for the gradient of each
 * weight.
 */
export const rnnLowering: Lowering<RNNAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [dataShape = []], isTrain, seed }) {
    const { p, state_outputs, mode, num_layers } = attributes;
    const layers = layersOf(graph, attributes, inputs, dataShape);
    const saved: SavedLayer[] = [];
    const last: RnnRun["last"][] = [];
    let x = given(inputs[0], "data");
    for (const [l, pair] of layers.entries()) {
      const mask = isTrain && l > 0 && p > 0 ? dropoutMask(graph, x, p, seed()) : undefined;
      if (mask) x = mul(graph, x, mask);
      const columns = columnsOf(attributes, l, dataShape);
      const runs = pair.map((layer) => {
        const product = graph.one("MatMul", [flat(graph, x, columns), layer.inputWeight], { transpose_b: true });
        return runSteps(graph, layer, bySteps(graph, product, layer.steps, layer.sums), isTrain);
      });
      saved.push({ input: l > 0 ? x : undefined, mask, runs: runs.map((run) => run.saved) });
      last.push(...runs.map((run) => run.last));
      x = joined(
        graph,
        runs.map(({ output }) => output),
        2,
      );
    }
    const stacked = (values: readonly GraphValue[]) => graph.one("Pack", [values]);
    const states = () => [
      stacked(last.map(({ h }) => h)),
      ...(mode === "lstm" ? [stacked(last.flatMap(({ c }) => (c ? [c] : [])))] : []),
    ];
    // The hidden outputs, `reserve` and `mask`, are for the kernel's backward; here `saved` takes their place.
    const hidden = [graph.constant(0), ...(p > 0 && num_layers > 1 ? [graph.constant(1)] : [])];
    return { outputs: [x, ...(state_outputs ? states() : []), ...hidden], saved: listed(saved) };
  },
  backward({ graph, attributes, inputs, inputShapes: [dataShape = []], outputs, saved, headGradients }) {
    const { mode, num_layers, state_outputs } = attributes;
    const layers = layersOf(graph, attributes, inputs, dataShape);
    const from = unlisted(saved, attributes);
    const directions = layers[0]?.length ?? 1;
    const num = num_layers * directions;
    const [dOutput, dState, dCell] = state_outputs ? headGradients : headGradients.slice(0, 1);
    const dLast = dState ? graph.node("Unpack", [dState], { num }) : [];
    const dLastCell = dCell ? graph.node("Unpack", [dCell], { num }) : [];
    const gradients = new Map<string, GraphValue>();
    const initial = new Array<RnnRun["last"]>(num);
    let dy = dOutput ?? graph.one("ZerosLike", [given(outputs[0], "output")]);
    for (const [l, pair] of [...layers.entries()].reverse()) {
      const { input, mask, runs } = given(from[l], "what a layer saved");
      const columns = columnsOf(attributes, l, dataShape);
      const x = flat(graph, input ?? given(inputs[0], "data"), columns);
      const axis = graph.constant(2, "int32");
      const heads = directions === 1 ? [dy] : graph.node("Split", [axis, dy], { num_split: directions });
      const dx = pair.map((layer, d) => {
        const index = l * directions + d;
        const [h, c] = [dLast[index], dLastCell[index]];
        const own = given(runs[d], "what a direction saved");
        const head = given(heads[d], "the gradient of a direction");
        const result = stepsGradient(graph, layer, own, head, { ...(h ? { h } : {}), ...(c ? { c } : {}) });
        initial[index] = result.initial;
        const fromInput = flat(graph, result.fromInput, layer.sums);
        const fromState = flat(graph, result.fromState, layer.sums);
        const before = flat(graph, own[0], attributes.state_size);
        const found = {
          inputWeight: graph.one("MatMul", [fromInput, x], { transpose_a: true }),
          stateWeight: graph.one("MatMul", [fromState, before], { transpose_a: true }),
          inputBias: graph.one("BiasAddGrad", [fromInput]),
          stateBias: graph.one("BiasAddGrad", [fromState]),
        } satisfies Record<RnnPart["kind"], GraphValue>;
        for (const [kind, value] of Object.entries(found)) gradients.set(`${index} ${kind}`, value);
        return graph.one("MatMul", [fromInput, layer.inputWeight]);
      });
      const [first] = dx;
      const sum = first && dx.length === 1 ? first : graph.one("AddN", [dx]);
      dy = bySteps(graph, sum, dataShape[0] ?? 0, columns);
      if (mask) dy = mul(graph, dy, mask);
    }
    const parts = rnnParts(attributes, dataShape[2] ?? 1).map(({ index, kind, shape }) => {
      const gradient = given(gradients.get(`${index} ${kind}`), "the gradient of parameters");
      return shape.length === 1 ? gradient : graph.one("Reshape", [gradient, integers(graph, [-1])]);
    });
    const stacked = (values: readonly GraphValue[]) => graph.one("Pack", [values]);
    return [
      dy,
      joined(graph, parts, 0),
      stacked(initial.map(({ h }) => h)),
      ...(mode === "lstm" ? [stacked(initial.flatMap(({ c }) => (c ? [c] : [])))] : []),
    ];
  },
};
