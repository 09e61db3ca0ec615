import { sizeOf } from "@mxgraft/base";
import type { DropoutAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { given } from "./given.ts";
import { randomFill } from "./random-fill.ts";

const portable: TfjsKernel<DropoutAttributes> = {
  // The mask has size 1 along `axes`, which only MXNet's order of axes can tell.
  layouts: ({ axes }) => {
    const wish = axes.length > 0 ? undefined : "any";
    return { arguments: [wish], outputs: [wish, wish] };
  },
  forward({ attributes: { p, mode, axes }, inputs, outputShapes: [, maskShape = []], isTrain, random }) {
    const data = given(inputs[0], "data");
    // A mask of one 1 stands for nothing dropped.
    if (p === 0 || (mode === "training" && !isTrain)) return [tf.clone(data), tf.scalar(1)];
    const keep = 1 - p;
    const below = keep * 0x100000000;
    const values = randomFill(sizeOf(maskShape), random, (bits) => (bits < below ? 1 / keep : 0));
    const mask = tf.tensor(values, axes.length > 0 ? [...maskShape] : data.shape);
    return [tf.mul(data, mask), mask];
  },
  backward({ outputs: [, mask], headGradients: [dy] }) {
    return dy ? [tf.mul(dy, given(mask, "mask"))] : [];
  },
};

/** Kernels of Dropout. */
export const dropoutKernels: KernelTable<DropoutAttributes> = { portable };
