import type { Random } from "@mxgraft/base";

const WARM_UP = 32;

/**
 * Fills an array from random 32-bit integers: Marsaglia's xorshift128, started from a stream of ours. An operator needs
 * a number for each element in every step, which the stream itself would take ten times as long to give.
 */
export function randomFill(size: number, random: Random, toValue: (bits: number) => number): Float32Array {
  const values = new Float32Array(size);
  let x = random.bits();
  let y = random.bits();
  let z = random.bits();
  // A state of zeros would stay zeros.
  let w = random.bits() | 1;
  // The first numbers still show the state it starts from.
  for (let i = -WARM_UP; i < size; i++) {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    if (i >= 0) values[i] = toValue(w >>> 0);
  }
  return values;
}
