/**
 * The arithmetic of MXNet's elementwise operators on two numbers. Results are rounded to the data type when they are
 * stored; for float32 that equals float32 arithmetic, as one double operation on float32 operands rounds the same.
 */
export const ARITHMETIC = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  /** The sign of the divisor, as in Python; 0 for a divisor of 0. */
  mod(a, b) {
    if (b === 0) return 0;
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  },
  power: (a, b) => a ** b,
  maximum: (a, b) => (Number.isNaN(a) || a > b ? a : b),
  minimum: (a, b) => (Number.isNaN(a) || a < b ? a : b),
  hypot: (a, b) => Math.hypot(a, b),
  equal: (a, b) => (a === b ? 1 : 0),
  not_equal: (a, b) => (a !== b ? 1 : 0),
  greater: (a, b) => (a > b ? 1 : 0),
  greater_equal: (a, b) => (a >= b ? 1 : 0),
  lesser: (a, b) => (a < b ? 1 : 0),
  lesser_equal: (a, b) => (a <= b ? 1 : 0),
  logical_and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  logical_or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  logical_xor: (a, b) => ((a !== 0) !== (b !== 0) ? 1 : 0),
} as const satisfies Record<string, (a: number, b: number) => number>;

export type ArithmeticName = keyof typeof ARITHMETIC;
