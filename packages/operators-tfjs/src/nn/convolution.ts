import type { Shape } from "@mxgraft/base";
import type { FusedKernel, Layouts } from "@mxgraft/operator";
import { type ConvolutionAttributes, windowOf } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "./channels-last.ts";
import type { ConvolutionWindow, Convolver } from "./convolver.ts";
import { dense2d, dense3d } from "./dense-convolver.ts";
import { depthwise2d } from "./depthwise-convolver.ts";
import { finishFused } from "./finish-fused.ts";
import { foldAffine } from "./fold-affine.ts";
import { given } from "./given.ts";
import { grouped } from "./grouped-convolver.ts";
import { sumToChannels } from "./sum-to-channels.ts";

/** The convolution that the attributes and the channels of the input ask for. */
function convolverOf(
  attributes: ConvolutionAttributes,
  channels: number,
): { convolver: Convolver; fusesBias: boolean } {
  const { num_group: groups } = attributes;
  const given = windowOf(attributes);
  if (given.kernel.length === 3) {
    const convolver = dense3d(given);
    return { convolver: groups > 1 ? grouped(convolver, groups) : convolver, fusesBias: false };
  }
  const window = given.kernel.length === 1 ? liftedWindow(given) : given;
  if (groups === 1) return { convolver: dense2d(window), fusesBias: true };
  // The tensorflow backend has depthwise kernels for equal strides only.
  const isDepthwise = groups === channels && window.stride[0] === window.stride[1];
  return { convolver: isDepthwise ? depthwise2d(window) : grouped(dense2d(window), groups), fusesBias: false };
}

/** A convolution over one axis is one over two, of which the first has size 1. */
function liftedWindow({ kernel, stride, dilate, pad }: ConvolutionWindow): ConvolutionWindow {
  // Equal strides keep the depthwise kernel usable; along an axis of size 1 the stride does not matter.
  return { kernel: [1, ...kernel], stride: [...stride, ...stride], dilate: [1, ...dilate], pad: [0, ...pad] };
}

function lifted(x: tf.Tensor, axis: 0 | 1): tf.Tensor {
  return x.rank === 3 ? tf.reshape(x, liftedShape(x.shape, axis)) : x;
}

function liftedShape(shape: Shape, axis: 0 | 1): number[] {
  return shape.length === 3 ? shape.toSpliced(axis, 0, 1) : [...shape];
}

function layouts({ layout, no_bias }: ConvolutionAttributes, [data]: readonly Shape[]): Layouts {
  const rank = data?.length ?? 4;
  const spatialAxes = Array.from({ length: rank - 2 }, (_, i) => i);
  const bias = no_bias ? [] : [undefined];
  if (layout?.endsWith("C")) {
    const weight = [...spatialAxes.map((i) => i + 1), rank - 1, 0];
    return { arguments: [undefined, weight, ...bias], outputs: [undefined] };
  }
  const weight = [...spatialAxes.map((i) => i + 2), 1, 0];
  return { arguments: [channelsLast(rank), weight, ...bias], outputs: [channelsLast(rank)] };
}

const portable: TfjsKernel<ConvolutionAttributes> = {
  layouts,
  forward({ attributes, inputs }) {
    const data = given(inputs[0], "data");
    const weight = given(inputs[1], "weight");
    const bias = inputs[2];
    const { convolver, fusesBias } = convolverOf(attributes, data.shape.at(-1) ?? 0);
    const x = lifted(data, 1);
    const filter = lifted(weight, 0);
    const convolved = fusesBias ? convolver.forward(x, filter, bias) : convolver.forward(x, filter);
    const output = bias && !fusesBias ? tf.add(convolved, bias) : convolved;
    return [data.rank === 3 ? tf.squeeze(output, [1]) : output];
  },
  backward({ attributes, inputs, headGradients: [head], wanted }) {
    if (!head) return [];
    const data = given(inputs[0], "data");
    const weight = given(inputs[1], "weight");
    const { convolver } = convolverOf(attributes, data.shape.at(-1) ?? 0);
    const dy = lifted(head, 1);
    const [wantsData, wantsWeight, wantsBias] = wanted;
    const dx = wantsData
      ? tf.reshape(convolver.inputGradient(dy, lifted(weight, 0), liftedShape(data.shape, 1)), data.shape)
      : undefined;
    const dw = wantsWeight
      ? tf.reshape(convolver.filterGradient(lifted(data, 1), dy, liftedShape(weight.shape, 0)), weight.shape)
      : undefined;
    return [dx, dw, wantsBias ? sumToChannels(dy) : undefined];
  },
};

/** The weight (kernel, C / G, O) with BatchNorm folded in; fused where the backend has it. */
const folded: FusedKernel<ConvolutionAttributes, tf.Tensor> = {
  choose: () => "folded",
  prepare: ({ weights: [weight, bias], affine }) => foldAffine(given(weight, "weight"), bias, affine, tf.mul),
  forward({ attributes, data, prepared: [weight, bias], residual, activation }) {
    const { convolver, fusesBias } = convolverOf(attributes, data.shape.at(-1) ?? 0);
    const x = lifted(data, 1);
    const filter = lifted(given(weight, "weight"), 0);
    const unlifted = (y: tf.Tensor) => (data.rank === 3 ? tf.squeeze(y, [1]) : y);
    if (fusesBias && bias) {
      const fused = unlifted(convolver.forward(x, filter, bias, residual ? undefined : activation));
      return residual ? finishFused(fused, { residual, activation }) : fused;
    }
    const convolved = unlifted(convolver.forward(x, filter));
    return finishFused(bias ? tf.add(convolved, bias) : convolved, { residual, activation });
  },
};

/** Kernels of Convolution. */
export const convolutionKernels: KernelTable<ConvolutionAttributes> = { portable: { ...portable, fused: folded } };
