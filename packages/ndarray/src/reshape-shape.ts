import { formatShape, type Shape, ShapeError, sizeOf } from "@mxgraft/base";

/**
 * The shape that MXNet's `reshape` makes of another: 0 copies an axis, -1 takes what is left, -2 copies all remaining
 * axes, -3 multiplies two axes into one, -4 splits one into the two sizes that follow (one of which may be -1).
 *
 * @throws ShapeError  the number of elements changes, or a code has nothing to work on.
 */
export function reshapeShape(from: Shape, codes: readonly number[]): Shape {
  const fail = (why: string): never => {
    throw new ShapeError(
      `reshape: shape ${formatShape(from)} (${sizeOf(from)} elements) cannot become (${codes.join(", ")}): ${why}.`,
      { expected: codes, actual: from },
    );
  };
  const axisAt = (at: number): number => from[at] ?? fail(`it has no axis ${at}`);
  const result: number[] = [];
  let source = 0;
  let open = -1;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code > 0 || code === -1) {
      if (code === -1) {
        if (open >= 0) fail("-1 occurs twice");
        open = result.length;
      }
      result.push(code === -1 ? 1 : code);
      source++;
    } else if (code === 0) {
      result.push(axisAt(source++));
    } else if (code === -2) {
      while (source < from.length) result.push(axisAt(source++));
    } else if (code === -3) {
      result.push(axisAt(source++) * axisAt(source++));
    } else if (code === -4) {
      const whole = axisAt(source++);
      let left = codes[++i] ?? fail("-4 needs two sizes after it");
      let right = codes[++i] ?? fail("-4 needs two sizes after it");
      if (left === -1) left = whole / right;
      if (right === -1) right = whole / left;
      if (left * right !== whole || left <= 0 || right <= 0) fail(`${whole} is not ${left} x ${right}`);
      result.push(left, right);
    } else {
      fail(`${code} is no size and no code`);
    }
  }
  if (open >= 0) result[open] = sizeOf(from) / sizeOf(result);
  if (!result.every(Number.isInteger) || sizeOf(result) !== sizeOf(from)) fail("the number of elements must stay");
  return result;
}
