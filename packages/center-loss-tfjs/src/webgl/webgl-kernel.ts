import { invariant } from "@mxgraft/base";
import type { CenterLossAttributes } from "@mxgraft/center-loss";
import type { TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { batchLabels } from "../batch-labels.ts";
import { moveCenters } from "../center-loss-on-host.ts";
import { floatsOf } from "../center-table.ts";
import { clear, forward, labelOf, statesOf } from "../device-kernel.ts";

/**
 * Center loss for webgl. A fragment shader cannot change some rows of a texture: a table of centers there would be copied
 * in each step. So the table stays in JavaScript memory; in forward the rows of the batch go to the graphics card, and in
 * backward the differences come back, by waiting and not by stopping everything. Both are of the size of the batch.
 */
export const webglKernel: TfjsKernel<CenterLossAttributes> = {
  asynchronous: true,
  storage: () => ["tensor", "host", "tensor"],
  forward: async (call) => forward(call, await batchLabels(labelOf(call.inputs), call.attributes.num_class)),

  async backward({ attributes, inputs, states, wanted, inputShapes }) {
    const classes = await batchLabels(labelOf(inputs), attributes.num_class);
    const { diff, centers, sum } = statesOf(states);
    invariant(centers.kind === "host", "the centers are not in JavaScript memory");
    clear(sum);
    const [n = 0, size = 0] = inputShapes[0] ?? [];
    const own = tf.tidy(() => tf.slice(diff.read(), [0, 0], [n, size]));
    const values = await own.data();
    invariant(values instanceof Float32Array, "differences are floats");
    moveCenters(floatsOf(centers), values, classes, attributes.alpha, size);
    const gradient = wanted[0] ? tf.tidy(() => tf.mul(own, attributes.scale / n)) : undefined;
    own.dispose();
    return [gradient, undefined];
  },
};
