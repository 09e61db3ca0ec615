const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** The number that 16 bits of an IEEE 754 half stand for. */
export function float16ToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bits of the half nearest to a number, ties to even; what is too large becomes an infinity. */
export function numberToFloat16(value: number): number {
  scratch[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below the smallest normal half: count units of 2^-24.
    const units = Math.abs(scratch[0] ?? 0) * 2 ** 24;
    const floor = Math.floor(units);
    const rest = units - floor;
    const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
    return sign | rounded;
  }
  const rebiased = magnitude - 0x38000000;
  const roundUp = (rebiased & 0x1fff) > 0x1000 || (rebiased & 0x3fff) === 0x3000 ? 1 : 0;
  return sign | ((rebiased >>> 13) + roundUp);
}
