import { DTYPES, type HostArray, ValueError } from "@mxgraft/base";
import { bytesOfArray } from "./array-bytes.ts";
import { ByteWriter } from "./byte-writer.ts";
import { SAFETENSORS_TYPES } from "./safetensors-types.ts";

const ALIGNMENT = 8;
const METADATA = "__metadata__";

/**
 * The bytes of a safetensors file. As in the reference implementation larger element types come first, so that every
 * tensor is aligned, and tensors of the same type are sorted by name.
 *
 * @throws ValueError  a tensor is called `__metadata__`, which the format reserves.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, HostArray>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  if (tensors.has(METADATA))
    throw new ValueError(`A tensor cannot be called "${METADATA}" in a safetensors file.`, { argument: METADATA });
  const typeNames = new Map(Array.from(SAFETENSORS_TYPES, ([name, dtype]) => [dtype, name]));
  const sorted = [...tensors].sort(
    ([a, x], [b, y]) =>
      DTYPES[y.dtype].bytes - DTYPES[x.dtype].bytes || DTYPES[x.dtype].flag - DTYPES[y.dtype].flag || (a < b ? -1 : 1),
  );
  const fields: string[] = [];
  if (metadata.size > 0) {
    const strings = Array.from(metadata, ([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`);
    fields.push(`"${METADATA}":{${strings.join(",")}}`);
  }
  let offset = 0;
  for (const [name, array] of sorted) {
    const end = offset + array.data.byteLength;
    const entry = { dtype: typeNames.get(array.dtype), shape: array.shape, data_offsets: [offset, end] };
    // Put together as text: an object would give "__proto__" a meaning of its own.
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    offset = end;
  }
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const padding = (ALIGNMENT - (json.length % ALIGNMENT)) % ALIGNMENT;
  const writer = new ByteWriter();
  writer.int64(json.length + padding);
  writer.bytes(json);
  writer.bytes(new Uint8Array(padding).fill(0x20));
  for (const [, array] of sorted) writer.bytes(bytesOfArray(array));
  return writer.join();
}
