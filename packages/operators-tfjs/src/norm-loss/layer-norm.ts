import { normalizeAxis } from "@mxgraft/base";
import type { LayerNormAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { axisLast } from "../nn/channels-last.ts";
import { sumToChannels } from "../nn/sum-to-channels.ts";
import { standardize, standardizeGradient } from "./standardize.ts";

const portable: TfjsKernel<LayerNormAttributes> = {
  layouts({ axis }, [data = []]) {
    const own = axisLast(normalizeAxis(axis, data.length, 'attribute "axis"'), data.length);
    return { arguments: [own, undefined, undefined], outputs: [own, own, own] };
  },
  forward({ attributes: { eps }, inputs: [data, gamma, beta] }) {
    if (!data || !gamma || !beta) return [];
    const { rows, mean, std } = standardize(data, eps);
    return [tf.add(tf.mul(rows, gamma), beta), mean, std];
  },
  backward({ inputs: [data, gamma], outputs: [, mean, std], headGradients: [dy], wanted }) {
    if (!data || !gamma || !mean || !std || !dy) return [];
    const rows = tf.div(tf.sub(data, mean), std);
    return [
      wanted[0] ? standardizeGradient(tf.mul(dy, gamma), rows, std) : undefined,
      wanted[1] ? sumToChannels(tf.mul(dy, rows)) : undefined,
      wanted[2] ? sumToChannels(dy) : undefined,
    ];
  },
};

/** Kernels of LayerNorm. */
export const layerNormKernels: KernelTable<LayerNormAttributes> = { portable };
