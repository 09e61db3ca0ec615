import type { HostArray } from "@mxgraft/base";
import { readNpy } from "./read-npy.ts";
import type { ReadOptions } from "./read-params.ts";
import { readZip } from "./read-zip.ts";

export interface ReadNpzOptions extends ReadOptions {
  /** Largest unpacked size. Default 2^31. */
  readonly maxBytes?: number;
}

/**
 * Reads an `.npz` file (`numpy.savez`, `numpy.savez_compressed`): its arrays by name.
 *
 * @throws FormatError  the archive or an array in it is damaged, or it is larger than `maxBytes` when unpacked.
 */
export function readNpz(bytes: Uint8Array, options: ReadNpzOptions = {}): Map<string, HostArray> {
  const file = options.file ?? ".npz file";
  const arrays = new Map<string, HostArray>();
  for (const [member, content] of readZip(bytes, file, options.maxBytes ?? 2 ** 31)) {
    if (!member.endsWith(".npy")) continue;
    arrays.set(member.slice(0, -".npy".length), readNpy(content, { file: `${file}, ${member}` }));
  }
  return arrays;
}
