import { defaulted, defineOperator, operators, real } from "@mxgraft/operator";
import { kernels, type TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

// Operators small enough to work their results out by hand.

const sameShape = (known: {
  arguments: readonly (readonly number[] | undefined)[];
  outputs: readonly (readonly number[] | undefined)[];
}) => {
  const shape = [...known.arguments, ...known.outputs].find((found) => found !== undefined);
  return { arguments: known.arguments.map(() => shape), outputs: known.outputs.map(() => shape) };
};

/** output = factor * data */
const scale = defineOperator({
  name: "toy_scale",
  attributes: { factor: defaulted(real, 2) },
  inferShape: (_, known) => sameShape(known),
  backwardReads: () => ({ arguments: [], outputs: [] }),
});

const scaleKernel: TfjsKernel<{ factor: number }> = {
  forward: ({ attributes, inputs: [data] }) => (data ? [tf.mul(data, attributes.factor)] : []),
  backward: ({ attributes, headGradients: [head] }) => [head && tf.mul(head, attributes.factor)],
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
};

/** output = left * right, elementwise */
const product = defineOperator({
  name: "toy_product",
  attributes: {},
  arguments: ["left", "right"],
  inferShape: (_, known) => sameShape(known),
});

const productKernel: TfjsKernel = {
  forward: ({ inputs: [left, right] }) => (left && right ? [tf.mul(left, right)] : []),
  backward: ({ headGradients: [head], inputs: [left, right] }) =>
    head && left && right ? [tf.mul(head, right), tf.mul(head, left)] : [],
};

/** output = sum of squares of data; a loss. */
const squares = defineOperator({
  name: "toy_squares",
  attributes: {},
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: [[1]] }),
  needsHeadGradient: false,
});

const squaresKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.reshape(tf.sum(tf.square(data)), [1])] : []),
  backward: ({ inputs: [data] }) => (data ? [tf.mul(data, 2)] : []),
};

/** output = data (N, C, H, W) + bias (C); the kernel wants its channels last. */
const addBias = defineOperator({
  name: "toy_bias",
  attributes: {},
  arguments: ["data", "bias"],
  inferShape: (_, known) => {
    const shape = known.arguments[0] ?? known.outputs[0];
    return { arguments: [shape, shape && [shape[1] ?? 0]], outputs: [shape] };
  },
});

const NHWC = [0, 2, 3, 1];

const addBiasKernel: TfjsKernel = {
  forward: ({ inputs: [data, bias] }) => (data && bias ? [tf.add(data, bias)] : []),
  backward: ({ headGradients: [head] }) => (head ? [tf.clone(head), tf.sum(head, [0, 1, 2])] : []),
  layouts: () => ({ arguments: [NHWC, undefined], outputs: [NHWC] }),
};

/** output = data, no gradient. */
const noGradient = defineOperator({
  name: "toy_no_gradient",
  attributes: {},
  inferShape: (_, known) => sameShape(known),
});

/** output = weight - lr * grad; moment = moment + grad */
const update = defineOperator({
  name: "toy_update",
  attributes: { lr: defaulted(real, 0.5) },
  arguments: ["weight", "grad", "moment"],
  inferShape: (_, known) => sameShape(known),
  mutates: [2],
});

const updateKernel: TfjsKernel<{ lr: number }> = {
  forward: ({ attributes, inputs: [weight, grad, moment] }) =>
    weight && grad && moment ? [tf.sub(weight, tf.mul(grad, attributes.lr)), tf.add(moment, grad)] : [],
};

/** Registers the operators and their kernels. */
export function registerToyOperators(): void {
  for (const spec of [scale, product, squares, addBias, noGradient, update]) operators.register(spec);
  operators.register(
    defineOperator({ name: "toy_without_kernel", attributes: {}, inferShape: (_, known) => sameShape(known) }),
  );
  kernels.register("toy_scale", { portable: scaleKernel });
  kernels.register("toy_product", { portable: productKernel });
  kernels.register("toy_squares", { portable: squaresKernel });
  kernels.register("toy_bias", { portable: addBiasKernel });
  kernels.register("toy_no_gradient", {
    portable: { forward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []) },
  });
  kernels.register("toy_update", { portable: updateKernel });
}
