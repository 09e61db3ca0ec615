import { type Shape, sizeOf } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** How numbers follow each other. */
export interface Spacing {
  readonly start: number;
  readonly step: number;
  /** How often each occurs. */
  readonly repeat: number;
}

/** Evenly spaced numbers in a shape; computed in float64 and rounded once. */
export function numberSequence(shape: Shape, { start, step, repeat }: Spacing, type: "float32" | "int32"): tf.Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => start + Math.floor(i / repeat) * step);
  return tf.tensor(values, [...shape], type);
}
