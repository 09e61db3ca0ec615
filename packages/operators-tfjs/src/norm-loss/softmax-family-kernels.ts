import { normalizeAxis } from "@mxgraft/base";
import type { SoftmaxAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { axisLast } from "../nn/channels-last.ts";

/** A function of the softmax family along the last axis. */
interface SoftmaxFunction {
  /** Data is multiplied by it before all else: 1, or -1 for softmin. */
  readonly sign: 1 | -1;
  forward(x: tf.Tensor): tf.Tensor;
  backward(dy: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** The gradient of y = softmax(x) along an axis, the last by default: y (dy - sum(dy y)). */
export function softmaxGradient(dy: tf.Tensor, y: tf.Tensor, axis = -1): tf.Tensor {
  const weighted = tf.mul(dy, y);
  return tf.sub(weighted, tf.mul(y, tf.sum(weighted, axis, true)));
}

/** 1 for the first `length` elements along the last axis of a shape, 0 for the rest. */
function prefixMask(length: tf.Tensor, classes: number): tf.Tensor {
  const positions = tf.range(0, classes, 1, "float32");
  return tf.cast(tf.less(positions, tf.cast(tf.expandDims(length, -1), "float32")), "float32");
}

/** What takes elements out of a softmax without making a row of nothing else NaN. */
const LOWEST = -1e30;

/** The kernels of softmax, log_softmax or softmin. */
export function softmaxFamilyKernels({ sign, forward, backward }: SoftmaxFunction): KernelTable<SoftmaxAttributes> {
  const scaled = (x: tf.Tensor, { temperature }: SoftmaxAttributes) => {
    const factor = sign / (temperature ?? 1);
    return factor === 1 ? x : tf.mul(x, factor);
  };
  const portable: TfjsKernel<SoftmaxAttributes> = {
    layouts({ axis }, [data = [], ...length]) {
      const own = axisLast(normalizeAxis(axis, data.length, 'attribute "axis"'), data.length);
      return { arguments: [own, ...length.map(() => undefined)], outputs: [own] };
    },
    forward({ attributes, inputs: [data, length] }) {
      if (!data) return [];
      const x = scaled(data, attributes);
      if (!length) return [forward(x)];
      const mask = prefixMask(length, data.shape.at(-1) ?? 0);
      return [tf.mul(forward(tf.where(tf.cast(mask, "bool"), x, tf.fill(x.shape, LOWEST))), mask)];
    },
    backward({ attributes, inputs: [, length], outputs: [y], headGradients: [dy] }) {
      if (!dy || !y) return [];
      const dx = scaled(backward(dy, y), attributes);
      return [length ? tf.mul(dx, prefixMask(length, y.shape.at(-1) ?? 0)) : dx];
    },
  };
  return { portable };
}
