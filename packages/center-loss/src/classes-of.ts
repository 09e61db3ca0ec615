import { ValueError } from "@mxgraft/base";

/**
 * The class index of each row of a batch: labels with their fractions cut off, as MXNet's `int()` does.
 *
 * MXNet lets a negative label wrap to the last classes; here a label out of range is an error.
 *
 * @param labels    one number a row.
 * @param numClass  how many classes there are.
 * @throws ValueError  naming the first row whose label is no class index, and how many there are.
 */
export function classesOf(labels: ArrayLike<number>, numClass: number): Int32Array {
  const classes = new Int32Array(labels.length);
  let wrong = 0;
  let first = -1;
  for (let row = 0; row < classes.length; row++) {
    const index = Math.trunc(labels[row] ?? Number.NaN);
    if (index >= 0 && index < numClass) {
      classes[row] = index;
      continue;
    }
    if (wrong === 0) first = row;
    wrong += 1;
  }
  if (wrong > 0) {
    const others = wrong > 1 ? `; so are ${wrong - 1} more of ${labels.length} rows` : "";
    throw new ValueError(
      `argument "label" is ${labels[first]} in row ${first}, out of range, expected a class index 0..${numClass - 1} (num_class is ${numClass})${others}.`,
      { operator: "centerloss", argument: "label", row: first, actual: labels[first], expected: [0, numClass - 1] },
    );
  }
  return classes;
}
