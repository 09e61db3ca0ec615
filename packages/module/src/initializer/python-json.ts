/**
 * JSON as Python's `json.dumps` spaces it: `["uniform", {"scale": 0.07}]`.
 *
 * @param floats  keys whose whole numbers Python holds as floats, so that 1 is written `1.0`.
 */
export function pythonJson(value: unknown, floats: readonly string[] = []): string {
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, floats)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => {
      const text = floats.includes(key) && Number.isInteger(item) ? `${item}.0` : pythonJson(item, floats);
      return `${JSON.stringify(key)}: ${text}`;
    });
    return `{${entries.join(", ")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
