import { UsageError } from "@mxgraft/base";
import { ByteWriter } from "./byte-writer.ts";
import { writeNDArrayBlob } from "./ndarray-blob.ts";
import type { OptimizerState } from "./optimizer-states.ts";
import { isSparse, type StoredArray } from "./sparse-array.ts";

const PROTOCOL = 4;
/** Python's pickler puts this many items under one mark. */
const BATCH = 1000;

function className(array: StoredArray): readonly [module: string, name: string] {
  if (!isSparse(array)) return ["mxnet.ndarray.ndarray", "NDArray"];
  return ["mxnet.ndarray.sparse", array.stype === "csr" ? "CSRNDArray" : "RowSparseNDArray"];
}

/** Writes pickle protocol 4 with the instructions that Python's own pickler chooses. */
class PickleWriter {
  readonly body = new ByteWriter();
  readonly #memo = new Map<string, number>();
  #memoized = 0;

  #memoize(key?: string): void {
    this.body.uint8(0x94); // MEMOIZE
    if (key !== undefined) this.#memo.set(key, this.#memoized);
    this.#memoized++;
  }

  /** Refers to a value written before; false if there is none. */
  #recall(key: string): boolean {
    const index = this.#memo.get(key);
    if (index === undefined) return false;
    if (index < 256) {
      this.body.uint8(0x68); // BINGET
      this.body.uint8(index);
    } else {
      this.body.uint8(0x6a); // LONG_BINGET
      this.body.uint32(index);
    }
    return true;
  }

  #string(text: string): void {
    if (this.#recall(`string ${text}`)) return;
    const bytes = new TextEncoder().encode(text);
    if (bytes.length < 256) {
      this.body.uint8(0x8c); // SHORT_BINUNICODE
      this.body.uint8(bytes.length);
    } else {
      this.body.uint8(0x58); // BINUNICODE
      this.body.uint32(bytes.length);
    }
    this.body.bytes(bytes);
    this.#memoize(`string ${text}`);
  }

  #global(module: string, name: string): void {
    const key = `global ${module}.${name}`;
    if (this.#recall(key)) return;
    this.#string(module);
    this.#string(name);
    this.body.uint8(0x93); // STACK_GLOBAL
    this.#memoize(key);
  }

  #integer(value: number): void {
    if (value >= 0 && value < 256) {
      this.body.uint8(0x4b); // BININT1
      this.body.uint8(value);
    } else if (value >= 0 && value < 65536) {
      this.body.uint8(0x4d); // BININT2
      this.body.uint16(value);
    } else {
      this.body.uint8(0x4a); // BININT
      this.body.int32(value);
    }
  }

  #bytes(content: Uint8Array): void {
    if (content.length < 256) {
      this.body.uint8(0x43); // SHORT_BINBYTES
      this.body.uint8(content.length);
    } else if (content.length < 2 ** 32) {
      this.body.uint8(0x42); // BINBYTES
      this.body.uint32(content.length);
    } else {
      this.body.uint8(0x8e); // BINBYTES8
      this.body.int64(content.length);
    }
    this.body.bytes(content);
    this.#memoize();
  }

  #tuple1(key?: string): void {
    this.body.uint8(0x85); // TUPLE1
    this.#memoize(key);
  }

  #call(): void {
    this.body.uint8(0x52); // REDUCE
    this.#memoize();
  }

  /** `NDArray(None)` with the state `{"handle": bytearray(blob)}`, as `NDArray.__reduce__` says. */
  #array(array: StoredArray, subject: string): void {
    const blob = new ByteWriter();
    writeNDArrayBlob(blob, array, subject, false);
    this.#global(...className(array));
    if (!this.#recall("(None,)")) {
      this.body.uint8(0x4e); // NONE
      this.#tuple1("(None,)");
    }
    this.#call();
    this.body.uint8(0x7d); // EMPTY_DICT
    this.#memoize();
    this.#string("handle");
    this.#global("builtins", "bytearray");
    this.#bytes(blob.join());
    this.#tuple1();
    this.#call();
    this.body.uint8(0x73); // SETITEM
    this.body.uint8(0x62); // BUILD
  }

  #state(state: OptimizerState, subject: string): void {
    if (state === null) {
      this.body.uint8(0x4e); // NONE
      return;
    }
    if (!("length" in state)) {
      this.#array(state, subject);
      return;
    }
    if (state.length === 0) {
      this.body.uint8(0x29); // EMPTY_TUPLE
      return;
    }
    if (state.length > 3) this.body.uint8(0x28); // MARK
    for (const part of state) this.#state(part, subject);
    this.body.uint8(state.length > 3 ? 0x74 : 0x84 + state.length); // TUPLE, or TUPLE1 to TUPLE3
    this.#memoize();
  }

  states(states: ReadonlyMap<number | string, OptimizerState>): void {
    this.body.uint8(0x7d); // EMPTY_DICT
    this.#memoize();
    const entries = [...states];
    for (let start = 0; start < entries.length; start += BATCH) {
      const batch = entries.slice(start, start + BATCH);
      const single = entries.length === 1;
      if (!single) this.body.uint8(0x28); // MARK
      for (const [key, state] of batch) {
        if (typeof key === "string") this.#string(key);
        else this.#integer(key);
        this.#state(state, `State of parameter ${typeof key === "string" ? `"${key}"` : key}`);
      }
      this.body.uint8(single ? 0x73 : 0x75); // SETITEM or SETITEMS
    }
  }
}

/**
 * The bytes of a `.states` file that MXNet's `Module.load_optimizer_states` reads: the pickle that MXNet 1.9.1 itself
 * writes for the same states, but for Python's frames, which only speed up reading.
 *
 * @throws UsageError  a key is no integer of 32 bits.
 * @throws ShapeError  an array is a scalar or has no elements.
 */
export function writeStates(states: ReadonlyMap<number | string, OptimizerState>): Uint8Array {
  for (const key of states.keys()) {
    if (typeof key === "number" && (key | 0) !== key) {
      throw new UsageError(`The index ${key} of a parameter is no integer of 32 bits.`, {
        argument: "states",
        actual: key,
      });
    }
  }
  const writer = new PickleWriter();
  writer.body.uint8(0x80); // PROTO
  writer.body.uint8(PROTOCOL);
  writer.states(states);
  writer.body.uint8(0x2e); // STOP
  return writer.body.join();
}
