import { FormatError } from "@mxgraft/base";
import { ByteReader } from "./byte-reader.ts";
import { readNDArrayBlob } from "./ndarray-blob.ts";
import type { OptimizerState, OptimizerStates, SavedOptimizer } from "./optimizer-states.ts";
import { ofKind, type PickleObject, type PickleValue } from "./pickle-value.ts";
import type { ReadOptions } from "./read-params.ts";
import { readPickle } from "./read-pickle.ts";
import { isSparse, type StoredArray, sparseFault } from "./sparse-array.ts";

/** MXNet's deepest: (weight, (mean, variance)) under multi_precision. */
const MAX_DEPTH = 8;

/** Classes that are one array, in all of MXNet's versions. */
const ARRAY_CLASSES = new Set([
  "mxnet.ndarray.NDArray",
  "mxnet.ndarray.ndarray.NDArray",
  "mxnet.ndarray.sparse.RowSparseNDArray",
  "mxnet.ndarray.sparse.CSRNDArray",
  "mxnet.numpy.multiarray.ndarray",
]);

class StatesReader {
  readonly #file: string;
  /** A pickle may refer to the bytes of one array a million times; they are read once. */
  readonly #arrays = new Map<Uint8Array, StoredArray>();
  /** Values that may still be visited: lists that contain one list many times grow exponentially when walked. */
  #budget: number;

  constructor(file: string, budget: number) {
    this.#file = file;
    this.#budget = budget;
  }

  #error(message: string, argument: string) {
    return new FormatError(`${this.#file}: ${message}`, { file: this.#file, argument });
  }

  #array(object: PickleObject, subject: string): StoredArray {
    const handle = object.state instanceof Map ? object.state.get("handle") : undefined;
    if (!(handle instanceof Uint8Array)) throw this.#error(`${subject} is an array without content.`, subject);
    const known = this.#arrays.get(handle);
    if (known !== undefined) return known;
    const reader = new ByteReader(handle, `${this.#file}, ${subject}`);
    const array = readNDArrayBlob(reader, "array");
    if (reader.remaining > 0) throw reader.error(`${reader.remaining} bytes follow the array.`);
    const fault = isSparse(array) ? sparseFault(array) : undefined;
    if (fault !== undefined) throw this.#error(`${subject}: ${fault}.`, subject);
    this.#arrays.set(handle, array);
    return array;
  }

  state(value: PickleValue, subject: string, depth = 0): OptimizerState {
    if (depth > MAX_DEPTH) throw this.#error(`${subject} is nested more than ${MAX_DEPTH} deep.`, subject);
    if (--this.#budget < 0) throw this.#error("holds more values than it has bytes; refused.", subject);
    if (value === null) return null;
    const items = Array.isArray(value) ? value : ofKind(value, "tuple")?.items;
    if (items !== undefined) return items.map((item) => this.state(item, subject, depth + 1));
    const object = ofKind(value, "object");
    if (object !== undefined && ARRAY_CLASSES.has(object.className)) return this.#array(object, subject);
    const found = object === undefined ? `a ${value instanceof Map ? "dict" : typeof value}` : object.className;
    throw this.#error(`${subject} is ${found}, expected an NDArray, None or a tuple of these.`, subject);
  }

  states(value: PickleValue): OptimizerStates["states"] {
    if (!(value instanceof Map)) throw this.#error("is no dict of optimizer states.", "states");
    const states = new Map<number | string, OptimizerState>();
    for (const [key, state] of value) {
      if (typeof key !== "number" && typeof key !== "string") {
        throw this.#error(
          `the key of a state is of type ${typeof key}, expected the index or the name of a parameter.`,
          "states",
        );
      }
      states.set(key, this.state(state, `state of parameter ${typeof key === "string" ? `"${key}"` : key}`));
    }
    return states;
  }
}

function savedOptimizer(object: PickleObject): SavedOptimizer {
  const attributes: SavedOptimizer["attributes"] = new Map();
  for (const [name, value] of object.state instanceof Map ? object.state : []) {
    if (typeof name !== "string") continue;
    if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean") {
      attributes.set(name, value);
    }
  }
  return { className: object.className, attributes };
}

/**
 * Reads a `.states` file, what `Module.save_optimizer_states` and `Updater.get_states` write: a Python pickle of a
 * dict from parameter index to state, or of that dict and the optimizer. The pickle is read as data; nothing in it is run.
 *
 * @throws FormatError  the bytes are no such pickle, are cut short, or hold something that is no state.
 */
export function readStates(bytes: Uint8Array, options: ReadOptions = {}): OptimizerStates {
  const file = options.file ?? ".states file";
  const value = readPickle(bytes, file);
  const reader = new StatesReader(file, bytes.length);
  const pair = ofKind(value, "tuple")?.items;
  if (pair === undefined) return { states: reader.states(value) };
  const optimizer = ofKind(pair[1], "object");
  if (pair.length !== 2 || optimizer === undefined) {
    throw new FormatError(
      `${file}: holds a tuple of ${pair.length}, expected the states, or the states and an optimizer.`,
      {
        file,
        argument: "states",
        actual: pair.length,
      },
    );
  }
  return { states: reader.states(pair[0] ?? null), optimizer: savedOptimizer(optimizer) };
}
