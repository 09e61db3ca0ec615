/** The distinct classes of a batch, in the order they first occur. */
export interface Occurrences {
  /** (K) classes. */
  readonly distinct: Int32Array;
  /** (N) which of the K classes each row has. */
  readonly group: Int32Array;
  /** (K) how many rows each class has. */
  readonly count: Int32Array;
}

/** Groups the rows of a batch by class, in a time that grows with the batch and not with the number of classes. */
export function occurrencesOf(classes: Int32Array): Occurrences {
  const groupOf = new Map<number, number>();
  const group = new Int32Array(classes.length);
  const count = new Int32Array(classes.length);
  for (const [row, index] of classes.entries()) {
    const known = groupOf.get(index) ?? groupOf.size;
    if (known === groupOf.size) groupOf.set(index, known);
    group[row] = known;
    count[known] = (count[known] ?? 0) + 1;
  }
  return { distinct: Int32Array.from(groupOf.keys()), group, count: count.slice(0, groupOf.size) };
}
