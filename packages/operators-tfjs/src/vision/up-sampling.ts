import type { Shape } from "@mxgraft/base";
import { type UpSamplingAttributes, upSamplingWindow } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { type Deconvolver, deconvolverOf } from "./deconvolver.ts";

/** Every pixel of (N, H, W, C) repeated along both axes. */
function repeated(x: tf.Tensor, scale: number): tf.Tensor {
  const [n = 1, h = 1, w = 1, c = 1] = x.shape;
  const pixels = tf.tile(tf.reshape(x, [n * h, 1, w, 1, c]), [1, scale, 1, scale, 1]);
  return tf.reshape(pixels, [n, h * scale, w * scale, c]);
}

/** The sums over the copies of each pixel. */
function summed(dy: tf.Tensor, scale: number): tf.Tensor {
  const [n = 1, h = 1, w = 1, c = 1] = dy.shape;
  const pixels = tf.reshape(dy, [(n * h) / scale, scale, w / scale, scale, c]);
  return tf.reshape(tf.sum(pixels, [1, 3]), [n, h / scale, w / scale, c]);
}

function bilinear(attributes: UpSamplingAttributes, [, height = 1, width = 1, channels = 1]: Shape): Deconvolver {
  return deconvolverOf(upSamplingWindow(attributes, height, width), channels, channels);
}

const portable: TfjsKernel<UpSamplingAttributes> = {
  layouts({ sample_type }, shapes) {
    const own = channelsLast(4);
    const inputs = sample_type === "nearest" ? shapes.map(() => own) : [own, [2, 3, 1, 0]];
    return { arguments: inputs, outputs: [own] };
  },
  forward({ attributes, inputs, outputShapes: [output = []] }) {
    const [data, weight] = inputs;
    if (attributes.sample_type === "bilinear") {
      return data && weight ? [bilinear(attributes, data.shape).forward(data, weight)] : [];
    }
    const scaled = inputs.map((x) => repeated(x, (output[2] ?? 1) / (x.shape[1] ?? 1)));
    if (scaled.length === 1) return scaled;
    return [attributes.multi_input_mode === "sum" ? tf.addN(scaled) : tf.concat(scaled, -1)];
  },
  backward({ attributes, inputs: [data, weight], headGradients: [dy], inputShapes, wanted: [wantsData, wantsWeight] }) {
    if (!dy) return [];
    if (attributes.sample_type === "bilinear") {
      if (!data || !weight) return [];
      const { inputGradient, filterGradient } = bilinear(attributes, data.shape);
      return [
        wantsData ? inputGradient(dy, weight) : undefined,
        wantsWeight ? filterGradient(data, dy, weight.shape) : undefined,
      ];
    }
    const channels = inputShapes.map((shape) => shape[1] ?? 0);
    const parts =
      attributes.multi_input_mode === "sum" || channels.length === 1
        ? inputShapes.map(() => dy)
        : tf.split(dy, channels, -1);
    return parts.map((part, i) => summed(part, (dy.shape[1] ?? 1) / (inputShapes[i]?.[2] ?? 1)));
  },
};

/** Kernels of UpSampling. */
export const upSamplingKernels: KernelTable<UpSamplingAttributes> = { portable };
