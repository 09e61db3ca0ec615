import type * as tf from "@tensorflow/tfjs";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
}

interface Attributes {
  readonly numSegments: number;
}

/** Sums of the rows of each segment, which tfjs-backend-wasm 4.22 lacks; negative segments are left out. */
export const unsortedSegmentSum = wasmKernel<Inputs, Attributes>(
  "UnsortedSegmentSum",
  () =>
    ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) => {
      const rowShape = x.shape.slice(segmentIds.shape.length);
      const result = backend.makeOutput([numSegments, ...rowShape], "float32");
      const totals = floatsOf(backend, result);
      const values = floatsOf(backend, x);
      const ids = backend.typedArrayFromHeap(segmentIds);
      const width = totals.length / numSegments;
      totals.fill(0);
      for (const [row, id] of ids.entries()) {
        if (id < 0 || id >= numSegments) continue;
        const [to, from] = [id * width, row * width];
        for (let i = 0; i < width; i++) totals[to + i] = (totals[to + i] as number) + (values[from + i] as number);
      }
      return result;
    },
);
