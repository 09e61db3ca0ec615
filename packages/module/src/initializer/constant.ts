import { equalShapes, formatShape, type HostArray, numberAt, ShapeError } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { type OptionRule, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/** Numbers in rows, `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

function isNestedNumbers(value: unknown): value is NestedNumbers {
  return typeof value === "number" || (Array.isArray(value) && value.every(isNestedNumbers));
}

function isHostArray(value: unknown): value is HostArray {
  return typeof value === "object" && value !== null && "dtype" in value && "shape" in value && "data" in value;
}

const valueRule: OptionRule<NestedNumbers | HostArray> = {
  expected: "a number or an array of numbers",
  parse: (value) => (isNestedNumbers(value) || isHostArray(value) ? value : undefined),
};

function shapeOf(value: NestedNumbers): number[] {
  return typeof value === "number" ? [] : [value.length, ...(value[0] === undefined ? [] : shapeOf(value[0]))];
}

function flatten(value: NestedNumbers): number[] {
  return typeof value === "number" ? [value] : value.flatMap(flatten);
}

function nested(numbers: readonly number[], shape: readonly number[]): NestedNumbers {
  const [length, ...inner] = shape;
  if (length === undefined) return numbers[0] ?? 0;
  const step = numbers.length / Math.max(1, length);
  return Array.from({ length }, (_, i) => nested(numbers.slice(i * step, (i + 1) * step), inner));
}

/**
 * Weights of a given value.
 *
 * @param value  a number, or an array of the parameter's shape.
 */
export class Constant extends Initializer {
  readonly #shape: readonly number[];
  readonly #numbers: readonly number[];

  constructor(options: number | { readonly value?: NestedNumbers | HostArray }) {
    const given = typeof options === "number" ? { value: options } : options;
    const { value } = readOptions('Initializer "constant"', given, { value: valueRule });
    const shape = isHostArray(value) ? value.shape : shapeOf(value);
    const numbers = isHostArray(value)
      ? Array.from({ length: value.data.length }, (_, i) => numberAt(value.data, value.dtype, i))
      : flatten(value);
    super("constant", { value: nested(numbers, shape) });
    this.#shape = shape;
    this.#numbers = numbers;
  }

  /** @throws ShapeError  the value is an array of another shape. */
  override initWeight(name: string, array: HostArray): void {
    const [first = 0] = this.#numbers;
    if (this.#numbers.length === 1) {
      fillArray(array, () => first);
      return;
    }
    if (!equalShapes(this.#shape, array.shape)) {
      throw new ShapeError(
        `Parameter "${name}" has shape ${formatShape(array.shape)}, the constant for it ${formatShape(this.#shape)}; expected the same, or one number.`,
        { argument: name, expected: array.shape, actual: this.#shape },
      );
    }
    fillArray(array, (i) => this.#numbers[i] ?? 0);
  }
}
