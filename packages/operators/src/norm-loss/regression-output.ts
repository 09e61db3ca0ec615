import { formatShape, isKnown, ShapeError, sizeOf } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";

const attributes = {
  grad_scale: defaulted(real, 1, "weight of the gradient"),
};

export type RegressionOutputAttributes = AttributesOf<typeof attributes>;

/**
 * The specification of a regression loss: output has the shape of data, label has as many elements and the same
 * batch. The gradient does not depend on what comes after, and is divided by the outputs of a sample.
 */
export function regressionOutput(name: string): OperatorSpec<RegressionOutputAttributes> {
  return defineOperator<RegressionOutputAttributes>({
    name,
    attributes,
    arguments: ["data", "label"],
    needsHeadGradient: false,
    backwardReads: () => ({ arguments: [1], outputs: [0] }),
    inferShape(_, known) {
      const [data, label] = known.arguments;
      const shape = data ?? known.outputs[0];
      if (shape === undefined) return {};
      if (label === undefined) {
        const column = shape.length === 2 && shape[1] === 1;
        return { arguments: [shape, column ? shape.slice(0, 1) : shape], outputs: [shape] };
      }
      if (isKnown(shape) && isKnown(label) && (label[0] !== shape[0] || sizeOf(label) !== sizeOf(shape))) {
        throw new ShapeError(
          `argument "label" has shape ${formatShape(label)}, expected as many elements as "data" ${formatShape(shape)} has, with the same batch.`,
          { argument: "label", expected: shape, actual: label },
        );
      }
      return { arguments: [shape], outputs: [shape] };
    },
  });
}
