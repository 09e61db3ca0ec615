import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, oneOf } from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  mode: defaulted(oneOf("instance", "channel"), "instance", "whether the classes are the last axis or axis 1"),
};

export type SoftmaxActivationAttributes = AttributesOf<typeof attributes>;

/**
 * Softmax along the last axis (`instance`), or over the channels of each place (`channel`). MXNet's documentation says
 * that `instance` takes all elements of a sample together; its code does so only for data of two axes. With more its
 * gradient of `instance` sums over axis 1 instead of the last axis, a fault that is kept.
 *
 * Shapes: data (N, C, ...) -> output (as data).
 */
export const softmaxActivation: OperatorSpec<SoftmaxActivationAttributes> = defineOperator({
  name: "SoftmaxActivation",
  attributes,
  inferShape: (_, known) => sameShape(known),
  backwardReads: () => ({ arguments: [], outputs: [0] }),
});
