/** Numbers as people read them: thin spaces between thousands, a real minus sign. */
export function count(value: number | null): string {
  return value === null || !Number.isFinite(value)
    ? "–"
    : Math.round(value).toLocaleString("en-US").replaceAll(",", "\u202f");
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}\u202f%` : "–";
}

/** Two or three digits that count. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replaceAll("-", "−").replace("e+", "e");
}

export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 10_000
    ? `${(value / 1000).toFixed(1)}\u202fs`
    : `${value >= 100 ? value.toFixed(0) : value.toFixed(1)}\u202fms`;
}

/** `2.1 million`, for counts that nobody reads to the last digit. */
export function rough(value: number | null): string {
  if (value === null) return "unknown";
  if (value >= 1e9) return `${short(value / 1e9)} billion`;
  return value >= 1e6 ? `${short(value / 1e6)} million` : count(value);
}
