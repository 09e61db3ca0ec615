import {
  castHostArray,
  DTYPES,
  type DType,
  DTypeError,
  equalShapes,
  formatShape,
  type HostArray,
  normalizeAxis,
  numberAt,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
  type TypedArray,
  UsageError,
} from "@mxgraft/base";
import { ARITHMETIC, type ArithmeticName } from "./arithmetic.ts";
import { type AxisIndex, positiveIndex, pythonRange } from "./axis-index.ts";
import { broadcastShapes, combine } from "./broadcast.ts";
import { flattenNested, type Nested } from "./nested.ts";
import { buildNumbers, type NumberArray, numbersOf, storeNumbers } from "./numbers.ts";
import { REDUCTIONS, type ReduceOptions, reducedAxes, reducedShape, reduceInto } from "./reduce.ts";
import { reshapeShape } from "./reshape-shape.ts";

/** What can be assigned to an array: it is cast to the array's data type and stretched to its shape. */
export type NDArraySource = NDArray | HostArray | ArrayLike<number> | number;

/**
 * MXNet's NDArray in JavaScript memory, for custom operators ported line by line from Python. Always row-major and
 * contiguous. Rows, slices along the first axis and reshapes are views that share memory with it, as in MXNet;
 * everything else is a copy. Python's operators are methods:
 *
 *   x + y, x += y     x.add(y), x.addInPlace(y)
 *   x[i], x[a:b]      x.at(i), x.slice(a, b)
 *   x[:] = y          x.set(y)
 *   x[i] = y          x.setAt(i, y)
 *   x[:, 1:3] = y     x.setAt([null, { begin: 1, end: 3 }], y)
 *   2 - x, 1 / x      x.rsub(2), x.rdiv(1)
 *   x == y, x > y     x.equal(y), x.greater(y): 1 and 0 in the data type of x
 *
 * Two arrays must have one data type; a number takes the array's. Results are rounded to the data type once for each
 * method; int64 is exact up to 2^53 in arithmetic.
 */
export class NDArray {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly #data: TypedArray;

  /** @param data  the elements, used as they are: what is written to the array is written there. */
  constructor(dtype: DType, shape: Shape, data?: TypedArray) {
    this.dtype = dtype;
    this.shape = [...shape];
    this.#data = data ?? new DTYPES[dtype].array(sizeOf(shape));
    if (this.#data.length !== sizeOf(shape)) {
      throw new ShapeError(
        `An array of shape ${formatShape(shape)} has ${sizeOf(shape)} elements; ${this.#data.length} were given.`,
        { expected: sizeOf(shape), actual: this.#data.length },
      );
    }
  }

  static zeros(shape: Shape | number, dtype: DType = "float32"): NDArray {
    return new NDArray(dtype, typeof shape === "number" ? [shape] : shape);
  }

  static ones(shape: Shape | number, dtype: DType = "float32"): NDArray {
    return NDArray.full(shape, 1, dtype);
  }

  static full(shape: Shape | number, value: number, dtype: DType = "float32"): NDArray {
    const array = NDArray.zeros(shape, dtype);
    array.set(value);
    return array;
  }

  /** As `zeros`: JavaScript gives no uninitialised memory. */
  static empty(shape: Shape | number, dtype: DType = "float32"): NDArray {
    return NDArray.zeros(shape, dtype);
  }

  /** A new array from numbers, lists of lists, a typed array (1-D) or another array; float32 unless said or known. */
  static array(source: NDArray | HostArray | readonly Nested[] | ArrayLike<number>, dtype?: DType): NDArray {
    if (source instanceof NDArray) return source.astype(dtype ?? source.dtype);
    if (isHostArray(source)) return NDArray.fromHost(castHostArray(source, dtype ?? source.dtype));
    const { shape, values } = Array.isArray(source)
      ? flattenNested(source)
      : { shape: [source.length], values: source as ArrayLike<number> };
    return NDArray.build(dtype ?? "float32", shape, (target) => target.set(values));
  }

  /** An array over the memory of a host array. */
  static fromHost(host: HostArray): NDArray {
    return new NDArray(host.dtype, host.shape, host.data);
  }

  /** A new array whose elements `fill` writes as plain numbers. */
  static build(dtype: DType, shape: Shape, fill: (target: NumberArray) => void): NDArray {
    return new NDArray(dtype, shape, buildNumbers(dtype, sizeOf(shape), fill));
  }

  get size(): number {
    return this.#data.length;
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** The elements as plain numbers, to read only: the array's own memory where the data type allows. */
  numbers(): NumberArray {
    return numbersOf(this.#data);
  }

  /** A copy of the elements, row-major; float16 as float32, int64 as float64. */
  asnumpy(): NumberArray {
    const numbers = this.numbers();
    return numbers === this.#data ? numbers.slice() : numbers;
  }

  /** @throws UsageError  the array has more than one element. */
  asscalar(): number {
    if (this.size !== 1) {
      throw new UsageError(
        `asscalar: an array of shape ${formatShape(this.shape)} is no scalar, expected one element.`,
        {
          expected: 1,
          actual: this.size,
        },
      );
    }
    return numberAt(this.#data, this.dtype, 0);
  }

  /** The array as host data, sharing its memory. */
  toHost(): HostArray {
    return { dtype: this.dtype, shape: this.shape, data: this.#data };
  }

  // Views and copies

  /** Row `index` along the first axis, sharing memory; -1 is the last. A row of a 1-D array has shape (1,), as in MXNet. */
  at(index: number): NDArray {
    const row = positiveIndex(index, this.shape[0] ?? 0, this.shape);
    const rest = this.shape.slice(1);
    const step = sizeOf(rest);
    return new NDArray(this.dtype, rest.length === 0 ? [1] : rest, this.#data.subarray(row * step, (row + 1) * step));
  }

  /** Rows `begin..end-1`, sharing memory; ends as in Python: cut to the array, counted from the end when negative. */
  slice(begin: number | null = null, end: number | null = null): NDArray {
    const range = pythonRange({ begin, end }, this.shape[0] ?? 0);
    const rest = this.shape.slice(1);
    const step = sizeOf(rest);
    const stop = range.start + range.count;
    return new NDArray(this.dtype, [range.count, ...rest], this.#data.subarray(range.start * step, stop * step));
  }

  /** A copy of the part that an index for each of the leading axes picks out, `x[:, 1]`. */
  get(index: readonly AxisIndex[]): NDArray {
    const { shape, offsets } = this.#pick(index);
    return this.#gather(shape, offsets);
  }

  /** `x[:] = src`. */
  set(src: NDArraySource): void {
    if (typeof src === "number") {
      const one = buildNumbers(this.dtype, 1, (target) => target.fill(src));
      fillWith(this.#data, one);
      return;
    }
    const source = this.#source(src);
    if (source.size === this.size && (source.shape.length === 1 || sameButOnes(source.shape, this.shape))) {
      this.#store(source);
      return;
    }
    const shape = broadcastShapes(this.shape, source.shape, "set");
    if (!equalShapes(shape, this.shape)) {
      throw new ShapeError(
        `set: an array of shape ${formatShape(source.shape)} does not fit into one of shape ${formatShape(this.shape)}.`,
        { expected: this.shape, actual: source.shape },
      );
    }
    this.#write((target) =>
      combine(
        (_, right) => right,
        { values: new Float64Array(this.size), shape },
        { values: source.#detached(this), shape: source.shape },
        shape,
        target,
      ),
    );
  }

  /** `x[i] = src`, or `x[i, a:b] = src` with an index for each of the leading axes. */
  setAt(index: number | readonly AxisIndex[], src: NDArraySource): void {
    if (typeof index === "number") {
      this.at(index).set(src);
      return;
    }
    const { shape, offsets } = this.#pick(index);
    const part = NDArray.zeros(shape, this.dtype);
    part.set(src);
    for (const [i, offset] of offsets.entries()) this.#data[offset] = part.#data[i] as number;
  }

  /** `x[begin:end] = src`. */
  setSlice(begin: number | null, end: number | null, src: NDArraySource): void {
    this.slice(begin, end).set(src);
  }

  /** The same elements in another shape, sharing memory; 0, -1, -2, -3 and -4 as in MXNet. */
  reshape(...shape: readonly number[] | [Shape]): NDArray {
    const [first] = shape;
    const codes = typeof first === "object" ? first : (shape as readonly number[]);
    return new NDArray(this.dtype, reshapeShape(this.shape, codes), this.#data);
  }

  /** A copy with the axes in another order, by default reversed. */
  transpose(axes: readonly number[] = [...this.shape.keys()].reverse()): NDArray {
    const order = axes.map((axis) => normalizeAxis(axis, this.ndim, "transpose"));
    if (new Set(order).size !== this.ndim) {
      throw new ShapeError(`transpose: (${axes.join(", ")}) is no order of ${this.ndim} axes.`, { actual: axes });
    }
    const shape = order.map((axis) => this.shape[axis] ?? 1);
    const steps = stridesOf(this.shape);
    let offsets = [0];
    for (const [i, axis] of order.entries()) offsets = spread(offsets, shape[i] ?? 1, 0, steps[axis] ?? 0);
    return this.#gather(shape, offsets);
  }

  /** The transpose, a copy. */
  get T(): NDArray {
    return this.transpose();
  }

  /** A copy in another data type, by C's rules for casts. */
  astype(dtype: DType): NDArray {
    return NDArray.fromHost(castHostArray(this.toHost(), dtype));
  }

  copy(): NDArray {
    return new NDArray(this.dtype, this.shape, this.#data.slice());
  }

  /** Writes the elements into another array of the same shape, cast to its data type, and returns that. */
  copyto(other: NDArray): NDArray {
    if (!equalShapes(this.shape, other.shape)) {
      throw new ShapeError(
        `copyto: shape ${formatShape(this.shape)} is not that of the target, ${formatShape(other.shape)}.`,
        { expected: other.shape, actual: this.shape },
      );
    }
    other.set(this);
    return other;
  }

  // Arithmetic; everything broadcasts

  add(other: NDArray | number): NDArray {
    return this.binary("add", other);
  }

  sub(other: NDArray | number): NDArray {
    return this.binary("sub", other);
  }

  mul(other: NDArray | number): NDArray {
    return this.binary("mul", other);
  }

  div(other: NDArray | number): NDArray {
    return this.binary("div", other);
  }

  /** The sign of the divisor, as in Python; 0 for a divisor of 0. */
  mod(other: NDArray | number): NDArray {
    return this.binary("mod", other);
  }

  pow(other: NDArray | number): NDArray {
    return this.binary("power", other);
  }

  neg(): NDArray {
    return this.map((value) => -value);
  }

  abs(): NDArray {
    return this.map(Math.abs);
  }

  /** `other - x`. */
  rsub(other: number): NDArray {
    const constant = constantOf(other, this.dtype);
    return this.map((value) => constant - value);
  }

  /** `other / x`. */
  rdiv(other: number): NDArray {
    const constant = constantOf(other, this.dtype);
    return this.map((value) => constant / value);
  }

  /** `other % x`. */
  rmod(other: number): NDArray {
    const constant = constantOf(other, this.dtype);
    return this.map((value) => ARITHMETIC.mod(constant, value));
  }

  /** `other ** x`. */
  rpow(other: number): NDArray {
    const constant = constantOf(other, this.dtype);
    return this.map((value) => constant ** value);
  }

  equal(other: NDArray | number): NDArray {
    return this.binary("equal", other);
  }

  notEqual(other: NDArray | number): NDArray {
    return this.binary("not_equal", other);
  }

  greater(other: NDArray | number): NDArray {
    return this.binary("greater", other);
  }

  greaterEqual(other: NDArray | number): NDArray {
    return this.binary("greater_equal", other);
  }

  lesser(other: NDArray | number): NDArray {
    return this.binary("lesser", other);
  }

  lesserEqual(other: NDArray | number): NDArray {
    return this.binary("lesser_equal", other);
  }

  /** `x += other`; returns the array itself. */
  addInPlace(other: NDArray | number): this {
    return this.#updateBy("add", other);
  }

  /** `x -= other`. */
  subInPlace(other: NDArray | number): this {
    return this.#updateBy("sub", other);
  }

  /** `x *= other`. */
  mulInPlace(other: NDArray | number): this {
    return this.#updateBy("mul", other);
  }

  /** `x /= other`. */
  divInPlace(other: NDArray | number): this {
    return this.#updateBy("div", other);
  }

  /** A new array of one of the named operations on each pair of elements; the functions of `nd` come from here. */
  binary(name: ArithmeticName, other: NDArray | number): NDArray {
    if (typeof other === "number") {
      const constant = constantOf(other, this.dtype);
      return this.map((value) => ARITHMETIC[name](value, constant));
    }
    this.#checkType(name, other);
    const shape = broadcastShapes(this.shape, other.shape, name);
    return NDArray.build(this.dtype, shape, (target) =>
      combine(
        ARITHMETIC[name],
        { values: this.numbers(), shape: this.shape },
        { values: other.numbers(), shape: other.shape },
        shape,
        target,
      ),
    );
  }

  /** A new array of a function of each element. */
  map(operation: (value: number) => number): NDArray {
    return NDArray.build(this.dtype, this.shape, (target) => {
      const numbers = this.numbers();
      for (let i = 0; i < target.length; i++) target[i] = operation(numbers[i] ?? 0);
    });
  }

  // Reductions

  sum(options: ReduceOptions = {}): NDArray {
    return this.reduce("sum", options);
  }

  mean(options: ReduceOptions = {}): NDArray {
    return this.reduce("mean", options);
  }

  prod(options: ReduceOptions = {}): NDArray {
    return this.reduce("prod", options);
  }

  max(options: ReduceOptions = {}): NDArray {
    return this.reduce("max", options);
  }

  min(options: ReduceOptions = {}): NDArray {
    return this.reduce("min", options);
  }

  /** Position of the first largest element, in the data type of the array. */
  argmax(options: ReduceOptions = {}): NDArray {
    return this.reduce("argmax", options);
  }

  /** Position of the first smallest element, in the data type of the array. */
  argmin(options: ReduceOptions = {}): NDArray {
    return this.reduce("argmin", options);
  }

  /** One of the named reductions over some axes; a result of one number has shape (1,). */
  reduce(name: keyof typeof REDUCTIONS, options: ReduceOptions = {}): NDArray {
    const axes = reducedAxes(this.shape, options, name);
    const shape = reducedShape(this.shape, axes, options.keepdims ?? false);
    return NDArray.build(this.dtype, shape, (target) =>
      reduceInto(this.numbers(), this.shape, axes, target, REDUCTIONS[name]),
    );
  }

  toString(): string {
    const shown = [...this.numbers().subarray(0, 8)].map((value) => String(value)).join(", ");
    return `NDArray ${formatShape(this.shape)} ${this.dtype} [${shown}${this.size > 8 ? ", ..." : ""}]`;
  }

  #source(src: NDArray | HostArray | ArrayLike<number>): NDArray {
    if (src instanceof NDArray) return src;
    if (isHostArray(src)) return NDArray.fromHost(src);
    return new NDArray("float64", [src.length], Float64Array.from(src));
  }

  #store(source: NDArray): void {
    if (source.dtype === this.dtype) copyElements(source.#data, this.#data);
    else copyElements(castHostArray(source.toHost(), this.dtype).data, this.#data);
  }

  /** Lets `fill` write plain numbers over the array. */
  #write(fill: (target: NumberArray) => void): void {
    const numbers = this.numbers();
    if (numbers === this.#data && this.dtype !== "bool") {
      fill(numbers);
    } else {
      const values = Float64Array.from(numbers);
      fill(values);
      storeNumbers(values, this.dtype, this.#data);
    }
  }

  /** The elements, copied when writing to `target` would change them on the way. */
  #detached(target: NDArray): NumberArray {
    const numbers = this.numbers();
    return numbers.buffer === target.#data.buffer && this !== target ? numbers.slice() : numbers;
  }

  #updateBy(name: ArithmeticName, other: NDArray | number): this {
    const shape = typeof other === "number" ? this.shape : broadcastShapes(this.shape, other.shape, name);
    if (!equalShapes(shape, this.shape)) {
      throw new ShapeError(
        `${name}InPlace: the result of shape ${formatShape(shape)} does not fit into ${formatShape(this.shape)}.`,
        { expected: this.shape, actual: shape },
      );
    }
    if (typeof other !== "number") this.#checkType(name, other);
    const right =
      typeof other === "number"
        ? { values: Float64Array.of(constantOf(other, this.dtype)), shape: [1] }
        : { values: other.#detached(this), shape: other.shape };
    this.#write((target) => combine(ARITHMETIC[name], { values: target, shape }, right, shape, target));
    return this;
  }

  #checkType(name: string, other: NDArray): void {
    if (other.dtype === this.dtype) return;
    throw new DTypeError(`${name}: data types ${this.dtype} and ${other.dtype} differ. Convert one with astype().`, {
      expected: this.dtype,
      actual: other.dtype,
    });
  }

  #pick(index: readonly AxisIndex[]): { shape: Shape; offsets: readonly number[] } {
    if (index.length > this.ndim) {
      throw new ShapeError(
        `${index.length} indices were given for the ${this.ndim} axes of ${formatShape(this.shape)}.`,
        {
          expected: this.ndim,
          actual: index.length,
        },
      );
    }
    const steps = stridesOf(this.shape);
    const shape: number[] = [];
    let offsets = [0];
    for (const [axis, size] of this.shape.entries()) {
      const part = index[axis] ?? null;
      const step = steps[axis] ?? 1;
      if (typeof part === "number") {
        const at = positiveIndex(part, size, this.shape);
        offsets = offsets.map((offset) => offset + at * step);
      } else {
        const range = pythonRange(part ?? {}, size);
        shape.push(range.count);
        offsets = spread(offsets, range.count, range.start * step, range.step * step);
      }
    }
    return { shape: shape.length === 0 ? [1] : shape, offsets };
  }

  #gather(shape: Shape, offsets: readonly number[]): NDArray {
    const data = new DTYPES[this.dtype].array(offsets.length);
    const source = this.#data;
    for (let i = 0; i < offsets.length; i++) data[i] = source[offsets[i] ?? 0] as number;
    return new NDArray(this.dtype, shape, data);
  }
}

function isHostArray(value: HostArray | ArrayLike<number> | readonly Nested[]): value is HostArray {
  return "dtype" in value && "data" in value;
}

/** A number as it would be stored beside elements of a data type. */
function constantOf(value: number, dtype: DType): number {
  return dtype === "float32" ? Math.fround(value) : dtype.includes("int") ? Math.trunc(value) : value;
}

// The two arrays below have one data type, which the checker cannot see through the union; the element casts say so.

function copyElements(from: TypedArray, to: TypedArray): void {
  (to as Float64Array).set(from as Float64Array);
}

function fillWith(target: TypedArray, one: TypedArray): void {
  (target as Float64Array).fill(one[0] as number);
}

/** Whether two shapes are equal after their leading axes of 1 are dropped. */
function sameButOnes(a: Shape, b: Shape): boolean {
  const rest = (shape: Shape) => shape.slice(shape.findIndex((size) => size !== 1) >>> 0);
  return equalShapes(rest(a), rest(b));
}

function spread(offsets: readonly number[], count: number, start: number, step: number): number[] {
  const next = new Array<number>(offsets.length * count);
  let at = 0;
  for (const offset of offsets) {
    for (let i = 0; i < count; i++) next[at++] = offset + start + i * step;
  }
  return next;
}
