import type { DType, HostArray, Shape } from "@mxgraft/base";
import { NDArray } from "./nd-array.ts";
import type { Nested } from "./nested.ts";

/** What the functions that make arrays take last, as keyword arguments in Python. */
export interface CreationOptions {
  readonly dtype?: DType;
}

/** MXNet's functions that make arrays, by their names in `mx.nd`. */
export const creation = {
  zeros: (shape: Shape | number, { dtype }: CreationOptions = {}): NDArray => NDArray.zeros(shape, dtype),
  ones: (shape: Shape | number, { dtype }: CreationOptions = {}): NDArray => NDArray.ones(shape, dtype),
  full: (shape: Shape | number, val: number, { dtype }: CreationOptions = {}): NDArray =>
    NDArray.full(shape, val, dtype),
  empty: (shape: Shape | number, { dtype }: CreationOptions = {}): NDArray => NDArray.empty(shape, dtype),
  array: (
    source: NDArray | HostArray | readonly Nested[] | ArrayLike<number>,
    { dtype }: CreationOptions = {},
  ): NDArray => NDArray.array(source, dtype),
  zeros_like: (data: NDArray): NDArray => NDArray.zeros(data.shape, data.dtype),
  ones_like: (data: NDArray): NDArray => NDArray.ones(data.shape, data.dtype),
  /** `start, start + step, ...` below `stop`, each `repeat` times; one argument is the stop. */
  arange(
    start: number,
    stop?: number | null,
    {
      step = 1,
      repeat = 1,
      dtype = "float32",
    }: CreationOptions & { readonly step?: number; readonly repeat?: number } = {},
  ): NDArray {
    const [first, end] = stop === undefined || stop === null ? [0, start] : [start, stop];
    const count = Math.max(0, Math.ceil((end - first) / step)) * repeat;
    return NDArray.build(dtype, [count], (target) => {
      for (let i = 0; i < count; i++) target[i] = first + Math.floor(i / repeat) * step;
    });
  },
  /** Ones on the diagonal of `N` rows and `M` columns, as many as rows when 0. */
  eye(N: number, M = 0, { dtype = "float32" }: CreationOptions = {}): NDArray {
    const columns = M || N;
    return NDArray.build(dtype, [N, columns], (target) => {
      for (let i = 0; i < Math.min(N, columns); i++) target[i * columns + i] = 1;
    });
  },
};
