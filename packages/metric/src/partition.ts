/** NumPy's order of numbers: NaN comes last. */
function less(a: number, b: number): boolean {
  // biome-ignore lint/suspicious/noSelfCompare: the only way to ask for NaN without a call in the inner loop
  return a < b || (b !== b && a === a);
}

/**
 * Indices of the values, so that the one at `kth` is where sorting would put it, with no larger one before it and no
 * smaller one behind: `numpy.argpartition`.
 *
 * Which of several equal values lie on which side is up to the algorithm, and the top-k accuracy of MXNet shows it; so
 * this takes NumPy 1.x's steps: selection sort for the first three, else quickselect around the median of three.
 * (NumPy changes to medians of five after 2 log2 N rounds, which only inputs made to be slow ever reach.)
 */
export function argPartition(values: ArrayLike<number>, kth: number): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  const at = (i: number) => values[order[i] ?? 0] ?? 0;
  const swap = (i: number, j: number) => {
    const index = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = index;
  };
  let low = 0;
  let high = order.length - 1;

  if (kth < 3) {
    for (let i = 0; i <= kth; i++) {
      let least = i;
      for (let k = i + 1; k <= high; k++) if (less(at(k), at(least))) least = k;
      swap(i, least);
    }
    return order;
  }
  if (kth === high) {
    let most = low;
    for (let k = low + 1; k <= high; k++) if (!less(at(k), at(most))) most = k;
    swap(kth, most);
    return order;
  }
  while (low + 1 < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (less(at(high), at(middle))) swap(high, middle);
    if (less(at(high), at(low))) swap(high, low);
    if (less(at(low), at(middle))) swap(low, middle);
    swap(middle, low + 1);

    const pivot = at(low);
    let left = low + 1;
    let right = high;
    for (;;) {
      do left++;
      while (less(at(left), pivot));
      do right--;
      while (less(pivot, at(right)));
      if (right < left) break;
      swap(left, right);
    }
    swap(low, right);
    if (right >= kth) high = right - 1;
    if (right <= kth) low = left;
  }
  if (high === low + 1 && less(at(high), at(low))) swap(high, low);
  return order;
}
