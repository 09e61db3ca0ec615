import { invariant } from "@mxgraft/base";
import type { CenterLossAttributes } from "@mxgraft/center-loss";
import type { HostCell, StateCell, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { batchLabelsSync } from "./batch-labels.ts";
import { compareWithCenters, moveCenters } from "./center-loss-on-host.ts";
import { floatsOf } from "./center-table.ts";

function hostCell(states: readonly StateCell[], index: number): HostCell {
  const cell = states[index];
  invariant(cell?.kind === "host", `auxiliary state ${index} of centerloss is not in JavaScript memory`);
  return cell;
}

/**
 * Center loss for backends whose tensors are in JavaScript's reach (cpu, wasm): plain loops over typed arrays, the
 * centers changed in place.
 */
export const hostKernel: TfjsKernel<CenterLossAttributes> = {
  storage: () => ["host", "host", "host"],

  forward({ attributes, inputs, states }) {
    const [data, label] = inputs;
    invariant(data && label, "centerloss has two arguments");
    const [n = 0, size = 0] = data.shape;
    const classes = batchLabelsSync(label, attributes.num_class);
    const centers = floatsOf(hostCell(states, 1));
    const diff = floatsOf(hostCell(states, 0));
    const sum = compareWithCenters(data.dataSync(), classes, centers, diff, size);
    return [tf.tensor1d([sum / (2 * n)])];
  },

  backward({ attributes, inputs, states, wanted, inputShapes }) {
    const label = inputs[1];
    const [n = 0, size = 0] = inputShapes[0] ?? [];
    invariant(label, "backward of centerloss reads the labels");
    const diff = floatsOf(hostCell(states, 0));
    const centers = floatsOf(hostCell(states, 1));
    moveCenters(centers, diff, batchLabelsSync(label, attributes.num_class), attributes.alpha, size);
    // Scratch memory of MXNet's operator, which leaves it at 0.
    hostCell(states, 2).array.set(0);
    if (!wanted[0]) return [undefined, undefined];
    const weight = attributes.scale / n;
    const gradient = new Float32Array(n * size);
    for (let i = 0; i < gradient.length; i++) gradient[i] = (diff[i] ?? 0) * weight;
    return [tf.tensor2d(gradient, [n, size]), undefined];
  },
};
