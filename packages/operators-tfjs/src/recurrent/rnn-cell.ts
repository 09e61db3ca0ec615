import type { RNNAttributes } from "@mxgraft/operators";
import * as tf from "@tensorflow/tfjs";

/** What a unit carries from step to step: (N, H) each. */
export interface RnnState {
  readonly h: tf.Tensor;
  /** LSTM only. */
  readonly c?: tf.Tensor;
}

/** A step that has been computed: its state, and the gates that backward needs. */
export interface RnnStep extends RnnState {
  readonly gates: readonly tf.Tensor[];
}

export interface RnnStepGradient {
  /** Gradients of the sums that come from the input and from the state, (N, G H). */
  readonly fromInput: tf.Tensor;
  readonly fromState: tf.Tensor;
  /** What reaches the state before without the state's weight. */
  readonly before: { readonly h?: tf.Tensor; readonly c?: tf.Tensor };
}

/** One step of a kind of units and its gradient. */
export interface RnnCell {
  /**
   * @param fromInput  Wx x + bx, (N, G H)
   * @param fromState  Wh h' + bh, (N, G H)
   */
  forward(fromInput: tf.Tensor, fromState: tf.Tensor, before: RnnState): RnnStep;
  backward(step: RnnStep, before: RnnState, gradient: RnnState): RnnStepGradient;
}

function split(x: tf.Tensor, parts: number): tf.Tensor[] {
  return tf.split(x, parts, -1);
}

function part(parts: readonly tf.Tensor[], index: number): tf.Tensor {
  const found = parts[index];
  if (!found) throw new Error(`internal: gate ${index} is missing`);
  return found;
}

/** Derivatives from the value of the function. */
const sigmoidSlope = (y: tf.Tensor) => tf.mul(y, tf.sub(1, y));
const tanhSlope = (y: tf.Tensor) => tf.sub(1, tf.square(y));

function plain(activate: (x: tf.Tensor) => tf.Tensor, slope: (y: tf.Tensor) => tf.Tensor): RnnCell {
  return {
    forward: (fromInput, fromState) => ({ h: activate(tf.add(fromInput, fromState)), gates: [] }),
    backward(step, _, gradient) {
      const sum = tf.mul(gradient.h, slope(step.h));
      return { fromInput: sum, fromState: sum, before: {} };
    },
  };
}

const lstm: RnnCell = {
  forward(fromInput, fromState, before) {
    const sums = split(tf.add(fromInput, fromState), 4);
    const i = tf.sigmoid(part(sums, 0));
    const f = tf.sigmoid(part(sums, 1));
    const g = tf.tanh(part(sums, 2));
    const o = tf.sigmoid(part(sums, 3));
    const c = tf.add(tf.mul(f, before.c ?? 0), tf.mul(i, g));
    return { h: tf.mul(o, tf.tanh(c)), c, gates: [i, f, g, o] };
  },
  backward({ c = tf.scalar(0), gates }, before, gradient) {
    const [i, f, g, o] = [part(gates, 0), part(gates, 1), part(gates, 2), part(gates, 3)];
    const squashed = tf.tanh(c);
    const dc = tf.add(gradient.c ?? 0, tf.mul(tf.mul(gradient.h, o), tanhSlope(squashed)));
    const sums = tf.concat(
      [
        tf.mul(tf.mul(dc, g), sigmoidSlope(i)),
        tf.mul(tf.mul(dc, before.c ?? 0), sigmoidSlope(f)),
        tf.mul(tf.mul(dc, i), tanhSlope(g)),
        tf.mul(tf.mul(gradient.h, squashed), sigmoidSlope(o)),
      ],
      -1,
    );
    return { fromInput: sums, fromState: sums, before: { c: tf.mul(dc, f) } };
  },
};

/** The last gate kept is what the state gives to n, which r is multiplied with. */
const gru: RnnCell = {
  forward(fromInput, fromState, before) {
    const input = split(fromInput, 3);
    const state = split(fromState, 3);
    const r = tf.sigmoid(tf.add(part(input, 0), part(state, 0)));
    const z = tf.sigmoid(tf.add(part(input, 1), part(state, 1)));
    const n = tf.tanh(tf.add(part(input, 2), tf.mul(r, part(state, 2))));
    const h = tf.add(n, tf.mul(z, tf.sub(before.h, n)));
    return { h, gates: [r, z, n, part(state, 2)] };
  },
  backward({ gates }, before, { h: dh }) {
    const [r, z, n, stateOfN] = [part(gates, 0), part(gates, 1), part(gates, 2), part(gates, 3)];
    const dn = tf.mul(tf.mul(dh, tf.sub(1, z)), tanhSlope(n));
    const dz = tf.mul(tf.mul(dh, tf.sub(before.h, n)), sigmoidSlope(z));
    const dr = tf.mul(tf.mul(dn, stateOfN), sigmoidSlope(r));
    return {
      fromInput: tf.concat([dr, dz, dn], -1),
      fromState: tf.concat([dr, dz, tf.mul(dn, r)], -1),
      before: { h: tf.mul(dh, z) },
    };
  },
};

/** The units of each mode. */
export const rnnCells: { readonly [Mode in RNNAttributes["mode"]]: RnnCell } = {
  rnn_relu: plain(
    (x) => tf.relu(x),
    (y) => tf.step(y),
  ),
  rnn_tanh: plain((x) => tf.tanh(x), tanhSlope),
  lstm,
  gru,
};
