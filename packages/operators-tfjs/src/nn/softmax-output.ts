import { equalShapes, type Shape } from "@mxgraft/base";
import type { SoftmaxOutputAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "./channels-last.ts";
import { given } from "./given.ts";

/** Data as (rows, classes), one softmax a row. */
function asRows(x: tf.Tensor, { multi_output, preserve_shape }: SoftmaxOutputAttributes): tf.Tensor2D {
  // With multi_output the layout has moved the classes to the end.
  const rows = multi_output || preserve_shape ? x.size / (x.shape.at(-1) ?? 1) : (x.shape[0] ?? 1);
  return tf.reshape(x, [rows, x.size / rows]);
}

/** What the labels want the rows to be. */
function targetOf(labels: tf.Tensor1D, classes: number, smooth: number): tf.Tensor {
  // The wasm backend makes nothing but int32 of it, whatever type is asked for.
  const hot = tf.cast(tf.oneHot(tf.cast(labels, "int32"), classes, 1, 0, "int32"), "float32");
  if (smooth === 0) return hot;
  const spread = smooth / (classes - 1);
  return tf.add(tf.mul(hot, 1 - smooth - spread), spread);
}

/** Numbers by which the gradient is divided besides `grad_scale`; a tensor where the labels decide. */
function countOf(attributes: SoftmaxOutputAttributes, labels: tf.Tensor1D, labelShape: Shape): tf.Tensor | number {
  const { normalization, multi_output, ignore_label } = attributes;
  if (normalization === "valid") {
    const valid = tf.notEqual(tf.cast(labels, "int32"), tf.scalar(Math.trunc(ignore_label), "int32"));
    return tf.maximum(tf.sum(tf.cast(valid, "float32")), 1);
  }
  if (multi_output) return normalization === "batch" ? labels.size : labels.size / (labelShape[0] ?? 1);
  return normalization === "batch" ? labels.size : 1;
}

function gradient(attributes: SoftmaxOutputAttributes, rows: tf.Tensor2D, label: tf.Tensor): tf.Tensor {
  const [count, classes] = rows.shape;
  const labels = tf.reshape<tf.Rank.R1>(label, [label.size]);
  // Without multi_output and preserve_shape data of more than two axes has more labels than rows; MXNet takes the first.
  const own = labels.size > count ? tf.slice1d(labels, 0, count) : labels;
  const smooth = attributes.multi_output ? 0 : attributes.smooth_alpha;
  const difference = tf.sub(rows, targetOf(own, classes, smooth));
  const scaled = tf.mul(difference, tf.div(attributes.grad_scale, countOf(attributes, labels, label.shape)));
  if (!attributes.use_ignore) return scaled;
  const kept = tf.notEqual(tf.cast(own, "int32"), tf.scalar(Math.trunc(attributes.ignore_label), "int32"));
  return tf.mul(scaled, tf.cast(tf.expandDims(kept, 1), "float32"));
}

const portable: TfjsKernel<SoftmaxOutputAttributes> = {
  layouts({ multi_output }, [data = [], label = []]) {
    const own = multi_output ? channelsLast(data.length) : undefined;
    return { arguments: [own, equalShapes(data, label) ? own : undefined], outputs: [own] };
  },
  forward({ attributes, inputs }) {
    const data = given(inputs[0], "data");
    return [tf.reshape(tf.softmax(asRows(data, attributes)), data.shape)];
  },
  backward({ attributes, inputs, outputs, inputShapes }) {
    const label = given(inputs[1], "label");
    const output = given(outputs[0], "output");
    const [dataShape = [], labelShape = []] = inputShapes;
    const soft = equalShapes(dataShape, labelShape);
    const dx = soft
      ? tf.mul(tf.sub(output, label), attributes.grad_scale)
      : tf.reshape(gradient(attributes, asRows(output, attributes), label), output.shape);
    return [attributes.out_grad ? tf.mul(dx, output) : dx];
  },
};

/** Kernels of SoftmaxOutput. */
export const softmaxOutputKernels: KernelTable<SoftmaxOutputAttributes> = { portable };
