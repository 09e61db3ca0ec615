import * as tf from "@tensorflow/tfjs";
import type { RnnCell, RnnState, RnnStep } from "./rnn-cell.ts";

/** The parameters of a layer in one direction. */
export interface RnnWeights {
  /** (G H, I) */
  readonly inputWeight: tf.Tensor;
  /** (G H, H) */
  readonly stateWeight: tf.Tensor;
  /** (G H) */
  readonly inputBias: tf.Tensor;
  readonly stateBias: tf.Tensor;
}

/** A layer that reads sequences in one direction. */
export interface RnnLayer {
  readonly cell: RnnCell;
  readonly weights: RnnWeights;
  readonly initial: RnnState;
  /** Whether the last step comes first. */
  readonly reverse: boolean;
  /** For each step 1 where it belongs to the sequence and 0 where it does not, (N, 1); all do where it is absent. */
  readonly masks: readonly tf.Tensor[] | undefined;
}

export interface RnnLayerGradient {
  readonly x: tf.Tensor;
  readonly weights: RnnWeights;
  readonly initial: RnnState;
}

function matMul(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  return tf.matMul(a, b, transposeA, transposeB);
}

function flat(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
}

/** The steps in the order they are computed. */
function order(count: number, reverse: boolean): number[] {
  const steps = Array.from({ length: count }, (_, t) => t);
  return reverse ? steps.reverse() : steps;
}

/** Where the mask is 0, the state before; else the new one. */
function held(next: tf.Tensor, before: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return tf.add(before, tf.mul(mask, tf.sub(next, before)));
}

function heldStep(step: RnnStep, before: RnnState, mask: tf.Tensor): RnnStep {
  const c = step.c && before.c ? { c: held(step.c, before.c, mask) } : {};
  return { h: held(step.h, before.h, mask), ...c, gates: step.gates };
}

/** Runs a layer over x (T, N, I): all steps, by their time. */
export function runLayer(x: tf.Tensor, { cell, weights, initial, reverse, masks }: RnnLayer): RnnStep[] {
  const [count = 0, batch = 1] = x.shape;
  const { inputWeight, stateWeight, inputBias, stateBias } = weights;
  const fromInput = tf.unstack(
    tf.reshape(tf.add(matMul(flat(x), inputWeight, false, true), inputBias), [count, batch, -1]),
  );
  const steps = new Array<RnnStep>(count);
  let state = initial;
  for (const t of order(count, reverse)) {
    const fromState = tf.add(matMul(state.h, stateWeight, false, true), stateBias);
    const step = cell.forward(fromInput[t] ?? fromState, fromState, state);
    const mask = masks?.[t];
    const done = mask ? heldStep(step, state, mask) : step;
    steps[t] = done;
    state = done;
  }
  return steps;
}

/** The state after the last step that was computed. */
export function lastState(steps: readonly RnnStep[], { reverse, initial }: RnnLayer): RnnState {
  return (reverse ? steps[0] : steps.at(-1)) ?? initial;
}

/**
 * The gradient of a layer.
 *
 * @param dOutput  gradient of the outputs, (T, N, H).
 * @param dLast    gradient of the state after the last step, where it is an output.
 */
export function layerGradient(
  x: tf.Tensor,
  layer: RnnLayer,
  steps: readonly RnnStep[],
  dOutput: tf.Tensor,
  dLast: Partial<RnnState>,
): RnnLayerGradient {
  const { cell, weights, initial, reverse, masks } = layer;
  const count = steps.length;
  const heads = tf.unstack(dOutput);
  const fromInput = new Array<tf.Tensor>(count);
  const fromState = new Array<tf.Tensor>(count);
  const statesBefore = new Array<tf.Tensor>(count);
  let gradient: RnnState = {
    h: dLast.h ?? tf.zerosLike(initial.h),
    ...(initial.c ? { c: dLast.c ?? tf.zerosLike(initial.c) } : {}),
  };
  for (const t of order(count, !reverse)) {
    const step = steps[t];
    const head = heads[t];
    if (!step || !head) continue;
    const before = steps[reverse ? t + 1 : t - 1] ?? initial;
    const mask = masks?.[t];
    const whole = tf.add(gradient.h, head);
    const own: RnnState = mask
      ? { h: tf.mul(whole, mask), ...(gradient.c ? { c: tf.mul(gradient.c, mask) } : {}) }
      : { ...gradient, h: whole };
    const result = cell.backward(step, before, own);
    fromInput[t] = result.fromInput;
    fromState[t] = result.fromState;
    statesBefore[t] = before.h;
    let h = matMul(result.fromState, weights.stateWeight, false, false);
    if (result.before.h) h = tf.add(h, result.before.h);
    let { c } = result.before;
    if (mask) {
      h = tf.add(h, tf.sub(gradient.h, tf.mul(gradient.h, mask)));
      if (c && gradient.c) c = tf.add(c, tf.sub(gradient.c, tf.mul(gradient.c, mask)));
    }
    gradient = { h, ...(c ? { c } : {}) };
  }
  const input = tf.concat(fromInput, 0);
  const state = tf.concat(fromState, 0);
  return {
    x: tf.reshape(matMul(input, weights.inputWeight, false, false), x.shape),
    weights: {
      inputWeight: matMul(input, flat(x), true, false),
      stateWeight: matMul(state, tf.concat(statesBefore, 0), true, false),
      inputBias: tf.sum(input, 0),
      stateBias: tf.sum(state, 0),
    },
    initial: gradient,
  };
}
