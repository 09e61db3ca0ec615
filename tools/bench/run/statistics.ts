/** Lower quartile, median and upper quartile, in the unit of the samples. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/**
 * Quartiles by linear interpolation between the samples in order, as NumPy's `percentile` does.
 *
 * @throws RangeError  there are no samples.
 */
export function quartiles(samples: readonly number[]): Quartiles {
  if (samples.length === 0) throw new RangeError("quartiles: there are no samples, expected at least one.");
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (part: number) => {
    const place = part * (sorted.length - 1);
    const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
    return below + (above - below) * (place - Math.floor(place));
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** The three numbers of a quantity that was measured once. */
export function exactly(value: number): Quartiles {
  return { lower: value, median: value, upper: value };
}
