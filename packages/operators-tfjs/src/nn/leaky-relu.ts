import type { Random } from "@mxgraft/base";
import { gammaShape, type LeakyReLUAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "./channels-last.ts";
import { given } from "./given.ts";
import { randomFill } from "./random-fill.ts";

// Klambauer et al. 2017, as far as float32 goes in MXNet.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** x where it is positive, otherwise x times a slope: a number or a tensor that fits x. */
function leaky(x: tf.Tensor, slope: tf.Tensor | number): tf.Tensor {
  return tf.where(tf.greater(x, 0), x, tf.mul(x, slope));
}

/** dy where x is positive, otherwise dy times the slope there. */
function leakyGradient(dy: tf.Tensor, x: tf.Tensor, slope: tf.Tensor | number): tf.Tensor {
  return tf.where(tf.greater(x, 0), dy, tf.mul(dy, slope));
}

/** Half of 1 + erf(x / sqrt(2)): the normal distribution function. */
function normalCdf(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

function randomSlopes(x: tf.Tensor, { lower_bound, upper_bound }: LeakyReLUAttributes, random: Random): tf.Tensor {
  const step = (upper_bound - lower_bound) / 0x100000000;
  return tf.tensor(
    randomFill(x.size, random, (bits) => lower_bound + bits * step),
    x.shape,
  );
}

/** Gamma in the shape that fits channels-last data. */
function fittedGamma(gamma: tf.Tensor, data: tf.Tensor): tf.Tensor {
  const [batch = 1, ...rest] = data.shape;
  const channels = rest.pop() ?? 1;
  const [gammaBatch = 1, gammaChannels = 1] = gammaShape(gamma.shape, data.rank > 1 ? [batch, channels] : [batch]);
  return tf.reshape(gamma, data.rank > 1 ? [gammaBatch, ...rest.map(() => 1), gammaChannels] : [gammaBatch]);
}

/** Sums a gradient of data's shape into the shape it was spread from. */
function sumTo(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = gradient.shape.flatMap((size, axis) => (size !== shape[axis] ? [axis] : []));
  return axes.length > 0 ? tf.sum(gradient, axes) : gradient;
}

const portable: TfjsKernel<LeakyReLUAttributes> = {
  layouts({ act_type }, [data = []]) {
    if (act_type !== "prelu") return { arguments: ["any"], outputs: ["any", "any"] };
    const own = data.length > 1 ? channelsLast(data.length) : undefined;
    return { arguments: [own, undefined], outputs: [own] };
  },
  forward({ attributes, inputs, isTrain, random }) {
    const data = given(inputs[0], "data");
    const { act_type, slope } = attributes;
    switch (act_type) {
      case "leaky":
        return [leaky(data, slope)];
      case "prelu":
        return [leaky(data, fittedGamma(given(inputs[1], "gamma"), data))];
      case "rrelu": {
        const slopes = isTrain
          ? randomSlopes(data, attributes, random)
          : tf.scalar((attributes.lower_bound + attributes.upper_bound) / 2);
        return [leaky(data, slopes), slopes];
      }
      case "elu":
        return [tf.where(tf.greater(data, 0), data, tf.mul(tf.expm1(data), slope))];
      case "selu": {
        const negative = tf.mul(tf.expm1(data), SELU_ALPHA);
        return [tf.mul(tf.where(tf.greater(data, 0), data, negative), SELU_SCALE)];
      }
      case "gelu":
        return [tf.mul(data, normalCdf(data))];
      default:
        return act_type satisfies never;
    }
  },
  backward({ attributes, inputs, outputs, headGradients: [dy], wanted, inputShapes }) {
    const { act_type, slope } = attributes;
    if (!dy) return [];
    if (act_type === "selu") {
      const output = given(outputs[0], "output");
      // MXNet's slope for negative numbers; the right one would be the output plus both constants' product.
      return [tf.mul(leakyGradient(dy, output, tf.add(output, SELU_ALPHA)), SELU_SCALE)];
    }
    const data = given(inputs[0], "data");
    switch (act_type) {
      case "leaky":
        return [leakyGradient(dy, data, slope)];
      case "prelu": {
        const fitted = fittedGamma(given(inputs[1], "gamma"), data);
        const dGamma = wanted[1]
          ? tf.reshape(sumTo(tf.mul(dy, tf.minimum(data, 0)), fitted.shape), [...(inputShapes[1] ?? [])])
          : undefined;
        return [wanted[0] ? leakyGradient(dy, data, fitted) : undefined, dGamma];
      }
      case "rrelu":
        return [leakyGradient(dy, data, given(outputs[1], "mask"))];
      case "elu":
        return [leakyGradient(dy, data, tf.mul(tf.exp(data), slope))];
      case "gelu": {
        const density = tf.mul(tf.exp(tf.mul(tf.square(data), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return [tf.mul(dy, tf.add(normalCdf(data), tf.mul(data, density)))];
      }
      default:
        return act_type satisfies never;
    }
  },
};

/** Kernels of LeakyReLU. */
export const leakyReLUKernels: KernelTable<LeakyReLUAttributes> = { portable };
