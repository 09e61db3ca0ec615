import { AttributeError, formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  required,
} from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  alpha: defaulted(real, 1e-4, "weight of the mean square"),
  beta: defaulted(real, 0.75, "power of the sum"),
  knorm: defaulted(real, 2, "what is added to the mean square"),
  nsize: required(integer({ min: 1 }), "channels in a window, an odd number"),
};

export type LRNAttributes = AttributesOf<typeof attributes>;

/**
 * Local response normalization across channels.
 *
 *   tmp_norm = knorm + alpha / nsize * sum over the nsize channels around c of data^2
 *   output = data / tmp_norm^beta
 *
 * Shapes:
 *   data      argument  (N, C, H, W)
 *   output    output    as data
 *   tmp_norm  output    as data        hidden
 *
 * @throws AttributeError  `nsize` is even.
 * @throws ShapeError      `data` has not four axes.
 */
export const lrn: OperatorSpec<LRNAttributes> = defineOperator({
  name: "LRN",
  attributes,
  outputs: ["output", "tmp_norm"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [0], outputs: [1] }),
  inferShape({ nsize }, known) {
    if (nsize % 2 === 0) {
      throw new AttributeError(`attribute "nsize" is ${nsize}, expected an odd number.`, {
        argument: "nsize",
        actual: nsize,
      });
    }
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return {};
    if (data.length !== 4) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected 4 axes (batch, channel, y, x).`, {
        argument: "data",
        expected: 4,
        actual: data,
      });
    }
    return { arguments: [data], outputs: [data, data] };
  },
});
