import type { Prepared } from "./protocol.ts";

export interface Tolerance {
  /** Largest difference, in parts of the larger of the two numbers. */
  readonly relative: number;
  /** Largest difference that is always fine. */
  readonly absolute: number;
}

/**
 * Whether two workers computed the same: times are compared only if they did.
 *
 * @returns what differs, or `undefined`. Names that only one of them gives are not compared, but one has to be.
 */
export function disagreement(
  ours: Prepared["check"],
  theirs: Prepared["check"],
  { relative, absolute }: Tolerance,
): string | undefined {
  let compared = 0;
  for (const [name, expected] of Object.entries(theirs)) {
    const actual = ours[name];
    if (actual === undefined) continue;
    if (actual.length !== expected.length) {
      return `"${name}" has ${actual.length} numbers with us and ${expected.length} with them`;
    }
    for (const [i, value] of expected.entries()) {
      const own = actual[i] ?? Number.NaN;
      compared++;
      // JSON has no NaN: a worker that computed one sends null, which equals nothing.
      const near = Math.abs(own - value) <= absolute + relative * Math.max(Math.abs(own), Math.abs(value));
      if (typeof value !== "number" || !near) return `"${name}"[${i}] is ${own} with us and ${value} with them`;
    }
  }
  return compared === 0 ? "they have no number in common to compare" : undefined;
}
