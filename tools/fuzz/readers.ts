import { MxgraftError } from "@mxgraft/base";
import {
  readIdx,
  readNpy,
  readNpz,
  readParams,
  readRecordIndex,
  readRecords,
  readSafetensors,
  readStates,
  type StoredArray,
  unpackImageRecord,
} from "@mxgraft/files";
import { inspectModel, loadJson } from "mxgraft";
import { craftedInputs } from "./crafted-inputs.ts";
import * as seeds from "./seed-files.ts";

/** A reader under attack. */
export interface Reader {
  /** Good files to begin from. */
  readonly seeds: readonly Uint8Array[];
  /** Files made by hand to do harm. */
  readonly crafted: readonly Uint8Array[];
  /** Where text lies in a file that is better changed word by word; the header's length is put right again. */
  readonly text?: (bytes: Uint8Array) => TextPart | undefined;
  /**
   * Reads, and does with the content what a user would.
   *
   * @returns bytes of the arrays that it gave, which must be in proportion to the file.
   */
  read(bytes: Uint8Array): number;
}

export interface TextPart {
  readonly start: number;
  readonly end: number;
  /** Writes the new length of the text before it. */
  fix?(bytes: Uint8Array, length: number): void;
}

function bytesIn(array: StoredArray): number {
  if (!("stype" in array)) return array.data.byteLength;
  const pointers = array.stype === "csr" ? array.indptr.data.byteLength : 0;
  return array.data.data.byteLength + array.indices.data.byteLength + pointers;
}

function total(arrays: Iterable<StoredArray>): number {
  let sum = 0;
  for (const array of arrays) sum += bytesIn(array);
  return sum;
}

function arraysIn(state: unknown): Set<StoredArray> {
  const found = new Set<StoredArray>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === "object" && value !== null && "dtype" in value) found.add(value as StoredArray);
  };
  visit(state);
  return found;
}

const whole = (bytes: Uint8Array): TextPart => ({ start: 0, end: bytes.length });

const DATA_SHAPES = [
  [2, 3, 8, 8],
  [0, 3],
];

/** Every reader of files that may come from strangers, by name. */
export const readers: Readonly<Record<string, () => Reader>> = {
  params: () => ({
    seeds: seeds.paramsFiles(),
    crafted: craftedInputs.params,
    read: (bytes) => total(readParams(bytes).entries.map(({ array }) => array)),
  }),
  symbol: () => ({
    seeds: seeds.symbolFiles(),
    crafted: craftedInputs.symbol,
    text: whole,
    read: (bytes) => {
      const symbol = loadJson(bytes, { unknownOperators: "keep" });
      // What "mxgraft inspect" does.
      const inputs = symbol.listInputs();
      inspectModel(symbol, { backend: "cpu" });
      for (const shape of DATA_SHAPES) {
        try {
          inspectModel(symbol, { backend: "cpu", shapes: inputs.includes("data") ? { data: shape } : {} });
        } catch (error) {
          // That this shape does not suit the graph is no fault of either.
          if (!(error instanceof MxgraftError)) throw error;
        }
      }
      const again = loadJson(symbol.toJSON(), { unknownOperators: "keep" });
      if (again.toJSON() !== symbol.toJSON()) throw new Error("a graph that was written and read is another graph");
      return 0;
    },
  }),
  states: () => ({
    seeds: seeds.statesFiles(),
    crafted: craftedInputs.states,
    read: (bytes) => total(arraysIn([...readStates(bytes).states.values()])),
  }),
  recordio: () => ({
    seeds: seeds.recordFiles(),
    crafted: craftedInputs.recordio,
    read: (bytes) => {
      let sum = 0;
      for (const record of readRecords(bytes)) {
        sum += record.length;
        if (record.length >= 24) sum += unpackImageRecord(record).content.length;
      }
      return sum;
    },
  }),
  "record-index": () => ({
    seeds: seeds.recordIndexFiles(),
    crafted: craftedInputs["record-index"],
    text: whole,
    read: (bytes) => readRecordIndex(new TextDecoder().decode(bytes)).size * 16,
  }),
  idx: () => ({
    seeds: seeds.idxFiles(),
    crafted: craftedInputs.idx,
    read: (bytes) => bytesIn(readIdx(bytes)),
  }),
  npy: () => ({
    seeds: seeds.npyFiles(),
    crafted: craftedInputs.npy,
    text: (bytes) => {
      if (bytes.length < 12) return undefined;
      const wide = bytes[6] !== 1;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const start = wide ? 12 : 10;
      const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
      const fix = (file: Uint8Array, length: number) => {
        const header = new DataView(file.buffer, file.byteOffset);
        if (wide) header.setUint32(8, length, true);
        else header.setUint16(8, length, true);
      };
      return { start, end, fix };
    },
    read: (bytes) => bytesIn(readNpy(bytes)),
  }),
  npz: () => ({
    seeds: seeds.npzFiles(),
    crafted: craftedInputs.npz,
    // Packed: what it may unpack to is limited by other means, and the limit tested with maxBytes.
    read: (bytes) => total(readNpz(bytes).values()) / 1032,
  }),
  safetensors: () => ({
    seeds: seeds.safetensorsFiles(),
    crafted: craftedInputs.safetensors,
    text: (bytes) => {
      if (bytes.length < 8) return undefined;
      const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
      const fix = (file: Uint8Array, now: number) =>
        new DataView(file.buffer, file.byteOffset).setBigUint64(0, BigInt(now), true);
      return { start: 8, end: 8 + length, fix };
    },
    read: (bytes) => total(readSafetensors(bytes).tensors.values()),
  }),
};
