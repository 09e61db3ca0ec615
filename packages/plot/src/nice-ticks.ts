/** Round numbers that cover a range, and how to write them. */
export interface Ticks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
}

/** The step of 1, 2 or 5 times a power of ten that divides the range into about `count` parts. */
function niceStep(range: number, count: number): number {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  if (factor < 1.5) return power;
  if (factor < 3.5) return 2 * power;
  return factor < 7.5 ? 5 * power : 10 * power;
}

/** A tick as text, with a real minus sign; numbers far from 1 in powers of ten. */
function tickLabel(value: number, step: number, largest: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text =
    largest >= 1e5 || digits > 4
      ? value.toExponential(Math.max(0, exponent(value) - exponent(step)))
      : value.toFixed(digits);
  return text.replace("-", "\u2212").replace("e-", "e\u2212").replace("e+", "e");
}

function exponent(value: number): number {
  return Math.floor(Math.log10(Math.abs(value)) + 1e-9);
}

/**
 * Ticks at multiples of 1, 2 or 5 times a power of ten, from the first inside the range to the last.
 *
 * @param count  about how many intervals there should be.
 * @param whole  whether only whole numbers make sense, as for epochs.
 */
export function niceTicks(low: number, high: number, count = 5, whole = false): Ticks {
  const range = high - low;
  if (!(range > 0) || !Number.isFinite(range))
    return { values: [low], labels: [tickLabel(low, Math.abs(low) || 1, Math.abs(low))] };
  const step = Math.max(niceStep(range, count), whole ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  return { values, labels: values.map((value) => tickLabel(Math.abs(value) < step / 2 ? 0 : value, step, largest)) };
}
