import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, oneOf, real } from "@mxgraft/operator";

const attributes = {
  act_type: defaulted(oneOf("leaky", "prelu", "rrelu", "elu", "selu", "gelu"), "leaky", "the function"),
  slope: defaulted(real, 0.25, "slope of leaky, scale of elu, for negative numbers"),
  lower_bound: defaulted(real, 0.125, "least slope of rrelu"),
  upper_bound: defaulted(real, 0.334, "greatest slope of rrelu"),
};

export type LeakyReLUAttributes = AttributesOf<typeof attributes>;

/**
 * The shape in which gamma is multiplied with data: its axes stand under the first two of data, from the right.
 *
 * @throws ShapeError  gamma does not fit.
 */
export function gammaShape(gamma: Shape, data: Shape): Shape {
  const expanded = data.map(() => 1);
  let from = gamma.length - 1;
  for (let axis = Math.min(1, data.length - 1); axis >= 0 && from >= 0; axis--) {
    const size = gamma[from] ?? 1;
    if (size !== 1 && size !== data[axis]) continue;
    expanded[axis] = size;
    from--;
  }
  if (from >= 0) {
    throw new ShapeError(
      `argument "gamma" has shape ${formatShape(gamma)}, expected one number for each channel, axis 1 of "data" ${formatShape(data)}, or one for all.`,
      { argument: "gamma", expected: data[1], actual: gamma },
    );
  }
  return expanded;
}

/**
 * Rectifiers that let something of negative numbers through.
 *
 *   leaky  x > 0 ? x : slope x
 *   prelu  x > 0 ? x : gamma x                gamma is learned
 *   rrelu  x > 0 ? x : s x                    s drawn for each element from lower_bound..upper_bound in training, their
 *                                             mean in inference
 *   elu    x > 0 ? x : slope (e^x - 1)
 *   selu   1.0507 (x > 0 ? x : 1.6733 (e^x - 1))
 *                                             its gradient for x <= 0 is 1.0507 (1.6733 + output), a fault of MXNet
 *                                             that is kept
 *   gelu   x/2 (1 + erf(x / sqrt(2)))
 *
 * Shapes (C channels):
 *   data    argument  (N, C, ...)
 *   gamma   argument  (C) or (1)     only with prelu
 *   output  output    as data
 *   mask    output    as data        only with rrelu, hidden: the slopes
 *
 * @throws ShapeError  `gamma` does not fit `data`.
 */
export const leakyReLU: OperatorSpec<LeakyReLUAttributes> = defineOperator({
  name: "LeakyReLU",
  aliases: ["_npx_leaky_relu"],
  attributes,
  arguments: ({ act_type }) => (act_type === "prelu" ? ["data", "gamma"] : ["data"]),
  outputs: ({ act_type }) => (act_type === "rrelu" ? ["output", "mask"] : ["output"]),
  visibleOutputs: 1,
  backwardReads: ({ act_type }) => ({
    arguments: act_type === "prelu" ? [0, 1] : act_type === "selu" ? [] : [0],
    outputs: act_type === "rrelu" ? [1] : act_type === "selu" ? [0] : [],
  }),
  inferShape({ act_type }, known) {
    const [data, gamma] = known.arguments;
    if (data === undefined) return {};
    if (act_type === "rrelu") return { outputs: [data, data] };
    if (act_type !== "prelu") return { outputs: [data] };
    if (gamma === undefined) return { arguments: [data, [data[1] ?? 1]], outputs: [data] };
    if ([...gamma, ...data.slice(0, 2)].every((size) => size > 0)) gammaShape(gamma, data);
    return { outputs: [data] };
  },
});
