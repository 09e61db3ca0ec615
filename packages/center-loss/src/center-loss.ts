import { DTypeError, formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { defaulted, defineOperator, integer, type PartialShapes, real, required, sameType } from "@mxgraft/operator";

/** Attributes of `centerloss`, parsed. */
export interface CenterLossAttributes {
  readonly num_class: number;
  readonly alpha: number;
  readonly scale: number;
  readonly batchsize: number;
}

/** What two sources say about one size; 0 is not known. */
function agree(argument: string, shape: Shape | undefined, axis: number, size: number, expected: string): number {
  const own = shape?.[axis] ?? 0;
  if (own > 0 && size > 0 && own !== size) {
    throw new ShapeError(`argument "${argument}" has shape ${formatShape(shape)}, expected ${expected}.`, {
      argument,
      actual: shape,
    });
  }
  return own || size;
}

function checkRank(argument: string, shape: Shape | undefined, rank: number, expected: string): void {
  if (shape === undefined || shape.length === rank) return;
  throw new ShapeError(`argument "${argument}" has shape ${formatShape(shape)}, expected ${expected}.`, {
    argument,
    actual: shape,
    expected: rank,
  });
}

/** The names of the arguments with what their axes mean, for messages. */
const DATA_AXES = "(N, D): one row of features for each sample";

/**
 * Shapes of arguments, output and states from those known so far.
 *
 * MXNet gives `diff_bias` the shape (batchsize, D) and fails, or counts stale rows, when the batch is another. Here it
 * holds the larger of `batchsize` and the batch, or as many rows as it has already (a checkpoint, a larger batch bound
 * before), and only the rows of the batch count.
 */
export function inferCenterLossShapes(attributes: CenterLossAttributes, known: PartialShapes): Partial<PartialShapes> {
  const [data, label] = known.arguments;
  const [diff, center, sum] = known.auxiliaryStates;
  checkRank("data", data, 2, DATA_AXES);
  const n = data?.[0] || label?.[0] || 0;
  const expectedLabel = `${formatShape([n])}: one class index for each row of "data"${data ? ` ${formatShape(data)}` : ""}`;
  checkRank("label", label, 1, expectedLabel);
  agree("label", label, 0, n, expectedLabel);
  let d = data?.[1] ?? 0;
  for (const [argument, shape, axis] of [
    ["center_bias", center, 1],
    ["sum_bias", sum, 0],
    ["diff_bias", diff, 1],
  ] as const) {
    d = agree(argument, shape, axis, d, `${d} columns as "data" ${formatShape(data)} has`);
  }
  const rows = diff?.[0] ?? 0;
  if (rows > 0 && n > rows) {
    throw new ShapeError(
      `auxiliary state "diff_bias" has shape ${formatShape(diff)}, expected at least ${n} rows for "data" ${formatShape(data)}.`,
      { argument: "diff_bias", actual: diff },
    );
  }
  const batch = rows || (n > 0 ? Math.max(attributes.batchsize, n) : 0);
  return {
    arguments: [[n, d], [n]],
    outputs: [[1]],
    auxiliaryStates: [[batch, d], [attributes.num_class, d], [d]],
  };
}

/**
 * Center loss: how far each feature lies from the center of its own class.
 *
 *   output = 1/(2N) * sum_i |data_i - center[label_i]|^2
 *
 * Every backward call moves the centers, c_y += alpha * sum(diff of class y) / (1 + n_y), where n_y rows are of class y.
 *
 * Shapes (N batch, D feature, C = num_class, B = the larger of N and batchsize):
 *   data         argument   (N, D)  float32        features; gradient = scale/N * diff
 *   label        argument   (N)     float32|int32  class index 0..C-1, fractions are cut off; no gradient
 *   output       output     (1)     as data        squared feature units; not multiplied by scale
 *   diff_bias    auxiliary  (B, D)  as data        data - own center in the first N rows, written by forward
 *   center_bias  auxiliary  (C, D)  as data        class centers, moved by backward; starts at 0
 *   sum_bias     auxiliary  (D)     as data        scratch row of MXNet's operator; backward sets it to 0
 *
 * @param num_class  C, integer >= 1.
 * @param alpha      step of the centers, no unit, usually 0..1.
 * @param scale      weight of the gradient, no unit; default 1.
 * @param batchsize  rows of `diff_bias`, integer >= 1; default 64. A batch may be smaller or larger.
 * @throws ShapeError      `data` is not 2-D, or `label` is not (N).
 * @throws DTypeError      `label` is neither float32 nor int32.
 * @throws AttributeError  `num_class` is missing or not an integer >= 1.
 * @throws ValueError      by the kernels: a label is no class index; the message names its row.
 * @see Wen et al., ECCV 2016, eq. 2-4 (the paper does not divide by N; this follows the MXNet example `centerloss`).
 */
export const centerLoss = defineOperator<CenterLossAttributes>({
  name: "centerloss",
  attributes: {
    num_class: required(integer({ min: 1 }), "number of classes"),
    alpha: required(real, "step of the centers, no unit, usually 0..1"),
    scale: defaulted(real, 1, "weight of the gradient, no unit"),
    batchsize: defaulted(integer({ min: 1 }), 64, "rows of diff_bias; a batch may be smaller or larger"),
  },
  arguments: ["data", "label"],
  // MXNet's prop calls them "bias" because its initializers give a bias zeros.
  auxiliaryStates: ["diff_bias", "center_bias", "sum_bias"],
  needsHeadGradient: false,
  inferShape: inferCenterLossShapes,
  inferType(_, known) {
    const [data, label] = known.arguments;
    if (label !== undefined && label !== "float32" && label !== "int32") {
      throw new DTypeError(`argument "label" is ${label}, expected float32 or int32.`, {
        argument: "label",
        actual: label,
        expected: ["float32", "int32"],
      });
    }
    const others = sameType({ ...known, arguments: [data] });
    return { ...others, arguments: [others.arguments[0], label ?? others.arguments[0]] };
  },
  backwardReads: () => ({ arguments: [1], outputs: [] }),
});
