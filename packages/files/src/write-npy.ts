import type { HostArray } from "@mxgraft/base";
import { bytesOfArray } from "./array-bytes.ts";
import { ByteWriter } from "./byte-writer.ts";
import { NPY_TYPES } from "./read-npy.ts";

/** NumPy aligns the elements so that they can be mapped into memory. */
const ALIGNMENT = 64;
const PREFIX = 10;

function descr(array: HostArray): string {
  for (const [name, dtype] of NPY_TYPES) if (dtype === array.dtype) return `${name.endsWith("1") ? "|" : "<"}${name}`;
  return "";
}

/** The bytes of an `.npy` file, version 1.0, C order, as `numpy.save` writes it. */
export function writeNpy(array: HostArray): Uint8Array {
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
  const fields = `{'descr': '${descr(array)}', 'fortran_order': False, 'shape': ${shape}, }`;
  const unpadded = PREFIX + fields.length + 1;
  const header = `${fields}${" ".repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT)}\n`;
  const writer = new ByteWriter();
  writer.bytes(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0));
  writer.uint16(header.length);
  writer.bytes(new TextEncoder().encode(header));
  writer.bytes(bytesOfArray(array));
  return writer.join();
}
