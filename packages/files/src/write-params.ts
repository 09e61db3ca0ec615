import { UsageError, ValueError } from "@mxgraft/base";
import { ByteWriter } from "./byte-writer.ts";
import { writeNDArrayBlob } from "./ndarray-blob.ts";
import type { ParamsEntry } from "./params-file.ts";
import { NDARRAY_LIST_MAGIC } from "./read-params.ts";
import type { StoredArray } from "./sparse-array.ts";

export interface WriteParamsOptions {
  /**
   * Write NumPy's shapes (format V3): needed for scalars and arrays without elements. MXNet reads such a file only
   * under `with mx.util.np_shape(True)`.
   */
  readonly numpyShape?: boolean;
}

/** Arrays by name, or entries in the order in which they shall stand. */
export type ParamsContent = ReadonlyMap<string, StoredArray> | readonly ParamsEntry[];

function isMap(content: ParamsContent): content is ReadonlyMap<string, StoredArray> {
  return content instanceof Map;
}

function toEntries(content: ParamsContent): readonly ParamsEntry[] {
  return isMap(content) ? Array.from(content, ([name, array]) => ({ name, array })) : content;
}

function encodeName(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  if (name.includes("\0") || new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) !== name) {
    throw new ValueError(
      `The name ${JSON.stringify(name)} cannot be written: MXNet cuts names at NUL, and half a surrogate pair has no UTF-8.`,
      { argument: name },
    );
  }
  return bytes;
}

/**
 * The bytes of a `.params` file exactly as MXNet 1.9.1 writes them (arrays in format V2, on device cpu(0)).
 *
 * @throws UsageError  some entries have names and some have not.
 * @throws ShapeError  an array is a scalar or has no elements and `numpyShape` is not set.
 * @throws ValueError  a name that MXNet could not read back.
 */
export function writeParams(content: ParamsContent, options: WriteParamsOptions = {}): Uint8Array {
  const entries = toEntries(content);
  const names = entries.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (names.length !== 0 && names.length !== entries.length) {
    throw new UsageError(
      `${names.length} of ${entries.length} arrays have names; a .params file names all of them or none.`,
      { expected: entries.length, actual: names.length },
    );
  }
  const writer = new ByteWriter();
  writer.int64(NDARRAY_LIST_MAGIC);
  writer.int64(0);
  writer.int64(entries.length);
  for (const [i, { name, array }] of entries.entries()) {
    const subject = name === undefined ? `Array ${i}` : `Array "${name}"`;
    writeNDArrayBlob(writer, array, subject, options.numpyShape ?? false);
  }
  writer.int64(names.length);
  for (const name of names) {
    const bytes = encodeName(name);
    writer.int64(bytes.length);
    writer.bytes(bytes);
  }
  return writer.join();
}
