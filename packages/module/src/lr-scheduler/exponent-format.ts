/** A number as C's `%0.5e` writes it: `5.00000e-03`. */
export function exponentFormat(value: number): string {
  const [mantissa = "", exponent = "+0"] = value.toExponential(5).split("e");
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}
