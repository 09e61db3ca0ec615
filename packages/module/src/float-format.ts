/** A number as C's `%f` with some digits after the point writes it, as log lines of MXNet have it. */
export function floatFormat(value: number, digits = 6): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return value.toFixed(digits);
}
