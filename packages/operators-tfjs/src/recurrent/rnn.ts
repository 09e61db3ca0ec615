import { type Random, type Shape, sizeOf } from "@mxgraft/base";
import { type RNNAttributes, rnnParts } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { randomFill } from "../nn/random-fill.ts";
import { type RnnState, type RnnStep, rnnCells } from "./rnn-cell.ts";
import { lastState, layerGradient, type RnnLayer, type RnnWeights, runLayer } from "./rnn-layer.ts";

/** The parameters of every layer and direction, cut out of their vector. */
function weightsOf(parameters: tf.Tensor, attributes: RNNAttributes, inputSize: number): RnnWeights[] {
  const parts = rnnParts(attributes, inputSize);
  const tensors = tf.split(
    parameters,
    parts.map(({ shape }) => sizeOf(shape)),
  );
  const found = new Map(parts.map(({ index, kind, shape }, i) => [`${index} ${kind}`, { shape, flat: tensors[i] }]));
  const one = (index: number, kind: keyof RnnWeights) => {
    const part = found.get(`${index} ${kind}`);
    if (!part?.flat) throw new Error(`internal: no parameters ${index} ${kind}`);
    return tf.reshape(part.flat, [...part.shape]);
  };
  return Array.from({ length: parts.length / 4 }, (_, index) => ({
    inputWeight: one(index, "inputWeight"),
    stateWeight: one(index, "stateWeight"),
    inputBias: one(index, "inputBias"),
    stateBias: one(index, "stateBias"),
  }));
}

interface Inputs {
  readonly data: tf.Tensor;
  readonly layers: readonly RnnLayer[];
  readonly directions: number;
}

function prepare(attributes: RNNAttributes, inputs: readonly tf.Tensor[]): Inputs {
  const { mode, bidirectional, use_sequence_length } = attributes;
  const [data, parameters, state] = inputs;
  if (!data || !parameters || !state) throw new Error("internal: RNN has three arguments or more");
  const [steps = 0, , inputSize = 1] = data.shape;
  const lengths = use_sequence_length ? inputs.at(-1) : undefined;
  const masks = lengths && stepMasks(lengths, steps);
  const h = tf.unstack(state);
  const cells = mode === "lstm" ? inputs[3] : undefined;
  const c = cells ? tf.unstack(cells) : [];
  const directions = bidirectional ? 2 : 1;
  const layers = weightsOf(parameters, attributes, inputSize).map((weights, i): RnnLayer => {
    const own = c[i];
    const initial = { h: h[i] ?? state, ...(own ? { c: own } : {}) };
    return { cell: rnnCells[mode], weights, initial, reverse: i % directions === 1, masks };
  });
  return { data, layers, directions };
}

/** For each step 1 where a sequence has it, 0 where it has ended: (N, 1). */
function stepMasks(lengths: tf.Tensor, steps: number): tf.Tensor[] {
  const column = tf.reshape(tf.cast(lengths, "float32"), [-1, 1]);
  return Array.from({ length: steps }, (_, t) => tf.cast(tf.greater(column, t), "float32"));
}

/** The outputs of the steps, 0 after the end of a sequence: (T, N, H). */
function outputsOf(steps: readonly RnnStep[], { masks }: RnnLayer): tf.Tensor {
  return tf.stack(
    steps.map(({ h }, t) => {
      const mask = masks?.[t];
      return mask ? tf.mul(h, mask) : h;
    }),
  );
}

function packed(steps: readonly RnnStep[]): tf.Tensor {
  return tf.stack(steps.map(({ h, c, gates }) => tf.concat([h, ...(c ? [c] : []), ...gates], -1)));
}

/** The steps of a layer from what `packed` made of them. */
function unpacked(reserve: tf.Tensor, { initial }: RnnLayer): RnnStep[] {
  const size = initial.h.shape.at(-1) ?? 1;
  const parts = (reserve.shape.at(-1) ?? 1) / size;
  return tf.unstack(reserve).map((step) => {
    const [h = step, ...rest] = tf.split(step, parts, -1);
    const c = initial.c ? rest.shift() : undefined;
    return { h, ...(c ? { c } : {}), gates: rest };
  });
}

function dropoutMask(shape: Shape, p: number, isTrain: boolean, random: Random): tf.Tensor {
  if (!isTrain) return tf.fill([...shape], 1);
  const kept = 1 / (1 - p);
  return tf.tensor(
    randomFill(sizeOf(shape), random, (bits) => (bits / 2 ** 32 < p ? 0 : kept)),
    [...shape],
  );
}

/** Layers by their position, both directions of one together. */
function inPairs<T>(items: readonly T[], directions: number): T[][] {
  return Array.from({ length: items.length / directions }, (_, i) => items.slice(i * directions, (i + 1) * directions));
}

function stacked(tensors: readonly (tf.Tensor | undefined)[]): tf.Tensor {
  return tf.stack(tensors.filter((tensor) => tensor !== undefined));
}

const portable: TfjsKernel<RNNAttributes> = {
  forward({ attributes, inputs, outputShapes, isTrain, random }) {
    const { p, num_layers, state_outputs, mode } = attributes;
    const { data, layers, directions } = prepare(attributes, inputs);
    const maskShape = p > 0 && num_layers > 1 ? outputShapes.at(-1) : undefined;
    const mask = maskShape && dropoutMask(maskShape, p, isTrain, random);
    const masks = mask ? tf.unstack(mask) : [];
    const runs: RnnStep[][] = [];
    let x = data;
    for (const [i, pair] of inPairs(layers, directions).entries()) {
      const dropped = masks[i - 1];
      if (dropped) x = tf.mul(x, dropped);
      const own = pair.map((layer) => runLayer(x, layer));
      runs.push(...own);
      x = tf.concat(
        pair.map((layer, d) => outputsOf(own[d] ?? [], layer)),
        -1,
      );
    }
    const last = layers.map((layer, i) => lastState(runs[i] ?? [], layer));
    const states = state_outputs
      ? [stacked(last.map(({ h }) => h)), ...(mode === "lstm" ? [stacked(last.map(({ c }) => c))] : [])]
      : [];
    return [x, ...states, tf.stack(runs.map(packed)), ...(mask ? [mask] : [])];
  },
  backward({ attributes, inputs, outputs, headGradients, inputShapes }) {
    const { p, num_layers, state_outputs, mode } = attributes;
    const { data, layers, directions } = prepare(attributes, inputs);
    const hasMask = p > 0 && num_layers > 1;
    const reserve = outputs.at(hasMask ? -2 : -1);
    const mask = hasMask ? outputs.at(-1) : undefined;
    if (!reserve) return [];
    const masks = mask ? tf.unstack(mask) : [];
    const runs = tf.unstack(reserve).map((own, i) => (layers[i] ? unpacked(own, layers[i]) : []));
    const dStates = (state_outputs && headGradients[1] && tf.unstack(headGradients[1])) || [];
    const dCells = (state_outputs && mode === "lstm" && headGradients[2] && tf.unstack(headGradients[2])) || [];
    const pairs = inPairs([...layers.keys()], directions);
    /** What a layer reads: the outputs of the one before, after dropout. */
    const inputOf = (i: number) => {
      if (i === 0) return data;
      const before = (pairs[i - 1] ?? []).flatMap((index) => {
        const layer = layers[index];
        return layer ? [outputsOf(runs[index] ?? [], layer)] : [];
      });
      const x = tf.concat(before, -1);
      const dropped = masks[i - 1];
      return dropped ? tf.mul(x, dropped) : x;
    };
    const weights = new Array<RnnWeights>(layers.length);
    const initial = new Array<RnnState>(layers.length);
    const lastShape = [...data.shape.slice(0, 2), directions * attributes.state_size];
    let dy = headGradients[0] ?? tf.zeros(lastShape);
    for (let i = pairs.length - 1; i >= 0; i--) {
      const x = inputOf(i);
      const heads = tf.split(dy, directions, -1);
      const dx = (pairs[i] ?? []).map((index, d) => {
        const layer = layers[index];
        const head = heads[d];
        if (!layer || !head) throw new Error(`internal: no layer ${index}`);
        const [h, c] = [dStates[index], dCells[index]];
        const dLast = { ...(h ? { h } : {}), ...(c ? { c } : {}) };
        const result = layerGradient(x, layer, runs[index] ?? [], masked(head, layer), dLast);
        weights[index] = result.weights;
        initial[index] = result.initial;
        return result.x;
      });
      const dropped = masks[i - 1];
      dy = tf.addN(dx);
      if (dropped) dy = tf.mul(dy, dropped);
    }
    const parts = rnnParts(attributes, inputShapes[0]?.[2] ?? 1).flatMap(({ index, kind }) => {
      const own = weights[index];
      return own ? [tf.reshape(own[kind], [-1])] : [];
    });
    return [
      dy,
      tf.concat(parts),
      stacked(initial.map(({ h }) => h)),
      ...(mode === "lstm" ? [stacked(initial.map(({ c }) => c))] : []),
    ];
  },
};

/** The gradient of outputs that `outputsOf` has set to 0 after the end of a sequence. */
function masked(head: tf.Tensor, { masks }: RnnLayer): tf.Tensor {
  return masks ? tf.mul(head, tf.stack([...masks])) : head;
}

/** Kernels of RNN. */
export const rnnKernels: KernelTable<RNNAttributes> = { portable };
