import { normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { broadcastShapes } from "./broadcast.ts";
import { NDArray } from "./nd-array.ts";
import { splitAxes } from "./split-axes.ts";

function only(axis: number, part: { begin?: number | null; end?: number | null; step?: number }) {
  return [...Array.from({ length: axis }, () => null), part];
}

/** MXNet's functions that arrange elements anew, by their names in `mx.nd`. All but `reshape` and `flatten` copy. */
export const arrangement = {
  reshape: (data: NDArray, { shape }: { readonly shape: Shape }): NDArray => data.reshape(shape),
  /** Two axes: the first, and the rest in one. */
  flatten: (data: NDArray): NDArray => data.reshape(0, -1),
  transpose: (data: NDArray, { axes }: { readonly axes?: readonly number[] } = {}): NDArray => data.transpose(axes),
  swapaxes(data: NDArray, { dim1 = 0, dim2 = 0 }: { readonly dim1?: number; readonly dim2?: number } = {}): NDArray {
    const axes = [...data.shape.keys()];
    [axes[dim1], axes[dim2]] = [axes[dim2] ?? dim2, axes[dim1] ?? dim1];
    return data.transpose(axes);
  },
  /** A new axis of size 1 before the given one. */
  expand_dims(data: NDArray, axis: number): NDArray {
    const at = normalizeAxis(axis, data.ndim + 1, "expand_dims");
    return data.reshape([...data.shape.slice(0, at), 1, ...data.shape.slice(at)]).copy();
  },
  /** Without the axes of size 1, or without the given one. */
  squeeze(data: NDArray, { axis }: { readonly axis?: number } = {}): NDArray {
    const at = axis === undefined ? undefined : normalizeAxis(axis, data.ndim, "squeeze");
    const shape = data.shape.filter((size, i) => size !== 1 || (at !== undefined && i !== at));
    return data.reshape(shape.length === 0 ? [1] : shape).copy();
  },
  broadcast_to(data: NDArray, { shape }: { readonly shape: Shape }): NDArray {
    const wanted = shape.map((size, i) => size || (data.shape[i] ?? 1));
    const target = NDArray.zeros(broadcastShapes(data.shape, wanted, "broadcast_to"), data.dtype);
    target.set(data);
    return target;
  },
  broadcast_like: (lhs: NDArray, rhs: NDArray): NDArray => arrangement.broadcast_to(lhs, { shape: rhs.shape }),
  /** Axes of size 1 stretched to a size each. */
  broadcast_axis(
    data: NDArray,
    { axis, size }: { readonly axis: number | readonly number[]; readonly size: number | readonly number[] },
  ): NDArray {
    const shape = [...data.shape];
    const sizes = typeof size === "number" ? [size] : size;
    for (const [i, one] of (typeof axis === "number" ? [axis] : axis).entries()) {
      shape[normalizeAxis(one, data.ndim, "broadcast_axis")] = sizes[i] ?? 1;
    }
    return arrangement.broadcast_to(data, { shape });
  },
  /** Arrays one after the other along an axis, by default the second. */
  concat(arrays: readonly NDArray[], { dim = 1 }: { readonly dim?: number } = {}): NDArray {
    const [first] = arrays;
    if (first === undefined) throw new ShapeError("concat: no arrays were given, expected at least one.");
    const axis = normalizeAxis(dim, first.ndim, "concat");
    for (const array of arrays) {
      if (array.ndim === first.ndim && array.shape.every((size, i) => i === axis || size === first.shape[i])) continue;
      throw new ShapeError(
        `concat: shapes (${first.shape.join(", ")}) and (${array.shape.join(", ")}) differ beside axis ${axis}.`,
        { expected: first.shape, actual: array.shape },
      );
    }
    const shape = first.shape.map((size, i) =>
      i === axis ? arrays.reduce((sum, array) => sum + (array.shape[axis] ?? 0), 0) : size,
    );
    const whole = NDArray.zeros(shape, first.dtype);
    let begin = 0;
    for (const array of arrays) {
      const end = begin + (array.shape[axis] ?? 0);
      whole.setAt(only(axis, { begin, end }), array);
      begin = end;
    }
    return whole;
  },
  /** Arrays of one shape along a new axis, by default the first. */
  stack(arrays: readonly NDArray[], { axis = 0 }: { readonly axis?: number } = {}): NDArray {
    const at = normalizeAxis(axis, (arrays[0]?.ndim ?? 0) + 1, "stack");
    return arrangement.concat(
      arrays.map((array) => arrangement.expand_dims(array, at)),
      { dim: at },
    );
  },
  /** Equal parts along an axis, by default the second. */
  split(
    data: NDArray,
    options: { readonly num_outputs: number; readonly axis?: number; readonly squeeze_axis?: boolean },
  ): NDArray[] {
    const { num_outputs, axis = 1, squeeze_axis = false } = options;
    const at = normalizeAxis(axis, data.ndim, "split");
    const size = data.shape[at] ?? 1;
    if (size % num_outputs !== 0) {
      throw new ShapeError(`split: axis ${at} of size ${size} has no ${num_outputs} equal parts.`, { actual: size });
    }
    const each = size / num_outputs;
    return Array.from({ length: num_outputs }, (_, i) => {
      const part = data.get(only(at, { begin: i * each, end: (i + 1) * each }));
      return squeeze_axis ? arrangement.squeeze(part, { axis: at }) : part;
    });
  },
  slice_axis(
    data: NDArray,
    { axis, begin, end }: { readonly axis: number; readonly begin: number; readonly end: number | null },
  ): NDArray {
    return data.get(only(normalizeAxis(axis, data.ndim, "slice_axis"), { begin, end }));
  },
  slice(
    data: NDArray,
    options: {
      readonly begin: readonly (number | null)[];
      readonly end: readonly (number | null)[];
      readonly step?: readonly (number | null)[];
    },
  ): NDArray {
    return data.get(
      options.begin.map((begin, i) => ({ begin, end: options.end[i] ?? null, step: options.step?.[i] ?? 1 })),
    );
  },
  /** Reversed along an axis. */
  flip: (data: NDArray, { axis }: { readonly axis: number }): NDArray =>
    data.get(only(normalizeAxis(axis, data.ndim, "flip"), { step: -1 })),
  /** The whole array repeated, `reps` times along each axis. */
  tile(data: NDArray, { reps }: { readonly reps: number | readonly number[] }): NDArray {
    const counts = typeof reps === "number" ? [reps] : reps;
    const rank = Math.max(counts.length, data.ndim);
    let tiled = data.reshape([...Array.from({ length: rank - data.ndim }, () => 1), ...data.shape]).copy();
    for (let axis = 0; axis < rank; axis++) {
      const count = counts[axis - rank + counts.length] ?? 1;
      tiled = arrangement.concat(
        Array.from({ length: count }, () => tiled),
        { dim: axis },
      );
    }
    return tiled;
  },
  /** Each element (or slice along an axis) repeated. */
  repeat(data: NDArray, { repeats, axis }: { readonly repeats: number; readonly axis?: number }): NDArray {
    const from = axis === undefined ? data.reshape(-1) : data;
    const at = normalizeAxis(axis ?? 0, from.ndim, "repeat");
    const { before, along, after } = splitAxes(from.shape, at);
    const numbers = from.numbers();
    const shape = from.shape.map((size, i) => (i === at ? size * repeats : size));
    return NDArray.build(from.dtype, shape, (target) => {
      let to = 0;
      for (let block = 0; block < before * along; block++) {
        for (let i = 0; i < repeats; i++) {
          for (let j = 0; j < after; j++) target[to++] = numbers[block * after + j] ?? 0;
        }
      }
    });
  },
};
