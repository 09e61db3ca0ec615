import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { aroundAxis } from "./around-axis.ts";

/** Elements begin, begin + step, ... of each axis of an array. */
export interface Lattice {
  readonly begin: Shape;
  /** Negative steps go backwards. */
  readonly step: Shape;
}

/** The axes along which a lattice goes backwards. */
function backwardAxes({ step }: Lattice): number[] {
  return step.flatMap((by, axis) => (by < 0 ? [axis] : []));
}

function reversed(x: tf.Tensor, lattice: Lattice): tf.Tensor {
  const axes = backwardAxes(lattice);
  return axes.length > 0 ? tf.reverse(x, axes) : x;
}

/** The lowest element along an axis, from which a lattice of `count` elements goes forwards. */
function lowest({ begin, step }: Lattice, axis: number, count: number): number {
  const by = step[axis] ?? 1;
  return (begin[axis] ?? 0) + (by < 0 ? (count - 1) * by : 0);
}

/** The elements of a tensor at a lattice, as an array of a shape. */
export function latticeElements(x: tf.Tensor, lattice: Lattice, shape: Shape): tf.Tensor {
  const steps = lattice.step.map(Math.abs);
  const low = shape.map((count, axis) => lowest(lattice, axis, count));
  const plain = steps.every((by) => by === 1);
  const end = shape.map((count, axis) => (low[axis] ?? 0) + (count - 1) * (steps[axis] ?? 1) + 1);
  if (plain) return reversed(tf.slice(x, low, [...shape]), lattice);
  if (x.dtype === "float32") return reversed(tf.stridedSlice(x, low, end, steps), lattice);
  // tfjs-backend-wasm 4.22 reads integers as if they were float32 there.
  const span = end.map((last, axis) => last - (low[axis] ?? 0));
  const thin = steps.reduce<tf.Tensor>((rest, by, axis) => thinned(rest, axis, by), tf.slice(x, low, span));
  return reversed(thin, lattice);
}

/** Every `step`-th element along an axis, the first and the last among them. */
function thinned(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  if (step === 1) return x;
  const [outer, size, inner] = aroundAxis(x.shape, axis);
  const count = (size - 1) / step + 1;
  const rows = tf.pad(tf.reshape(x, [outer, size * inner]), [
    [0, 0],
    [0, (step - 1) * inner],
  ]);
  const kept = tf.slice(tf.reshape(rows, [outer * count, step * inner]), [0, 0], [outer * count, inner]);
  return tf.reshape(kept, x.shape.with(axis, count));
}

/** Zeros put between the elements along an axis, so that they are `step` apart. */
function spread(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const count = x.shape[axis] ?? 1;
  if (step === 1 || count === 1) return x;
  const [outer, , inner] = aroundAxis(x.shape, axis);
  const padded = tf.pad(tf.reshape(x, [outer * count, inner]), [
    [0, 0],
    [0, (step - 1) * inner],
  ]);
  const whole = tf.reshape(padded, x.shape.with(axis, count * step));
  const size = whole.shape.with(axis, (count - 1) * step + 1);
  return tf.slice(whole, new Array<number>(size.length).fill(0), size);
}

/** An array of a shape with the elements of a tensor at a lattice and zeros elsewhere: the gradient of reading them. */
export function atLattice(x: tf.Tensor, lattice: Lattice, shape: Shape): tf.Tensor {
  let spaced = reversed(x, lattice);
  for (const [axis, by] of lattice.step.entries()) spaced = spread(spaced, axis, Math.abs(by));
  const paddings = shape.map((size, axis): [number, number] => {
    const low = lowest(lattice, axis, x.shape[axis] ?? 1);
    return [low, size - low - (spaced.shape[axis] ?? 1)];
  });
  return paddings.every(([before, after]) => before === 0 && after === 0)
    ? tf.reshape(spaced, [...shape])
    : tf.pad(spaced, paddings);
}
