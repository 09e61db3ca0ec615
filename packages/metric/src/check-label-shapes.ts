import { equalShapes, formatShape, type HostArray, ShapeError } from "@mxgraft/base";

/** One array, or one for each output. */
export type Arrays = HostArray | readonly HostArray[];

function isOne(arrays: Arrays): arrays is HostArray {
  return "dtype" in arrays;
}

function lengthOf(arrays: Arrays): number {
  return isOne(arrays) ? (arrays.shape[0] ?? 0) : arrays.length;
}

function describe(arrays: Arrays, shape: boolean, kind: string): string {
  if (!isOne(arrays)) return `${arrays.length} ${arrays.length === 1 ? kind : `${kind}s`}`;
  return `a ${kind} of shape ${formatShape(arrays.shape)}${shape ? "" : ` (${lengthOf(arrays)} rows)`}`;
}

/**
 * That labels and predictions belong together: lists of the same length, arrays with the same number of rows, or,
 * with `shape`, arrays of the same shape.
 *
 * @param subject  who asks, for the message.
 * @returns both as lists.
 * @throws ShapeError  they do not.
 */
export function checkLabelShapes(
  labels: Arrays,
  preds: Arrays,
  { shape = false, subject = "Metric" }: { readonly shape?: boolean; readonly subject?: string } = {},
): { labels: readonly HostArray[]; preds: readonly HostArray[] } {
  const same =
    shape && isOne(labels) && isOne(preds)
      ? equalShapes(labels.shape, preds.shape)
      : lengthOf(labels) === lengthOf(preds);
  if (!same) {
    throw new ShapeError(
      `${subject}: ${describe(labels, shape, "label")} cannot be compared with ${describe(preds, shape, "prediction")}; expected as many of both.`,
      {
        expected: isOne(labels) ? labels.shape : labels.length,
        actual: isOne(preds) ? preds.shape : preds.length,
      },
    );
  }
  return { labels: isOne(labels) ? [labels] : labels, preds: isOne(preds) ? [preds] : preds };
}
