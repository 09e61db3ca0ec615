import type { MultiBoxPriorAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";

/** The boxes of every place, x1, y1, x2, y2 each. */
function priors({ sizes, ratios, clip, steps, offsets }: MultiBoxPriorAttributes, height: number, width: number) {
  const [givenY = -1, givenX = -1] = steps;
  const given = givenY > 0 && givenX > 0;
  const stepY = given ? givenY : 1 / height;
  const stepX = given ? givenX : 1 / width;
  const [firstSize = 1] = sizes;
  const [firstRatio = 1, ...otherRatios] = ratios;
  const shapes = [
    ...sizes.map((size) => ({ size, ratio: Math.sqrt(firstRatio) })),
    ...otherRatios.map((ratio) => ({ size: firstSize, ratio: Math.sqrt(ratio) })),
  ].map(({ size, ratio }) => ({ w: (size * height * ratio) / width / 2, h: size / ratio / 2 }));
  const boxes = new Float32Array(height * width * shapes.length * 4);
  let at = 0;
  for (let row = 0; row < height; row++) {
    const y = (row + (offsets[0] ?? 0.5)) * stepY;
    for (let column = 0; column < width; column++) {
      const x = (column + (offsets[1] ?? 0.5)) * stepX;
      for (const { w, h } of shapes) {
        boxes.set([x - w, y - h, x + w, y + h], at);
        at += 4;
      }
    }
  }
  return clip ? boxes.map((value) => Math.min(Math.max(value, 0), 1)) : boxes;
}

const portable: TfjsKernel<MultiBoxPriorAttributes> = {
  // Only the shape of data counts; feature maps mostly lie like this.
  layouts: () => ({ arguments: [channelsLast(4)], outputs: [undefined] }),
  forward({ attributes, inputs: [data], outputShapes: [output = []] }) {
    if (!data) return [];
    const [, height = 1, width = 1] = data.shape;
    return [tf.tensor(priors(attributes, height, width), [...output])];
  },
  backward: () => [],
};

/** Kernels of _contrib_MultiBoxPrior. */
export const multiBoxPriorKernels: KernelTable<MultiBoxPriorAttributes> = { portable };
