import { DTYPES, formatShape, type HostArray } from "@mxgraft/base";
import { arrayFromBytes } from "./array-bytes.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ReadOptions } from "./read-params.ts";
import { SAFETENSORS_TYPES, type SafetensorsFile } from "./safetensors-types.ts";

/** The limit of the reference implementation. */
const MAX_HEADER = 100_000_000;
const MAX_RANK = 32;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

class SafetensorsReader {
  readonly #reader: ByteReader;
  /** First byte after the header; offsets in the header count from here. */
  #start = 0;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  #header(): Record<string, unknown> {
    const length = this.#reader.uint64("length of the header");
    if (length > MAX_HEADER) {
      throw this.#reader.error(`header at byte 0 claims ${length} bytes, expected at most ${MAX_HEADER}.`, {
        byte: 0,
        actual: length,
      });
    }
    const bytes = this.#reader.take(length, "header");
    this.#start = this.#reader.offset;
    let header: unknown;
    try {
      header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (cause) {
      throw this.#reader.error(
        `header at byte 8 is no JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
        { byte: 8 },
      );
    }
    if (!isObject(header)) throw this.#reader.error("header at byte 8 is no JSON object.", { byte: 8 });
    return header;
  }

  #tensor(name: string, entry: unknown): { array: () => HostArray; start: number; end: number } {
    const error = (message: string, actual?: unknown) =>
      this.#reader.error(`tensor "${name}" ${message}.`, { byte: 8, argument: name, actual });
    const { dtype: type, shape, data_offsets: offsets }: Record<string, unknown> = isObject(entry) ? entry : {};
    const dtype = typeof type === "string" ? SAFETENSORS_TYPES.get(type) : undefined;
    if (dtype === undefined) {
      throw error(
        `has type ${JSON.stringify(type)}, expected one of ${[...SAFETENSORS_TYPES.keys()].join(", ")}`,
        type,
      );
    }
    if (!isSizes(shape) || shape.length > MAX_RANK) throw error("has no valid shape", shape);
    if (!isSizes(offsets) || offsets.length !== 2) throw error("has no valid data_offsets", offsets);
    const [start = 0, end = 0] = offsets;
    const bytes = shape.reduce((product, size) => product * size, 1) * DTYPES[dtype].bytes;
    if (end - start !== bytes) {
      throw error(
        `takes ${bytes} bytes (${formatShape(shape)} ${dtype}), but its offsets are ${start} to ${end}`,
        offsets,
      );
    }
    const short = end - (this.#reader.bytes.length - this.#start);
    if (short > 0) throw error(`ends at byte ${this.#start + end}; the file ends ${short} bytes short`, end);
    const array = () =>
      arrayFromBytes(dtype, shape, this.#reader.bytes.subarray(this.#start + start, this.#start + end));
    return { array, start, end };
  }

  #metadata(value: unknown): Map<string, string> {
    const metadata = new Map<string, string>();
    for (const [key, text] of isObject(value) ? Object.entries(value) : []) {
      if (typeof text !== "string")
        throw this.#reader.error(`metadata "${key}" is no string.`, { byte: 8, argument: key });
      metadata.set(key, text);
    }
    return metadata;
  }

  read(): SafetensorsFile {
    const { __metadata__: metadata, ...entries } = this.#header();
    const found = Object.entries(entries).map(([name, entry]) => ({ name, ...this.#tensor(name, entry) }));
    // Parts that overlap could make a small file stand for any amount of memory.
    const ordered = [...found].sort((a, b) => a.start - b.start || a.end - b.end);
    let end = 0;
    for (const each of ordered) {
      if (each.start !== end) {
        const problem = each.start < end ? "overlaps the tensor before it" : "leaves a gap before it";
        throw this.#reader.error(`tensor "${each.name}" at byte ${this.#start + each.start} ${problem}.`, {
          byte: this.#start + each.start,
          argument: each.name,
        });
      }
      end = each.end;
    }
    const left = this.#reader.remaining - end;
    if (left > 0)
      throw this.#reader.error(`${left} bytes at byte ${this.#start + end} belong to no tensor.`, {
        byte: this.#start + end,
      });
    return { tensors: new Map(found.map(({ name, array }) => [name, array()])), metadata: this.#metadata(metadata) };
  }
}

/**
 * Reads a safetensors file: a uint64 length, a JSON header, the elements.
 *
 * @throws FormatError  the bytes are no such file, a type has no counterpart in MXNet (BF16), or offsets overlap or
 *                      leave gaps.
 */
export function readSafetensors(bytes: Uint8Array, options: ReadOptions = {}): SafetensorsFile {
  return new SafetensorsReader(new ByteReader(bytes, options.file ?? "safetensors file")).read();
}
