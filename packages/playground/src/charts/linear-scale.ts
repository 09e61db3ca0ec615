/** From values to places on a screen, along a straight line. */
export interface LinearScale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** A domain without length puts everything into the middle. */
export function place({ domain: [low, high], range: [from, to] }: LinearScale, value: number): number {
  return high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
}

/** The value at a place: the inverse of `place`. */
export function valueAt({ domain: [low, high], range: [from, to] }: LinearScale, at: number): number {
  return to === from ? low : low + ((at - from) / (to - from)) * (high - low);
}

/**
 * From 0 to a little above nearly all values: what lies above the share `keep` may leave the chart, so that one early
 * outlier does not flatten the rest.
 */
export function domainFromZero(lists: readonly (readonly number[])[], keep = 0.98): [number, number] {
  const values = lists
    .flat()
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const top = values[Math.min(values.length - 1, Math.floor(values.length * keep))] ?? 1;
  return [0, top > 0 ? top * 1.08 : 1];
}
