import {
  DTYPES,
  equalShapes,
  formatShape,
  type HostArray,
  hostArray,
  isKnown,
  MxgraftError,
  type Shape,
  sizeOf,
  UsageError,
} from "@mxgraft/base";
import { inferGraphShapes, type Symbol as MxSymbol } from "@mxgraft/symbol";

/** Inputs in pieces of as many rows each. */
export interface InputBatches {
  readonly count: number;
  /** Rows of each piece. */
  readonly batch: number;
  /** Rows of all pieces together. */
  readonly rows: number;
  /** Names of the inputs that are cut; the others are given whole. */
  readonly cut: readonly string[];
  /** The i-th piece; the last one repeats its last row up to its size. */
  at(i: number): ReadonlyMap<string, HostArray>;
}

/** @param batch  rows of a piece; one piece of all rows when left out. */
export function inputBatches(inputs: ReadonlyMap<string, HostArray>, batch: number | undefined): InputBatches {
  const [first] = inputs.values();
  const rows = first?.shape[0] ?? 0;
  if (batch === undefined || batch >= rows) return { count: 1, batch: rows, rows, cut: [], at: () => inputs };
  const cut = [...inputs].flatMap(([name, { shape }]) => (shape[0] === rows ? [name] : []));
  return {
    count: Math.ceil(rows / batch),
    batch,
    rows,
    cut,
    at: (i) =>
      new Map(
        [...inputs].map(([name, array]) => [name, cut.includes(name) ? takeRows(array, i * batch, batch) : array]),
      ),
  };
}

/**
 * Which axis of each output counts the rows: the one that grows when there are more. `undefined` for an output of which
 * none does.
 *
 * @param shapes  of inputs and parameters.
 * @throws UsageError  the graph takes no other number of rows.
 */
export function batchAxes(
  graph: MxSymbol,
  shapes: Readonly<Record<string, Shape>>,
  { batch, cut }: InputBatches,
): (number | undefined)[] {
  const doubled = Object.entries(shapes).map(([name, shape]): [string, Shape] =>
    cut.includes(name) ? [name, [2 * batch, ...shape.slice(1)]] : [name, shape],
  );
  const small = outputShapes(graph, shapes);
  const large = outputShapes(graph, Object.fromEntries(doubled));
  return graph.entries.map((_, i) => {
    const [one, two] = [small[i], large[i]];
    if (!isKnown(one) || !isKnown(two) || one.length !== two.length) return undefined;
    const axis = one.findIndex((size, a) => size !== two[a]);
    return axis >= 0 && (one[axis] ?? 0) * 2 === two[axis] ? axis : undefined;
  });
}

function outputShapes(graph: MxSymbol, shapes: Readonly<Record<string, Shape>>): (Shape | undefined)[] {
  try {
    const facts = inferGraphShapes(graph, shapes);
    return graph.entries.map((entry) => facts.get(entry));
  } catch (error) {
    if (!(error instanceof MxgraftError)) throw error;
    throw new UsageError(
      `The graph cannot be run in batches: it takes one number of rows only (${error.message}).`,
      {},
      { cause: error },
    );
  }
}

/**
 * An output of all rows from those of the batches.
 *
 * @throws UsageError  the output says something about a batch, not about its rows, and differs between batches.
 */
export function putTogether(
  name: string,
  parts: readonly HostArray[],
  axis: number | undefined,
  batches: InputBatches,
): HostArray {
  const [first] = parts;
  if (first === undefined) return hostArray("float32", [0]);
  if (parts.length === 1) return first;
  if (axis !== undefined) return joinAlong(parts, first, axis, batches);
  if (parts.every((part) => sameArray(part, first))) return first;
  throw new UsageError(
    `Output "${name}" ${formatShape(first.shape)} is about a whole batch, so those of ${parts.length} batches cannot be put together. Leave out --batch, or choose other outputs.`,
    { argument: name, actual: first.shape },
  );
}

function takeRows(array: HostArray, from: number, count: number): HostArray {
  const [rows = 0, ...row] = array.shape;
  const part = hostArray(array.dtype, [count, ...row]);
  const bytes = sizeOf(row) * DTYPES[array.dtype].bytes;
  const [source, target] = [bytesOf(array), bytesOf(part)];
  for (let i = 0; i < count; i++) {
    const at = Math.min(from + i, rows - 1) * bytes;
    target.set(source.subarray(at, at + bytes), i * bytes);
  }
  return part;
}

/** The axis may have several places for each row of the inputs. */
function joinAlong(
  parts: readonly HostArray[],
  first: HostArray,
  axis: number,
  { batch, rows }: InputBatches,
): HostArray {
  const size = first.shape[axis] ?? 0;
  const joined = (size / batch) * rows;
  const whole = hostArray(
    first.dtype,
    first.shape.map((each, i) => (i === axis ? joined : each)),
  );
  const inner = sizeOf(first.shape.slice(axis + 1)) * DTYPES[first.dtype].bytes;
  const outer = sizeOf(first.shape.slice(0, axis));
  const target = bytesOf(whole);
  for (const [i, part] of parts.entries()) {
    const source = bytesOf(part);
    const taken = Math.min(size, joined - i * size) * inner;
    for (let o = 0; o < outer; o++) {
      const from = o * size * inner;
      target.set(source.subarray(from, from + taken), (o * joined + i * size) * inner);
    }
  }
  return whole;
}

function sameArray(a: HostArray, b: HostArray): boolean {
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return equalShapes(a.shape, b.shape) && left.every((byte, i) => byte === right[i]);
}

function bytesOf({ data }: HostArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
