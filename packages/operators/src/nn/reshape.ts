import { AttributeError, formatShape, isKnown, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";

const attributes = {
  shape: defaulted(tuple, [], "sizes and codes of the new shape"),
  reverse: defaulted(boolean, false, "whether the codes are worked out from the right"),
  target_shape: defaulted(tuple, [], "old form: sizes, of which one may be 0 for what is left"),
  keep_highest: defaulted(boolean, false, "old form: whether the first axis stays"),
};

export type ReshapeAttributes = AttributesOf<typeof attributes>;

function fail(codes: Shape, data: Shape, why: string): never {
  throw new ShapeError(
    `argument "data" has shape ${formatShape(data)}, which "shape" (${codes.join(", ")}) does not fit: ${why}.`,
    {
      argument: "data",
      expected: codes,
      actual: data,
    },
  );
}

/** Codes 0, -1, -2, -3 and -4 worked out from the left; sizes that are not known yet stay 0. */
function resolveCodes(codes: Shape, data: Shape, written: Shape): number[] {
  const result: number[] = [];
  let source = 0;
  let open = -1;
  const next = () => data[source++] ?? fail(written, data, `there is no axis ${source - 1} to take`);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) result.push(next());
    else if (code === -1) {
      if (open >= 0) fail(written, data, "-1 occurs twice");
      open = result.push(0) - 1;
      source++;
    } else if (code === -2) {
      while (source < data.length) result.push(next());
    } else if (code === -3) {
      const first = next();
      result.push(first * next());
    } else if (code === -4) {
      const whole = next();
      const parts = [codes[++i], codes[++i]];
      if (parts.includes(undefined)) fail(written, data, "-4 needs two sizes after it");
      let [left = 0, right = 0] = parts;
      if (left === -1 && right === -1) fail(written, data, "only one size after -4 can be -1");
      if (left === -1) left = whole / right;
      if (right === -1) right = whole / left;
      if (whole > 0 && left * right !== whole) fail(written, data, `${whole} is not ${left} times ${right}`);
      result.push(whole > 0 || left > 0 ? left : 0, whole > 0 || right > 0 ? right : 0);
    } else if (code > 0) {
      result.push(code);
      source++;
    } else fail(written, data, `${code} is no code`);
  }
  if (open >= 0 && isKnown(data)) result[open] = sizeOf(data) / sizeOf(result.with(open, 1));
  return result;
}

function legacyShape(target: Shape, keepHighest: boolean, data: Shape): number[] {
  const result = [...target];
  if (keepHighest) result[0] = data[0] ?? 0;
  const open = result.findIndex((size, axis) => size === 0 && (axis > 0 || !keepHighest));
  if (open >= 0 && isKnown(data)) result[open] = sizeOf(data) / sizeOf(result.with(open, 1));
  return result;
}

/**
 * The shape that the attributes make of data's; sizes that are not known yet are 0.
 *
 * @throws ShapeError  a code has no axis to work on.
 */
export function reshapedShape(attributes: ReshapeAttributes, data: Shape): Shape {
  const { shape, reverse, target_shape, keep_highest } = attributes;
  if (shape.length === 0) return legacyShape(target_shape, keep_highest, data);
  if (!reverse) return resolveCodes(shape, data, shape);
  return resolveCodes(shape.toReversed(), data.toReversed(), shape).reverse();
}

/** Fills in the one size that is missing in `shape` so that it has the elements of `other`. */
function completed(shape: Shape, other: Shape): Shape {
  const missing = shape.filter((size) => size === 0).length;
  if (missing !== 1 || !isKnown(other)) return shape;
  const open = shape.indexOf(0);
  const size = sizeOf(other) / sizeOf(shape.with(open, 1));
  return Number.isInteger(size) ? shape.with(open, size) : shape;
}

/**
 * Gives data another shape; the elements keep their row-major order.
 *
 * Codes in `shape`: 0 copies an axis, -1 is what is left, -2 copies all remaining axes, -3 multiplies two axes into
 * one, -4 splits an axis into the two sizes that follow it (one of which may be -1). With `reverse` axes are counted
 * from the right. Graphs of before MXNet 0.9 have `target_shape` and `keep_highest` instead.
 *
 * Shapes: data (any) -> output (any with as many elements).
 *
 * @throws ShapeError      the number of elements would change, or a code has no axis to work on.
 * @throws AttributeError  neither `shape` nor `target_shape` is given.
 */
export const reshape: OperatorSpec<ReshapeAttributes> = defineOperator({
  name: "Reshape",
  aliases: ["reshape"],
  attributes,
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(attributes, known) {
    if (attributes.shape.length === 0 && attributes.target_shape.length === 0) {
      throw new AttributeError('attribute "shape" is missing, expected a tuple of sizes and codes such as "(0, -1)".', {
        argument: "shape",
      });
    }
    const data = known.arguments[0];
    if (data === undefined) return {};
    const output = completed(reshapedShape(attributes, data), data);
    const filled = completed(data, output);
    const whole = output.every(Number.isInteger);
    if (!whole || (isKnown(filled) && isKnown(output) && sizeOf(filled) !== sizeOf(output))) {
      fail(
        attributes.shape.length > 0 ? attributes.shape : attributes.target_shape,
        data,
        "the number of elements would change",
      );
    }
    return { arguments: [filled], outputs: [output] };
  },
});
