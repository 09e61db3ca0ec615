import { ARITHMETIC, type ArithmeticName } from "./arithmetic.ts";
import { NDArray } from "./nd-array.ts";

/** Away from zero at halves, as C's `round`. */
function round(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

/** The nearest integer; of two equally near ones the lower, as MXNet's `rint`. */
function rint(value: number): number {
  const floor = Math.floor(value);
  return value - floor <= 0.5 ? floor : floor + 1;
}

/** The functions of one array, each element by itself. */
const UNARY = {
  negative: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  cbrt: Math.cbrt,
  rcbrt: (x) => 1 / Math.cbrt(x),
  reciprocal: (x) => 1 / x,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  degrees: (x) => (x * 180) / Math.PI,
  radians: (x) => (x * Math.PI) / 180,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  fix: Math.trunc,
  round,
  rint,
  relu: (x) => (Number.isNaN(x) || x > 0 ? x : 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  hard_sigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  softsign: (x) => x / (1 + Math.abs(x)),
  logical_not: (x) => (x === 0 ? 1 : 0),
} as const satisfies Record<string, (x: number) => number>;

/** The names under which MXNet offers two-array functions, and the arithmetic of each. */
const BINARY = {
  maximum: "maximum",
  minimum: "minimum",
  modulo: "mod",
  power: "power",
  add: "add",
  subtract: "sub",
  multiply: "mul",
  divide: "div",
  equal: "equal",
  not_equal: "not_equal",
  greater: "greater",
  greater_equal: "greater_equal",
  lesser: "lesser",
  lesser_equal: "lesser_equal",
  logical_and: "logical_and",
  logical_or: "logical_or",
  logical_xor: "logical_xor",
  elemwise_add: "add",
  elemwise_sub: "sub",
  elemwise_mul: "mul",
  elemwise_div: "div",
  broadcast_add: "add",
  broadcast_plus: "add",
  broadcast_sub: "sub",
  broadcast_minus: "sub",
  broadcast_mul: "mul",
  broadcast_div: "div",
  broadcast_mod: "mod",
  broadcast_power: "power",
  broadcast_maximum: "maximum",
  broadcast_minimum: "minimum",
  broadcast_hypot: "hypot",
  broadcast_equal: "equal",
  broadcast_not_equal: "not_equal",
  broadcast_greater: "greater",
  broadcast_greater_equal: "greater_equal",
  broadcast_lesser: "lesser",
  broadcast_lesser_equal: "lesser_equal",
  broadcast_logical_and: "logical_and",
  broadcast_logical_or: "logical_or",
  broadcast_logical_xor: "logical_xor",
} as const satisfies Record<string, ArithmeticName>;

type Unary = { readonly [K in keyof typeof UNARY]: (data: NDArray) => NDArray };
type Binary = { readonly [K in keyof typeof BINARY]: (lhs: NDArray | number, rhs: NDArray | number) => NDArray };

function binary(name: ArithmeticName, lhs: NDArray | number, rhs: NDArray | number): NDArray {
  if (typeof lhs !== "number") return lhs.binary(name, rhs);
  if (typeof rhs !== "number") return NDArray.full([1], lhs, rhs.dtype).binary(name, rhs);
  return NDArray.full([1], ARITHMETIC[name](lhs, rhs));
}

/** MXNet's elementwise functions, by their names in `mx.nd`. Pairs broadcast, and one of a pair may be a number. */
export const elementwise = {
  // Object.fromEntries forgets the keys; they are those of the tables above.
  ...(Object.fromEntries(
    Object.entries(UNARY).map(([name, operation]) => [name, (data: NDArray) => data.map(operation)]),
  ) as Unary),
  ...(Object.fromEntries(
    Object.entries(BINARY).map(([name, operation]) => [
      name,
      (lhs: NDArray | number, rhs: NDArray | number) => binary(operation, lhs, rhs),
    ]),
  ) as Binary),
  clip(data: NDArray, a_min: number, a_max: number): NDArray {
    return data.map((x) => (x < a_min ? a_min : x > a_max ? a_max : x));
  },
  /** 0.5 (s x)^2 where |x| < 1/s^2, |x| - 0.5/s^2 elsewhere, s = `scalar`. */
  smooth_l1(data: NDArray, { scalar = 1 }: { readonly scalar?: number } = {}): NDArray {
    const limit = 1 / scalar ** 2;
    return data.map((x) => (Math.abs(x) < limit ? 0.5 * (scalar * x) ** 2 : Math.abs(x) - 0.5 * limit));
  },
  /** Elements of `x` where the condition is not 0, of `y` elsewhere; a 1-D condition chooses rows. */
  where(condition: NDArray, x: NDArray, y: NDArray): NDArray {
    const chosen = condition.numbers();
    const left = x.numbers();
    const right = y.numbers();
    const step = x.size / condition.size;
    return NDArray.build(x.dtype, x.shape, (target) => {
      for (let i = 0; i < target.length; i++) {
        target[i] = (chosen[Math.floor(i / step)] !== 0 ? left[i] : right[i]) ?? 0;
      }
    });
  },
};
