import { type HostArray, ValueError } from "@mxgraft/base";
import { type ZipOptions, zipSync } from "fflate";
import { writeNpy } from "./write-npy.ts";

export interface WriteNpzOptions {
  /** Deflate the arrays as `numpy.savez_compressed` does. Default false, as `numpy.savez`. */
  readonly compress?: boolean;
}

/** The bytes of an `.npz` file; the same arrays give the same bytes. */
export function writeNpz(arrays: ReadonlyMap<string, HostArray>, options: WriteNpzOptions = {}): Uint8Array {
  // A zip entry needs a date; a fixed one keeps the bytes the same. (1980 is the first that zip can hold.)
  const entry: ZipOptions = { level: options.compress ? 6 : 0, mtime: new Date(1980, 0, 1) };
  const members: Record<string, [Uint8Array, ZipOptions]> = {};
  for (const [name, array] of arrays) {
    if (name.includes("\0"))
      throw new ValueError(`The name ${JSON.stringify(name)} contains a NUL character.`, { argument: name });
    members[`${name}.npy`] = [writeNpy(array), entry];
  }
  return zipSync(members);
}
